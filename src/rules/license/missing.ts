// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { oncePer } from '../once.ts';
import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { type Case, type Subject, textFile } from './case.ts';
import { headerLine, suggestHeader } from './headers/comment-style.ts';
import { syntaxName } from './headers/languages.ts';
import type { Skip } from './headers/skippable.ts';
import { decided } from './opinion.ts';
import { outboundAt } from './outbound.ts';
import { isCovered } from './reuse/covered.ts';
import { condensed, count, finding } from './section.ts';
import { statementIn } from './statement-memory.ts';
import { namesOf } from './texts.ts';

/** A file that says nothing of its license. */
export interface Missing {
  readonly file: Subject;
  readonly text: string | null;
  /** Why it cannot have a header, such as `binary`; null where it can. */
  readonly reason: Skip | null;
}

const reasons: Readonly<Record<Skip, string>> = {
  symlink: 'it is a symbolic link',
  empty: 'it is empty',
  binary: 'it is binary',
  uncommentable: 'its format has no comments',
  lock: 'it is a lock file',
  generated: 'it is generated',
  minified: 'it is minified',
};

const mostListed = 50;
const mostNamed = 5;

/** What is asked of files that say nothing of their license, where the policy asks for anything. */
export function missingFindings(missing: readonly Missing[], judged: Case): Finding[] {
  const asked = missing.filter(({ file, reason }) => {
    const { headers, headersFor } = judged.scopeOf(file.path).settings;
    if (headers !== 'require' || file.vendored !== null || !isCovered(file.path)) return false;
    if (reason === 'empty' || reason === 'symlink') return false;
    return file.former === null || headersFor === 'all';
  });
  const strict = asked.filter((one) => isStrict(one, judged));
  const mild = asked.filter((one) => !isStrict(one, judged) && mayHaveHeader(one));
  const findings = strict.map((one) => demand(one, judged));
  return [
    ...condensed(findings, mostListed, (left) => [`${count(left, 'more file')} have no license header either.`]),
    ...mention(mild),
  ];
}

/** Whether it is a file in which anybody would look for a header. */
function mayHaveHeader({ file, reason }: Missing): boolean {
  return file.kind === 'source' && reason === null;
}

/**
 * Whether a license is demanded, by the policy or by what the base shows: that every file has one, as REUSE asks; or
 * that files of this kind have tags, which says nothing of pictures and pages.
 */
function isStrict(one: Missing, judged: Case): boolean {
  const { file, text } = one;
  if (judged.scopeOf(file.path).settings.headersFor !== 'new-if-used') return true;
  if (['LICENSES', 'REUSE.toml', '.reuse/dep5'].some((path) => judged.atOutset(path) != null)) return true;
  const kind = syntaxName(file.path, text ?? '');
  return mayHaveHeader(one) && taggedAs(judged).some(({ syntax }) => syntax === kind);
}

/** The expressions in tags of changed files as they were before the contribution, and the syntax of these files. */
const taggedAs = oncePer((judged: Case): readonly { readonly expression: string; readonly syntax: string }[] =>
  judged.subjects.flatMap(({ path, former, kind }) => {
    const before = judged.base === null ? path : former;
    const file = before === null || kind !== 'source' ? null : textFile(judged.atOutset(before));
    const statement = file === null ? null : statementIn(path, file);
    if (file === null || statement?.expression == null || statement.byNotice) return [];
    return [{ expression: statement.expression, syntax: syntaxName(before ?? path, file.text) }];
  }),
);

function mention(missing: readonly Missing[]): Finding[] {
  if (missing.length === 0) return [];
  const named = missing.slice(0, mostNamed).map(({ file }) => file.path);
  const text = say`${[count(missing.length, 'new file')]} without a license header, such as ${named.join(', ')}. This repository shows no use of them in such files, so nothing is asked for.`;
  return [finding('no-header', 'note', null, text)];
}

function demand({ file, text, reason }: Missing, judged: Case): Finding {
  const { path, former } = file;
  const scope = judged.scopeOf(path);
  const what = former === null ? 'This new file' : 'This file';
  const by = decided(scope, 'headers');
  const line = reason === null ? headerLine(path, text ?? '') : null;
  const header = line === null ? null : headerFor(path, text ?? '', judged);
  if (header === null || line === null) {
    const why = reason === null ? [] : say` It can have no header (${[reasons[reason]]}).`;
    const words = say`${[what]} does not say what license it is under.${why} Add ${`${path}.license`} with an SPDX-License-Identifier line, or name it in REUSE.toml. ${by}`;
    return finding('header-missing', 'error', { path }, words);
  }
  const words = say`${[what]} does not say what license it is under. Add a header such as the one suggested.${unsure(path, judged)} ${by}`;
  return { ...finding('header-missing', 'error', { path, line }, words), suggestion: { line, insert: header } };
}

/** The header to insert, in the file's own comment style; null where none can be said for certain. */
function headerFor(path: string, text: string, judged: Case): string | null {
  const expression = licenseFor(path, judged);
  return suggestHeader(path, expression, copyrightFor(judged), text) ?? suggestHeader(path, expression, null, text);
}

function licenseFor(path: string, judged: Case): string {
  const [only, ...others] = new Set(taggedAs(judged).map(({ expression }) => expression));
  const outbound = outboundAt(path, judged)?.expressions ?? [];
  if (outbound.length === 1 && outbound[0] !== undefined) return outbound[0];
  if (only !== undefined && others.length === 0) return only;
  return outbound[0] ?? 'LICENSE-ID';
}

/** Where the license file fits several ids, and nothing tells which one is meant. */
function unsure(path: string, judged: Case): Text {
  const { expressions, source } = outboundAt(path, judged) ?? { expressions: [], source: [] };
  if (expressions.length < 2 || licenseFor(path, judged) !== expressions[0]) return [];
  return say` Its license is a guess: ${source} fits ${namesOf(expressions)}; write the one that holds here.`;
}

/** The author of the newest commit, whose name goes into a block that is shown inert. */
function copyrightFor({ facts }: Case): string {
  const author = facts.commits
    .at(-1)
    ?.author?.name.replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, 100);
  const year = facts.judgedOn?.slice(0, 4);
  return [year ?? 'YEAR', author === undefined || author === '' ? 'NAME' : author].join(' ');
}
