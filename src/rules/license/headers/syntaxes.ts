// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Where a mark opens something:
 * - `anywhere`
 * - `word`: after a blank or at the start of a line, since `$#` and `a#b` hold no comment
 * - `line`: as the first thing on its line that is not a blank
 * - `column`: as the very first character of its line
 */
export type Where = 'anywhere' | 'word' | 'line' | 'column';

/**
 * What a mark opens:
 * - `line`: a comment up to the end of the line
 * - `kept`: the same, and the mark itself belongs to it
 * - `block`: a comment up to `close`
 * - `string`: a string up to `close` or the end of the line
 * - `long`: a string up to `close` on whatever line
 * - `docstring`: a comment where nothing but comments stands before it, else a long string
 * - `heredoc`: lines of text up to one that holds the word that follows the mark
 */
export interface Mark {
  readonly kind: 'line' | 'kept' | 'block' | 'string' | 'long' | 'docstring' | 'heredoc';
  readonly open: string;
  readonly close: string;
  readonly where: Where;
}

/** How a header is written: each line behind `prefix`, between `open` and `close` on lines of their own if there are any. */
export interface HeaderForm {
  readonly open: string | null;
  readonly prefix: string;
  readonly close: string | null;
}

/** As much of a language as it takes to tell its comments from its strings. */
export interface Syntax {
  readonly marks: readonly Mark[];
  /** Null where no comment can be written, or where the file's name alone doesn't tell how. */
  readonly header: HeaderForm | null;
  /** Text without any comment syntax: each line may hold a tag that has no word before it. */
  readonly plain: boolean;
}

const line = (open: string, where: Where = 'anywhere'): Mark => ({ kind: 'line', open, close: '', where });
const block = (open: string, close: string, where: Where = 'anywhere'): Mark => ({ kind: 'block', open, close, where });
const long = (open: string, close = open, where: Where = 'anywhere'): Mark => ({ kind: 'long', open, close, where });
const docstring = (open: string, close: string): Mark => ({ kind: 'docstring', open, close, where: 'anywhere' });
const heredoc = (open: string): Mark => ({ kind: 'heredoc', open, close: '', where: 'anywhere' });
const strings = (...quotes: string[]): Mark[] =>
  quotes.map((quote) => ({ kind: 'string', open: quote, close: quote, where: 'anywhere' }));

const behind = (prefix: string): HeaderForm => ({ open: null, prefix, close: null });
const between = (open: string, close: string, prefix = ''): HeaderForm => ({ open, prefix, close });
const syntax = (header: HeaderForm | null, ...marks: Mark[]): Syntax => ({ marks, header, plain: false });

const slashes = line('//');
const starred = block('/*', '*/');
const starForm = between('/*', ' */', ' *');
const tags = block('<!--', '-->');
const tagForm = between('<!--', '-->');
const hash = line('#', 'word');
const quotes = strings('"', "'");
/** A documentation's own examples of headers stand in fences and code spans. */
const fences = [long('```', '```', 'line'), long('~~~', '~~~', 'line'), ...strings('`')];
const spdxLine: Mark = { kind: 'kept', open: 'SPDX-', close: '', where: 'column' };

/** The syntaxes by a name of our own; `languages.ts` says which file has which. */
export const syntaxes = {
  plain: { marks: [], header: behind(''), plain: true },
  /** Text or data that takes no header: a sidecar or REUSE.toml has to speak for it. */
  unknown: { marks: [], header: null, plain: true },
  json: syntax(null, slashes, starred, ...strings('"')),
  /** Objective-C, MATLAB and Mathematica share `.m`. */
  ambiguousM: syntax(null, slashes, starred, line('%', 'line'), block('(*', '*)'), ...quotes),

  c: syntax(behind('//'), slashes, starred, long('"""'), ...quotes),
  javascript: syntax(behind('//'), slashes, starred, long('`'), ...quotes),
  rust: syntax(behind('//'), slashes, starred, long('r#"', '"#'), ...strings('"')),
  css: syntax(starForm, starred, ...quotes),
  sass: syntax(behind('//'), slashes, starred, ...quotes),
  assembler: syntax(
    starForm,
    starred,
    slashes,
    line('#', 'line'),
    line(';', 'word'),
    line('@', 'line'),
    ...strings('"'),
  ),
  linkerScript: syntax(starForm, starred, ...strings('"')),
  php: syntax(behind('//'), slashes, starred, hash, heredoc('<<<'), ...quotes),
  pascal: syntax(behind('//'), slashes, block('{', '}'), block('(*', '*)'), ...strings("'")),
  asciidoc: syntax(behind('//'), line('//', 'column'), spdxLine),

  hash: syntax(behind('#'), line('#', 'line')),
  yaml: syntax(behind('#'), line('#', 'column')),
  toml: syntax(behind('#'), hash, long('"""'), long("'''"), ...quotes),
  shell: syntax(behind('#'), hash, heredoc('<<'), long('"'), { ...long("'"), kind: 'long' }),
  docker: syntax(behind('#'), line('#', 'line'), heredoc('<<')),
  python: syntax(
    behind('#'),
    hash,
    docstring('r"""', '"""'),
    docstring('"""', '"""'),
    docstring("'''", "'''"),
    ...quotes,
  ),
  ruby: syntax(behind('#'), hash, block('=begin', '=end', 'column'), heredoc('<<'), ...quotes),
  perl: syntax(behind('#'), hash, block('=pod', '=cut', 'column'), heredoc('<<'), ...quotes),
  cmake: syntax(behind('#'), block('#[[', ']]'), line('#', 'word'), long('[[', ']]'), long('"')),
  powershell: syntax(behind('#'), block('<#', '#>'), hash, long('@"', '"@'), long("@'", "'@"), ...quotes),
  julia: syntax(behind('#'), block('#=', '=#'), hash, docstring('"""', '"""'), ...strings('"')),
  nim: syntax(behind('#'), block('#[', ']#'), hash, long('"""'), ...strings('"')),
  elixir: syntax(behind('#'), hash, long('"""'), long("'''"), ...quotes),
  coffeescript: syntax(behind('#'), block('###', '###', 'line'), hash, long('"""'), long("'''"), ...quotes),
  nix: syntax(behind('#'), hash, starred, long("''"), long('"')),
  hcl: syntax(behind('#'), hash, slashes, starred, heredoc('<<'), ...strings('"')),
  velocity: syntax(behind('##'), line('##'), block('#*', '*#')),

  dashes: syntax(behind('--'), line('--'), ...strings('"')),
  haskell: syntax(behind('--'), block('{-', '-}'), line('--'), ...strings('"')),
  lua: syntax(behind('--'), block('--[[', ']]'), line('--'), long('[[', ']]'), ...quotes),
  sql: syntax(behind('--'), line('--'), starred, line('#', 'line'), long("'"), ...strings('"')),

  lisp: syntax(behind(';;'), line(';'), block('#|', '|#'), long('"')),
  semicolon: syntax(behind(';'), line(';', 'line'), line('#', 'line')),
  percent: syntax(behind('%'), line('%')),
  prolog: syntax(behind('%'), line('%'), starred, ...quotes),
  exclamation: syntax(behind('!'), line('!'), ...quotes),
  fixedFortran: syntax(behind('C'), line('C', 'column'), line('c', 'column'), line('*', 'column'), line('!')),
  apostrophe: syntax(behind("'"), line("'"), line('REM', 'line'), line('Rem', 'line'), ...strings('"')),
  batch: syntax(
    behind('REM'),
    ...['REM', 'rem', 'Rem', '@REM', '@rem', '@Rem', '::'].map((open) => line(open, 'line')),
  ),
  vim: syntax(behind('"'), line('"', 'line'), line('#', 'line')),
  plantuml: syntax(behind("'"), line("'", 'line'), block("/'", "'/")),
  m4: syntax(behind('dnl'), line('dnl', 'word'), line('#', 'line')),
  roff: syntax(behind('.\\"'), line('.\\"', 'line'), line('\'\\"', 'line')),
  texinfo: syntax(behind('@c'), line('@comment', 'line'), line('@c', 'line')),
  restructured: syntax(behind('..'), line('..', 'line'), spdxLine),
  cobol: syntax(behind('      *'), line('*>'), line('*', 'line')),
  forth: syntax(behind('\\'), line('\\', 'word'), block('( ', ')', 'word')),
  apl: syntax(behind('⍝'), line('⍝'), ...quotes),
  j: syntax(behind('NB.'), line('NB.'), ...strings("'")),

  ml: syntax(between('(*', '*)'), block('(*', '*)'), ...strings('"')),
  xquery: syntax(between('(:', ':)'), block('(:', ':)'), ...quotes),
  fsharp: syntax(behind('//'), slashes, block('(*', '*)'), long('"""'), ...strings('"')),
  xml: syntax(tagForm, tags),
  markdown: syntax(tagForm, tags, block('[//]: # (', ')', 'column'), spdxLine, ...fences),
  mdx: syntax(between('{/*', '*/}'), block('{/*', '*/}'), tags, ...fences),
  /** HTML around script and style of their own syntax. */
  component: syntax(tagForm, tags, line('//', 'line'), block('/*', '*/', 'line')),
  jinja: syntax(between('{#', '#}'), block('{#', '#}'), tags),
  handlebars: syntax(between('{{!--', '--}}'), block('{{!--', '--}}'), block('{{!', '}}'), tags),
  gotemplate: syntax(between('{{/*', '*/}}'), block('{{/*', '*/}}'), block('{{- /*', '*/ -}}'), tags),
  freemarker: syntax(between('<#--', '-->'), block('<#--', '-->'), tags),
  jsp: syntax(between('<%--', '--%>'), block('<%--', '--%>'), tags),
  erb: syntax(between('<%#', '%>'), block('<%#', '%>'), tags),
  haml: syntax(behind('-#'), line('-#', 'line')),
  pug: syntax(behind('//-'), line('//-', 'line'), line('//', 'line')),
  bibtex: syntax(between('@Comment{', '}'), block('@Comment{', '}'), block('@comment{', '}'), line('%', 'line')),
} as const satisfies Record<string, Syntax>;

export type SyntaxName = keyof typeof syntaxes;
