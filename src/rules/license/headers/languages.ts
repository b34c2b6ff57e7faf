// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Syntax, type SyntaxName, syntaxes } from './syntaxes.ts';

/** Extensions in lower case, without their dot. */
const extensions: Partial<Record<SyntaxName, string>> = {
  plain: 'license',
  json: 'json jsonc json5 webmanifest code-workspace',
  ambiguousM: 'm',
  c: `c h cc hh cpp hpp cxx hxx c++ h++ ipp tpp inl ino cs csx java kt kts scala sc sbt swift dart groovy gradle gvy
    mm d di vala vapi zig odin proto thrift fbs idl sol move cairo glsl vert frag comp geom tesc tese hlsl fx metal
    wgsl cu cuh v vh sv svh as qml ceylon hx jsonnet libsonnet bicep dts dtsi overlay gleam cue pegjs re rei avdl
    typ scad axi aidl dot gv sp qbs vsh soy ha pony ck pike`,
  javascript: 'js mjs cjs jsx ts mts cts tsx es es6 flow go',
  rust: 'rs ron',
  css: 'css pcss postcss',
  sass: 'scss sass less styl',
  assembler: 's',
  linkerScript: 'ld lds y yy l ll lex',
  php: 'php php3 php4 php5 php7 phtml phps hack',
  pascal: 'pas pp dpr dpk lpr lfm',
  asciidoc: 'adoc asciidoc asc',
  hash: `capnp rego conf cfg cnf properties env mk mak make am bb bbappend bbclass bzl bazel star build gn gni r ttl renviron
    rprofile awk sed tcl tk exp po pot gnuplot gp plt ninja service socket target timer mount desktop rules repo
    spec pro pri prf jq graphql gql graphqls feature cr mksh editorconfig org pc npmrc puppet crystal smk
    dockerignore gitignore gitattributes gitmodules mailmap npmignore eslintignore prettierignore helmignore
    hgignore kconfig ebuild eclass opts raku rakumod gd tres tscn textproto pbtxt`,
  yaml: 'yml yaml clang-format clang-tidy clangd yamllint cff sls eyaml ksy',
  toml: 'toml',
  shell: 'sh bash zsh ksh ash dash fish csh tcsh bats envrc command profile bashrc zshrc',
  docker: 'dockerfile containerfile',
  python: 'py jy xsh pyw pyi pyx pxd pxi gyp gypi wsgi sage bara tac xonsh mojo',
  ruby: 'rb rake gemspec ru podspec thor jbuilder rbi rbs',
  perl: 'pl pm t pod plx psgi',
  cmake: 'cmake',
  powershell: 'ps1 psm1 psd1',
  julia: 'jl',
  nim: 'nim nims nimble',
  elixir: 'ex exs',
  coffeescript: 'coffee litcoffee iced cson',
  nix: 'nix',
  hcl: 'tf tfvars hcl nomad tofu',
  velocity: 'vm vtl',
  dashes: 'adb ads ada vhd vhdl elm applescript dhall idr agda purs cabal',
  haskell: 'hs hsc hs-boot',
  lua: 'lua rockspec luau nse',
  sql: 'sql psql pgsql plsql ddl dml hql cql',
  lisp: 'lisp lsp el scm ss sld rkt rktl clj cljs cljc edn fnl hy asd sexp yuck wat wast',
  semicolon: 'ini asm nasm nsi nsh ahk inf iss zone',
  percent: 'tex latex sty ltx dtx ins erl hrl escript ps eps bst',
  prolog: 'plg prolog',
  exclamation: 'f90 f95 f03 f08 f15 fpp xdefaults xresources',
  fixedFortran: 'f for ftn f77',
  apostrophe: 'vb vbs bas frm vba brs',
  batch: 'bat cmd',
  vim: 'vim vimrc',
  plantuml: 'puml plantuml pu iuml',
  m4: 'm4 ac',
  roff: 'man roff troff me ms mdoc',
  texinfo: 'texi texinfo txi',
  restructured: 'rst rest',
  cobol: 'cob cbl cobol cpy',
  forth: 'fth 4th forth',
  apl: 'apl dyalog aplf apln',
  j: 'ijs',
  ml: 'ml mli mll mly sml sig fun coq thy mlg mlt eliom wl',
  fsharp: 'fs fsi fsx',
  xquery: 'xq xql xqm xqy xquery',
  xml: `html htm xhtml xml xsd xsl xslt svg rng dtd ent pom csproj fsproj vbproj vcxproj props targets nuspec resx xaml
    axaml plist storyboard xib ui qrc kml gpx rss atom wsdl xmi jrxml iml launch urdf xacro glade docbook dita
    ditamap xul xlf xliff tmx csl slnx shtml`,
  markdown: 'md markdown mdown mkd mkdn livemd qmd rmd',
  mdx: 'mdx',
  component: 'vue svelte astro marko',
  jinja: 'j2 jinja jinja2 njk nunjucks twig tera',
  handlebars: 'hbs handlebars mustache',
  gotemplate: 'gotmpl gohtml',
  freemarker: 'ftl ftlh',
  jsp: 'jsp jspx jspf tag aspx ascx master',
  erb: 'erb rhtml ejs eex',
  haml: 'haml',
  pug: 'pug jade',
  bibtex: 'bib',
};

/** Whole file names in lower case. */
const names: Partial<Record<SyntaxName, string>> = {
  c: 'jenkinsfile go.mod go.work .swcrc',
  hash: `makefile gnumakefile bsdmakefile kbuild kconfig makefile.am makefile.in procfile
    codeowners robots.txt requirements.txt requirements-dev.txt constraints.txt manifest.in pipfile .gitignore
    .gitattributes .gitmodules .git-blame-ignore-revs .mailmap .dockerignore .npmignore .npmrc .editorconfig
    .env .flake8 .pylintrc .coveragerc .eslintignore .prettierignore .stylelintignore .helmignore .hgignore .ignore
    .rspec .bazelrc .bazelignore .yarnrc .curlrc .wgetrc .inputrc .tool-versions .pypirc .htaccess
    .tmux.conf .gemrc .ansible-lint-ignore .containerignore .gcloudignore .vscodeignore .slugignore .cfignore
    build workspace buck tiltfile meson.build meson_options.txt meson.options justfile .justfile
    snakefile doxyfile poetry.conf pylintrc apkbuild pkgbuild wscript sconstruct sconscript`,
  yaml: '.clang-format .clang-tidy .clangd .yamllint .ansible-lint',
  toml: 'cargo.lock poetry.lock uv.lock',
  shell: '.bashrc .bash_profile .bash_aliases .profile .zshrc .zshenv .zprofile .kshrc .envrc gradlew configure',
  docker: 'dockerfile containerfile earthfile',
  ruby: 'gemfile rakefile vagrantfile podfile fastfile appfile brewfile guardfile capfile berksfile dangerfile puppetfile',
  perl: 'makefile.pl build.pl cpanfile',
  cmake: 'cmakelists.txt',
  m4: 'configure.ac configure.in',
  vim: '.vimrc vimrc .gvimrc',
  semicolon: '.gitconfig',
  haskell: 'cabal.project',
  javascript: 'jakefile',
};

/** Programs that a `#!` line names. */
const interpreters: Partial<Record<SyntaxName, string>> = {
  shell: 'sh bash dash ash zsh ksh fish',
  hash: 'awk gawk mawk sed tclsh wish expect Rscript make raku gnuplot',
  python: 'python python2 python3 pypy pypy3',
  perl: 'perl',
  ruby: 'ruby',
  javascript: 'node nodejs deno bun',
  php: 'php',
  lua: 'lua luajit',
  julia: 'julia',
  elixir: 'elixir',
  powershell: 'pwsh powershell',
  lisp: 'guile racket clojure bb sbcl',
  percent: 'escript',
  ml: 'ocaml',
  haskell: 'runhaskell runghc',
};

const byExtension = index(extensions);
const byName = index(names);
const byInterpreter = index(interpreters);
/** Extensions that say only that another tool makes the file of the name before them. */
const wrappers = new Set(['in', 'template', 'dist', 'example', 'sample', 'default', 'orig', 'cmakein']);

/**
 * The syntax of a file, from its name, and where that doesn't tell from the text's first line. A file of no known
 * kind has the syntax `unknown`.
 */
export function syntaxOf(path: string, text = ''): Syntax {
  return syntaxes[syntaxName(path, text)];
}

/** The same, as a key of `syntaxes`. */
export function syntaxName(path: string, text = ''): SyntaxName {
  // Qt's translations are XML in files that are named as TypeScript's are.
  if (/^\uFEFF?<\?xml\s/.test(text.slice(0, 10))) return 'xml';
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  // A version number at a name's end looks like a manual page's section.
  if (/\.[1-9]$/.test(name) && /^[.']/.test(text)) return 'roff';
  return nameSyntax(name) ?? byInterpreter.get(interpreter(text)) ?? 'unknown';
}

function nameSyntax(name: string): SyntaxName | null {
  const whole = byName.get(name);
  if (whole !== undefined) return whole;
  const dot = name.lastIndexOf('.');
  const extension = name.slice(dot + 1);
  if (dot > 0 && wrappers.has(extension)) return nameSyntax(name.slice(0, dot));
  if (dot >= 0) return byExtension.get(extension) ?? (/^dockerfile\./.test(name) ? 'docker' : null);
  return null;
}

/** The program's name without version, as in `#!/usr/bin/env -S python3.12 -u`; empty where there is none. */
function interpreter(text: string): string {
  const first = /^\uFEFF?#![^\n]{1,200}/.exec(text)?.[0] ?? '';
  const words = first
    .replace(/^\uFEFF?#!/, '')
    .trim()
    .split(/\s+/);
  const names = words.map((word) => word.slice(word.lastIndexOf('/') + 1));
  const program = names[0] === 'env' ? names.slice(1).find((name) => !/^-|=/.test(name)) : names[0];
  return (program ?? '').replace(/(?<=\D\d)\.\d+(?:\.\d+)?$/, '');
}

function index(table: Partial<Record<SyntaxName, string>>): ReadonlyMap<string, SyntaxName> {
  const entries = Object.entries(table) as [SyntaxName, string][];
  return new Map(entries.flatMap(([syntax, words]) => words.split(/\s+/).map((word) => [word, syntax] as const)));
}
