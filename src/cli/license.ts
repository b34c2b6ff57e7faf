// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync } from 'node:fs';
import { inert } from '../report/inert.ts';
import { serialise } from '../report/json.ts';
import { plain } from '../report/phrase.ts';
import { copyleftOfExpression } from '../rules/license/expressions/copyleft.ts';
import type { CopyleftClass } from '../rules/license/expressions/copyleft-table.ts';
import { evaluate } from '../rules/license/expressions/evaluate.ts';
import { expressionIn } from '../rules/license/manifest-fields.ts';
import { readManifest } from '../rules/license/manifests/manifest.ts';
import { statementOf } from '../rules/license/statement.ts';
import { isLicenseFile } from '../rules/license/texts/license-file.ts';
import { describe, expressionOf, identified, isKnown } from '../rules/license/texts.ts';
import { readInput } from './input.ts';
import { expectedMessage } from './user-error.ts';

/** One license that was found in a file, or the expression that was given. */
interface Found {
  readonly line: number | null;
  /** What was found and how, in words. */
  readonly what: string;
  readonly expression: string | null;
  readonly canonical: string | null;
  readonly osi: 'yes' | 'no' | 'unknown';
  readonly copyleft: CopyleftClass | null;
  readonly problem: string | null;
  readonly suggestion: string | null;
}

interface Answer {
  readonly name: string;
  readonly kind: 'file' | 'expression';
  readonly found: readonly Found[];
  /** Why the file could not be read; null where it was. */
  readonly unreadable: string | null;
}

/** In bytes: far more than any license or manifest has. */
const limit = 16 * 1024 * 1024;

/**
 * `countersign license NAME...`: says what licenses files hold, or what expressions mean. 0 where all are
 * OSI-approved, 1 where one is not or is not known, 2 where a file could not be read.
 */
export async function license(
  names: readonly string[],
  options: { readonly format: 'text' | 'json' },
): Promise<number> {
  const answers: Answer[] = [];
  for (const name of names) answers.push(await answerFor(name));
  process.stdout.write(options.format === 'json' ? serialise(answers) : answers.map(answerText).join(''));
  if (answers.some(({ unreadable }) => unreadable !== null)) return 2;
  return answers.every(({ found }) => found.length > 0 && found.every(({ osi }) => osi === 'yes')) ? 0 : 1;
}

async function answerFor(name: string): Promise<Answer> {
  if (name !== '-' && !looksLikeFile(name)) {
    return { name, kind: 'expression', found: [expressionOrFile(name)], unreadable: null };
  }
  try {
    const bytes = await readInput(name, limit);
    if (bytes.includes(0)) return { name, kind: 'file', found: [], unreadable: 'It is binary.' };
    return { name, kind: 'file', ...foundIn(name, bytes.toString('utf8')) };
  } catch (error) {
    const message = expectedMessage(error);
    if (message === null) throw error;
    return { name, kind: 'file', found: [], unreadable: message };
  }
}

/** An expression has no slash and no dot before letters only; a file that is there wins all the same. */
function looksLikeFile(name: string): boolean {
  if (existsSync(name)) return true;
  return name.includes('/') || /\.(?:txt|md|json|toml|xml|ya?ml|[cm]?[jt]s|py|c|h)$/i.test(name);
}

/** One word that is no license may have been meant as a file. */
function expressionOrFile(name: string): Found {
  const found = judged(name, null, 'The expression');
  if (found.problem === null || !/^[^\s()]+$/.test(name)) return found;
  return { ...found, problem: `${found.problem} There is no file of that name either.` };
}

function foundIn(path: string, text: string): Pick<Answer, 'found' | 'unreadable'> {
  const manifest = readManifest(path, text);
  if (manifest === null) return { found: foundInText(path, text), unreadable: null };
  const { declared, problem } = manifest;
  return {
    found: declared.map((one) => judged(expressionIn(one), one.line, 'The manifest')),
    unreadable: problem === null ? null : `Line ${problem.line}: ${plain(problem.text)}`,
  };
}

function foundInText(path: string, text: string): Found[] {
  const { header, expression, byNotice, line } = statementOf(path, text);
  if (expression !== null && !holdsLicense(path, text)) {
    const stray = header.stray.map((one) => judged(one.expression, one.line, 'Outside the header'));
    return [judged(expression, line, byNotice ? 'The notice' : 'The header'), ...stray];
  }
  return identified(text).map((one) => {
    const what = plain(describe(one));
    return isKnown(one) ? { ...judged(expressionOf(one), one.from, ''), what } : unknown(one.from, what);
  });
}

/** A license file may have a header itself; a page that is only called license has nothing but that. */
function holdsLicense(path: string, text: string): boolean {
  return isLicenseFile(path) && identified(text).some((one) => one.layer !== 'unknown');
}

function judged(expression: string | null, line: number | null, where: string): Found {
  if (expression === null) return unknown(line, `${where} names a file`);
  const evaluation = evaluate(expression);
  return {
    line,
    what: `${where} says ${plain([{ quoted: expression }])}`,
    expression,
    canonical: evaluation.canonical,
    osi: evaluation.osi,
    copyleft: copyleftOfExpression(evaluation),
    problem: evaluation.problem === null ? null : plain(evaluation.problem),
    suggestion: evaluation.suggestion,
  };
}

function unknown(line: number | null, what: string): Found {
  return {
    line,
    what,
    expression: null,
    canonical: null,
    osi: 'unknown',
    copyleft: null,
    problem: null,
    suggestion: null,
  };
}

function answerText({ name, found, unreadable }: Answer): string {
  const shown = inert(name, 4096);
  if (unreadable !== null) return `${shown}: error: ${inert(unreadable, 4096)}\n`;
  if (found.length === 0) return `${shown}: no license found\n`;
  return found.map((one) => `${shown}${one.line === null ? '' : `:${one.line}`}: ${foundText(one)}\n`).join('');
}

const kinds: Readonly<Record<CopyleftClass, string>> = {
  network: 'network copyleft',
  strong: 'strong copyleft',
  library: 'weak copyleft, by library',
  file: 'weak copyleft, by file',
  permissive: 'permissive',
  'public-domain': 'public domain',
};

function foundText({ what, canonical, expression, osi, copyleft, problem, suggestion }: Found): string {
  const other = canonical !== null && canonical !== expression ? `; canonical: ${inert(canonical)}` : '';
  const approved = { yes: 'OSI-approved', no: 'not OSI-approved', unknown: 'not known whether OSI-approved' }[osi];
  const kind = copyleft === null ? '' : `; ${kinds[copyleft]}`;
  const why = problem === null ? '' : `. ${problem}`;
  return `${what}${other}; ${approved}${kind}${why}${suggestion === null ? '' : ` Perhaps ${inert(suggestion)} is meant.`}`;
}
