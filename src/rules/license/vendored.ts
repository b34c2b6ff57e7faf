// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Lookup } from '../rule.ts';
import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, type Subject, textFile } from './case.ts';
import { followed, linkLookup } from './linked.ts';
import { mayBeLicenseName } from './names.ts';
import { opinionOf } from './opinion.ts';
import { reuseAt } from './reuse-facts.ts';
import { count, finding, type Section } from './section.ts';
import { statementIn } from './statement-memory.ts';
import { identifiedIn } from './text-budget.ts';
import { isLicenseFile } from './texts/license-file.ts';
import { describeAll, expressionOf, isKnown } from './texts.ts';
import { directoriesUpTo } from './vendored-paths.ts';

/** Directories of code from elsewhere that are looked into; a tree of more than that is not judged in silence. */
const mostDirectories = 2000;

interface NewCode {
  readonly subject: Subject;
  /** Where its license may lie, nearest first. */
  readonly directories: readonly string[];
}

function newCode(judged: Case): NewCode[] {
  return judged.subjects.flatMap((subject) => {
    const { path, former, deleted, kind, vendored } = subject;
    if (vendored === null || former !== null || deleted || kind === 'license' || kind === 'notice') return [];
    if (!isCode(subject, judged)) return [];
    return [{ subject, directories: directoriesUpTo(path, vendored) }];
  });
}

/** What tools put beside the code that they fetch, and people who keep it, such as Go's list of modules. */
const ofTools =
  /^(?:\..*|modules\.txt|autoload\.php|readme(?:\..*)?|owners|build(?:\.bazel|\.gn)?|cmakelists\.txt|makefile|meson\.build)$/i;

/** Submodules have a section of their own, and a symbolic link holds nothing. */
function isCode(subject: Subject, judged: Case): boolean {
  const entry = judged.atHead(subject.path);
  if (entry?.kind === 'submodule' || (entry?.kind === 'file' && entry.mode === 'symlink')) return false;
  return !ofTools.test(below(subject));
}

/** The path from the outermost directory for code from elsewhere, which a glob may make the root. */
function below({ path, vendored }: Subject): string {
  return vendored === null || vendored === '' ? path : path.slice(vendored.length + 1);
}

/** Whether the file itself, or a REUSE file, says its license, which is judged where headers are. */
function saysItself({ path }: Subject, judged: Case): boolean {
  if (judged.scopeOf(path).settings.headers === 'off') return false;
  const said = reuseAt(path, judged);
  if (said !== null) return !('problem' in said);
  const file = textFile(judged.atHead(path));
  return file !== null && statementIn(path, file).expression !== null;
}

function directoriesOf(code: readonly NewCode[]): string[] {
  return [...new Set(code.flatMap(({ directories }) => directories))];
}

/** The directories above new code from elsewhere and, once these are read, the license files in them. */
export function vendorLookups(judged: Case): Lookup[] {
  const commit = judged.facts.head.sha;
  const directories = directoriesOf(newCode(judged)).slice(0, mostDirectories);
  const files = directories.flatMap((directory) => licensePathsIn(directory, judged));
  return [
    ...directories.map((path) => ({ commit, path, whole: false })),
    ...files.map((path) => ({ commit, path, whole: true })),
    ...files.flatMap((path) => linkLookup(commit, path, judged.atHead(path))),
  ];
}

function licensePathsIn(directory: string, judged: Case): string[] {
  const entry = judged.atHead(directory);
  if (entry?.kind !== 'directory') return [];
  return entry.names
    .filter((name) => mayBeLicenseName(name) && isLicenseFile(`${directory}/${name}`))
    .map((name) => `${directory}/${name}`);
}

/** New code from elsewhere needs a license in the nearest directory above that has one, and it has to be acceptable. */
export function vendoredCode(judged: Case): Section {
  const code = newCode(judged);
  if (directoriesOf(code).length > mostDirectories) {
    const text = say`New code from elsewhere lies in more than ${mostDirectories} directories, too many to look into. Bring it in by several pull requests.`;
    return {
      name: 'Code from elsewhere',
      looked: code.length,
      findings: [finding('vendored-many', 'gap', null, text)],
    };
  }
  const licensed = new Map<string, number>();
  const bare = new Map<string, number>();
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const { subject, directories } of code) {
    const directory = directories.find((one) => licensePathsIn(one, judged).length > 0);
    if (directory !== undefined) add(licensed, directory);
    else if (!saysItself(subject, judged)) add(bare, packageOf(subject));
  }
  const findings = [
    ...[...bare].map(([directory, files]) => unlicensed(directory, files, judged)),
    ...[...licensed].flatMap(([directory, files]) => licensedFindings(directory, files, judged)),
  ];
  return { name: 'Code from elsewhere', looked: code.length, findings: findings.flat() };
}

/** `vendor/widget` of `vendor/widget/src/main.c`: what somebody would add a license file to. */
function packageOf(subject: Subject): string {
  const root = subject.vendored ?? '';
  const [first = '', ...others] = below(subject).split('/');
  if (others.length === 0) return root;
  return root === '' ? first : `${root}/${first}`;
}

function unlicensed(directory: string, files: number, judged: Case): Finding[] {
  const path = `${directory}/`;
  const found = say`${[count(files, 'new file')]} from elsewhere without a license file: neither this directory nor one below it, down to theirs, has one. Add the license that came with the code.`;
  return opinionOf({ path, at: { path: directory }, found, expression: null }, judged).map((one) =>
    one.code === 'license.unknown' ? { ...one, code: 'license.vendored-unlicensed' } : one,
  );
}

function licensedFindings(directory: string, files: number, judged: Case): Finding[] {
  // A license file that comes in is judged by itself; one that changes only for what is other in it than it was.
  const added = new Set(judged.subjects.flatMap(({ path, former }) => (former === null ? [path] : [])));
  return licensePathsIn(directory, judged)
    .filter((path) => !added.has(path))
    .flatMap((path) => {
      const at = { path };
      const text = textFile(followed(path, judged.atHead))?.text ?? null;
      const where = say`${[count(files, 'new file')]} from elsewhere ${[files === 1 ? 'is' : 'are']} under this license file.`;
      const parts = text === null ? null : identifiedIn(text, judged);
      if (text === null || parts === null) return opinionOf({ path, at, found: where, expression: null }, judged);
      return parts.flatMap((one) => {
        const found = say`${where} It is ${describeAll([one])}.`;
        const expression = isKnown(one) ? expressionOf(one) : null;
        return opinionOf({ path, at, found, expression, excepted: { license: text } }, judged);
      });
    });
}
