// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import type { AppliedOverride, Ended, Override } from '../overrides/overrides.ts';
import type { Text } from '../rules/text.ts';
import type { Finding, Place, Remedy } from '../rules/verdict.ts';
import { bounded } from './inert.ts';
import { overall } from './outcome.ts';
import { plain } from './phrase.ts';
import type { Report } from './report.ts';
import { type ReportJson, reportVersion } from './report-schema.ts';

const quotedLimit = 1000;
const suggestionLimit = 2000;
// The longest path that Git's usual hosts take (PATH_MAX); a shorter limit could name another file.
const pathLimit = 4096;

/** A report as JSON in the shape of `reportSchema`, indented, ending in a line break. */
export function renderJson(report: Report): string {
  return serialise(reportJson(report));
}

/** The same as data. */
export function reportJson(report: Report): ReportJson {
  const { subject, base, head, judgements, policySources } = report;
  return {
    version: reportVersion,
    subject,
    base,
    head,
    outcome: overall(judgements),
    policySources: policySources.map(({ repository, path, ref }) => ({ repository, path, ref })),
    judgements: judgements.map(judgementJson),
  };
}

/**
 * Data as JSON in which characters that can't be seen or would act on a terminal are written as escapes. In JSON they
 * can only stand inside strings, so this changes no value.
 */
export function serialise(data: unknown): string {
  const json = JSON.stringify(data, null, 2).replace(/[\u007f-\u009f\u2028\u2029\p{Cf}]/gu, escapeUnits);
  return `${json}\n`;
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

function judgementJson({ name, mode, enforcedFrom, verdict, override }: Judgement): ReportJson['judgements'][number] {
  return {
    name,
    mode,
    ...(enforcedFrom === undefined ? {} : { enforcedFrom }),
    rule: verdict.rule,
    outcome: verdict.outcome,
    title: plain(verdict.title),
    findings: verdict.findings.map(findingJson),
    remedies: verdict.remedies.map(remedyJson),
    override: override === undefined ? null : overrideJson(override),
  };
}

function overrideJson(applied: AppliedOverride): ReportJson['judgements'][number]['override'] {
  const ended = (all: readonly Ended[]) =>
    all.map((one) => ({ ...saidJson(one), code: one.code, message: plain(one.why) }));
  const { effect, overrides, idle = [], covered, open, lapsed, withdrawn, refused } = applied;
  const [inForce, idleOnes] = [overrides.map(saidJson), idle.map(saidJson)];
  return {
    ...{ effect, covered, open, overrides: inForce, idle: idleOnes },
    ...{ lapsed: ended(lapsed), withdrawn: ended(withdrawn), refused: ended(refused) },
  };
}

function saidJson({ by, reason, url, at, scope }: Override | Ended) {
  const shown = { by: bounded(by, quotedLimit), reason: reason === null ? null : bounded(reason, quotedLimit) };
  return { ...shown, url: bounded(url, quotedLimit), at, scope };
}

function findingJson({
  code,
  level,
  at,
  text,
  suggestion,
}: Finding): ReportJson['judgements'][number]['findings'][number] {
  const insert = suggestion === undefined ? undefined : bounded(suggestion.insert, suggestionLimit);
  const more =
    suggestion === undefined || insert === undefined
      ? {}
      : { suggestion: { line: suggestion.line, insert, ...replacing(suggestion) } };
  return { code, level, at: placeJson(at), text: textJson(text), message: plain(text), ...more };
}

function replacing({ replaces }: NonNullable<Finding['suggestion']>): { readonly replaces?: number } {
  return replaces === undefined ? {} : { replaces };
}

function remedyJson({ text, commands, paste }: Remedy): ReportJson['judgements'][number]['remedies'][number] {
  return { text: textJson(text), message: plain(text), commands: [...(commands ?? [])], paste: paste ?? null };
}

function placeJson(at: Place): ReportJson['judgements'][number]['findings'][number]['at'] {
  if (at === null) return null;
  if ('commit' in at) return { commit: at.commit, subject: bounded(at.subject, quotedLimit) };
  const { path, line, column, endLine, endColumn } = at;
  return { path: bounded(path, pathLimit), line, column, endLine, endColumn };
}

function textJson(text: Text): (string | { quoted: string })[] {
  return text.map((part) => (typeof part === 'string' ? part : { quoted: bounded(part.quoted, quotedLimit) }));
}
