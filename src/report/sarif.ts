// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import type { Fix, Location, Log, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';
import type { Judgement } from '../engine.ts';
import { say } from '../rules/text.ts';
import type { Finding, Level, Place } from '../rules/verdict.ts';
import { placePlain } from './findings.ts';
import { bounded } from './inert.ts';
import { serialise } from './json.ts';
import { overall } from './outcome.ts';
import { plain } from './phrase.ts';
import type { Report } from './report.ts';
import { count, levels } from './wording.ts';

interface SarifOptions {
  /** Countersign's own version. */
  readonly version: string;
}

// GitHub refuses a file with more: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads/results-exceed-limit
const resultLimit = 25_000;
/**
 * GitHub refuses the whole file when one result has no place in a file, and a commit has none. Such results stand at
 * the file that asks for the check; it is always the same one, since GitHub tells alerts apart by their paths.
 */
const anchor = '.github/countersign.yml';

type Entry = { readonly judgement: Judgement; readonly finding: Finding };

const sarifLevels: Record<Level, 'error' | 'warning' | 'note' | 'none'> = {
  error: 'error',
  gap: 'error',
  warning: 'warning',
  note: 'note',
  ok: 'none',
};

/** A report as SARIF 2.1.0 that GitHub's code scanning accepts. What is in order is left out. */
export function renderSarif(report: Report, options: SarifOptions): string {
  return serialise(sarifLog(report, options));
}

/** The same as data. */
export function sarifLog(report: Report, { version }: SarifOptions): Log {
  const entries = report.judgements
    .flatMap((judgement) => judgement.verdict.findings.map((finding) => ({ judgement, finding })))
    .filter(({ finding }) => finding.level !== 'ok');
  const kept = levels
    .flatMap((level) => entries.filter(({ finding }) => finding.level === level))
    .slice(0, resultLimit);
  const rules = [...new Map(kept.map((entry) => [entry.finding.code, descriptor(entry)])).values()];
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Countersign', semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: overall(report.judgements) !== 'incomplete',
            toolExecutionNotifications: notifications(entries.length - kept.length),
          },
        ],
        results: kept.map((entry) => result(entry, index.get(entry.finding.code) ?? -1)),
      },
    ],
  };
}

function notifications(left: number): { level: 'warning'; message: { text: string } }[] {
  if (left === 0) return [];
  return [{ level: 'warning', message: { text: `${count(left, 'finding')} left out: GitHub takes 25,000 results.` } }];
}

function descriptor({ judgement, finding }: Entry): ReportingDescriptor {
  const words = finding.code.slice(finding.code.indexOf('.') + 1).replaceAll(/[-_.]/g, ' ');
  const description = { text: message(`${plain([judgement.name])}: ${words}`) };
  return {
    id: finding.code,
    shortDescription: description,
    fullDescription: description,
    help: { text: 'Run `countersign check` in a clone: it lists what is wrong and the commands that mend it.' },
  };
}

function result({ judgement, finding }: Entry, ruleIndex: number): Result {
  const { code, level, at, text, suggestion } = finding;
  const place = at !== null && 'commit' in at ? `${placePlain(at)}: ` : '';
  return {
    ruleId: code,
    ruleIndex,
    level: judgement.mode === 'warn' && level === 'error' ? 'warning' : sarifLevels[level],
    message: { text: message(`${place}${plain(text)}`) },
    locations: [location(at)],
    partialFingerprints: fingerprints(finding),
    ...suppressed(judgement),
    ...(suggestion !== undefined && at !== null && 'path' in at ? { fixes: [fix(at.path, suggestion)] } : {}),
  };
}

/** SARIF 2.1.0, section 3.55: an insertion is the replacement of a region without length. */
function fix(path: string, { line, insert, replaces = 0 }: NonNullable<Finding['suggestion']>): Fix {
  const region = { startLine: line, startColumn: 1, endLine: line + replaces, endColumn: 1 };
  const replacement = { deletedRegion: region, insertedContent: { text: `${bounded(insert, 2000)}\n` } };
  const { artifactLocation } = physical(path, region);
  return {
    description: { text: replaces === 0 ? 'Insert the suggested lines.' : 'Write the suggested lines instead.' },
    artifactChanges: [{ artifactLocation: artifactLocation ?? {}, replacements: [replacement] }],
  };
}

/** Code scanning takes what is suppressed for decided and closes the alert. */
function suppressed({ override }: Judgement): Pick<Result, 'suppressions'> {
  if (override?.effect !== 'whole') return {};
  const by = override.overrides.map(({ by, reason }) => plain(say`${by}: ${reason ?? 'without a reason'}`));
  return { suppressions: [{ kind: 'external', status: 'accepted', justification: message(by.join(' ')) }] };
}

function location(at: Place): Location {
  if (at === null) return { physicalLocation: physical(anchor, { startLine: 1 }) };
  if ('commit' in at) {
    return {
      physicalLocation: physical(anchor, { startLine: 1 }),
      logicalLocations: [{ name: bounded(at.subject, 200), fullyQualifiedName: at.commit, kind: 'commit' }],
    };
  }
  const { path, line = 1, column, endLine, endColumn } = at;
  return { physicalLocation: physical(path, { startLine: line, startColumn: column, endLine, endColumn }) };
}

function physical(path: string, region: PhysicalLocation['region']): PhysicalLocation {
  const uri = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  return { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region };
}

// GitHub tells alerts of one rule and file apart by this value, which its upload action derives from the line where it
// is missing; commits all stand at the same line.
function fingerprints({ code, at, text }: Finding): Record<string, string> | undefined {
  if (at !== null && 'path' in at) return undefined;
  const hash = createHash('sha256').update(JSON.stringify([code, at?.commit ?? null, plain(text)]));
  return { primaryLocationLineHash: `${hash.digest('hex').slice(0, 16)}:1` };
}

// In a plain SARIF message `[text](target)` is a link (SARIF 2.1.0, section 3.11.6): take the pair apart.
function message(text: string): string {
  return text.replaceAll('](', '] (');
}
