// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { styleText } from 'node:util';
import type { Judgement } from '../engine.ts';
import { say } from '../rules/text.ts';
import type { Finding, Level, Remedy, Verdict } from '../rules/verdict.ts';
import { announcementSentence, announcementSuffix } from './announcement.ts';
import { placePlain, suggestedLines } from './findings.ts';
import { inert, inertBlock } from './inert.ts';
import { exitCode } from './outcome.ts';
import { isOverridden, titleWith } from './override.ts';
import { plain } from './phrase.ts';
import { areOptions, commandLine } from './remedies.ts';
import type { Report } from './report.ts';
import { byLevel, count, levels, nounFor, policySentence, shortSha } from './wording.ts';
import { wrap } from './wrap.ts';

interface TextOptions {
  /** Whether to colour. The caller knows whether a terminal reads it. */
  readonly color: boolean;
  /** Columns to wrap at. */
  readonly width: number;
  /** Whether to list what is in order one by one. */
  readonly verbose?: boolean;
}

type Style = 'red' | 'green' | 'yellow' | 'blue' | 'cyan' | 'bold' | 'dim';
type Paint = (style: Style, text: string) => string;
interface Pen {
  readonly paint: Paint;
  readonly width: number;
  readonly verbose: boolean;
}

const icons: Record<Level, readonly [Style, string]> = {
  error: ['red', '✖'],
  gap: ['yellow', '?'],
  warning: ['yellow', '⚠'],
  note: ['blue', 'ℹ'],
  ok: ['green', '✔'],
};

/** A report for a terminal: UTF-8 text that ends in a line break, readable without colour. */
export function renderText(report: Report, { color, width, verbose = false }: TextOptions): string {
  const paint: Paint = color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const pen: Pen = { paint, width: Math.max(40, width), verbose };
  const policy = policySentence(report.policySources);
  const lines = [
    `${paint('bold', inert(report.subject))}  ${paint('dim', `${revision(report.base)} … ${revision(report.head)}`)}`,
    ...report.judgements.flatMap((judgement) => ['', ...judgementLines(judgement, pen)]),
    '',
    ...(policy === null ? [] : wrap(plain(policy), pen.width).map((line) => paint('dim', line))),
    conclusion(report, paint),
  ];
  return `${lines.join('\n')}\n`;
}

function revision(name: string): string {
  return /^[0-9a-f]{40,64}$/.test(name) ? name.slice(0, shortSha) : inert(name);
}

function judgementLines(judgement: Judgement, pen: Pen): string[] {
  const { name, mode, enforcedFrom, verdict } = judgement;
  const overridden = isOverridden(judgement);
  const [style, icon] = overridden ? icons.ok : verdictIcon(verdict, mode);
  const onlyWarns = enforcedFrom === undefined && mode === 'warn' && verdict.outcome === 'fail' && !overridden;
  const warns = onlyWarns ? ' (only warns)' : announcementSuffix(judgement);
  const announcement = announcementSentence(judgement);
  const title = wrap(`${inert(name)}: ${plain(titleWith(judgement))}${warns}`, pen.width - 2);
  const groups = byLevel(verdict.findings);
  const listed = levels.filter((level) => level !== 'ok' || pen.verbose).flatMap((level) => groups[level]);
  const ok = pen.verbose || groups.ok.length === 0 ? [] : [okLine(groups.ok, pen)];
  return [
    ...title.map((line, index) => `${index === 0 ? pen.paint(style, icon) : ' '} ${pen.paint('bold', line)}`),
    ...spaced(overrideLines(judgement, pen)),
    ...(announcement === null ? [] : wrap(announcement, pen.width - 2).map((line) => `  ${line}`)),
    ...spaced(listed.flatMap((finding) => findingLines(finding, pen)).concat(ok)),
    ...(verdict.remedies.length === 0 || overridden ? [] : spaced(remediesLines(verdict.remedies, pen))),
  ];
}

function overrideLines({ verdict, override }: Judgement, { width }: Pen): string[] {
  const would = override?.effect === 'whole' ? [`Without overrides: ${plain(verdict.title)}`] : [];
  const reasons = (override?.overrides ?? []).map(({ by, reason, url }) =>
    plain(say`Overridden by ${by}: ${reason ?? 'without a reason'} (${url})`),
  );
  return [...would, ...reasons].flatMap((line) => wrap(line, width - 2).map((wrapped) => `  ${wrapped}`));
}

function verdictIcon({ outcome }: Verdict, mode: Judgement['mode']): readonly [Style, string] {
  if (outcome === 'fail') return mode === 'warn' ? icons.warning : icons.error;
  if (outcome === 'incomplete') return icons.gap;
  return outcome === 'pass' ? icons.ok : ['dim', '-'];
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function findingLines({ level, at, text, suggestion }: Finding, { paint, width }: Pen): string[] {
  const [style, icon] = icons[level];
  const place = placePlain(at);
  const reason = wrap(plain(text), width - 4);
  const insert =
    suggestion === undefined
      ? []
      : [
          ...(suggestion.replaces === undefined ? [] : ['Write instead:']),
          ...suggestedLines(suggestion.insert)
            .split('\n')
            .map((one) => `  ${one}`),
        ];
  const rest = [...(place === '' ? reason : [inert(place, width - 4), ...reason]), ...insert];
  return rest.map((line, index) => {
    if (index > 0) return `    ${line}`;
    return `  ${paint(style, icon)} ${place === '' ? line : paintPlace(at, line, paint)}`;
  });
}

function paintPlace(at: Finding['at'], line: string, paint: Paint): string {
  if (at === null || !('commit' in at)) return paint('cyan', line);
  return `${paint('cyan', line.slice(0, shortSha))}${line.slice(shortSha)}`;
}

function okLine(ok: readonly Finding[], { paint }: Pen): string {
  const [style, icon] = icons.ok;
  return `  ${paint(style, icon)} ${count(ok.length, nounFor(ok))} in order`;
}

function remediesLines(remedies: readonly Remedy[], pen: Pen): string[] {
  const several = areOptions(remedies);
  const heading = several ? 'How to fix it, in one of these ways' : 'How to fix it';
  const blocks = remedies.map((remedy, index) => remedyLines(remedy, several ? `${index + 1}. ` : '', pen));
  return [
    `  ${pen.paint('bold', heading)}`,
    ...blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block])),
  ];
}

function remedyLines({ text, commands = [], paste }: Remedy, label: string, { paint, width }: Pen): string[] {
  const indent = ' '.repeat(label.length);
  const sentences = wrap(plain(text), width - 4 - label.length);
  return [
    ...sentences.map((line, index) => `    ${index === 0 ? label : indent}${line}`),
    ...spaced(commands.map((command) => `      ${paint('cyan', commandLine(command))}`)),
    ...(paste === undefined ? [] : spaced(pasteLines(paste, paint))),
  ];
}

// Flush left, so that it can be copied out of the terminal without the indentation becoming part of it.
function pasteLines(paste: string, paint: Paint): string[] {
  const rule = paint('dim', '-'.repeat(24));
  return [rule, ...inertBlock(paste).replace(/\n$/, '').split('\n'), rule];
}

function conclusion(report: Report, paint: Paint): string {
  if (report.judgements.length === 0) return 'No check is switched on, so there was nothing to judge.';
  switch (exitCode(report)) {
    case 0:
      return paint('green', 'Nothing stands in the way.');
    case 1:
      return paint('red', 'Something needs a change.');
    case 2:
      return paint('yellow', 'It could not be judged.');
  }
}
