// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** One path of each kind that a header can be written into. */
export const knownPaths =
  `a.c a.h a.cc a.cpp a.cs a.java a.kt a.scala a.swift a.dart a.groovy a.mm a.d a.vala a.zig a.proto a.thrift
  a.sol a.glsl a.metal a.wgsl a.cu a.v a.sv a.qml a.jsonnet a.bicep a.dts a.cue a.js a.mjs a.cjs a.jsx a.ts a.mts a.tsx a.d.ts
  a.go a.rs a.css a.scss a.sass a.less a.s a.S a.ld a.y a.php a.pas a.adoc a.conf a.cfg a.properties a.mk a.bzl a.gn a.R a.awk
  a.tcl a.po a.ninja a.service a.desktop a.spec a.graphql a.feature a.cr a.org a.rego a.yml a.yaml a.toml a.sh a.bash a.zsh
  a.fish a.py a.pyi a.pyx a.rb a.rake a.gemspec a.pl a.pm a.t a.cmake a.ps1 a.psm1 a.jl a.nim a.ex a.exs a.coffee a.nix a.tf
  a.hcl a.vm a.adb a.ads a.vhdl a.elm a.hs a.lua a.sql a.lisp a.el a.scm a.rkt a.clj a.edn a.ini a.asm a.nsi a.ahk a.tex a.sty
  a.erl a.hrl a.plg a.f90 a.f a.vb a.bas a.bat a.cmd a.vim a.puml a.m4 a.man a.texi a.rst a.cob a.fth a.apl a.ijs a.ml a.mli
  a.thy a.fs a.xq a.html a.xml a.xsd a.svg a.csproj a.pom a.md a.rmd a.mdx a.vue a.svelte a.j2 a.jinja2 a.njk a.hbs a.gohtml
  a.ftl a.jsp a.erb a.ejs a.haml a.pug a.bib a.license Makefile makefile.am GNUmakefile Dockerfile Dockerfile.dev Containerfile
  CMakeLists.txt Jenkinsfile Gemfile Rakefile Vagrantfile CODEOWNERS meson.build go.mod requirements.txt configure.ac
  .gitignore .gitattributes .editorconfig .bashrc .vimrc .clang-format BUILD WORKSPACE justfile a.h.in a.conf.template`.split(
    /\s+/,
  );
