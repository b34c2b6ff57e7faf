// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import { clashText, nameClashes } from './check-names.ts';
import type { Asked, Layer } from './compose.ts';
import { applyFloor, type Undercut } from './floor.ts';
import { merge, type Origin, type Origins } from './merge.ts';
import { excerpt, type Position, type Problem } from './mistakes.ts';
import { freeze } from './parse.ts';
import { type PolicySettings, settingsSchema } from './schema.ts';
import { dotted } from './tree.ts';
import type { Written } from './written.ts';

/** An organisation's floor, and whether its words may be shown to readers of the judged repository. */
export interface Floor {
  readonly written: Written;
  readonly hidden: boolean;
}

/** What layers amount to: equal for equal files, wherever they lie. */
export interface Effective {
  /** null: put together they are not valid. */
  readonly settings: PolicySettings | null;
  readonly origins: Origins;
  readonly problems: readonly EffectiveProblem[];
}

export type EffectiveProblem = Problem & {
  /** Index of the file, as in `Origin`. */
  readonly file: number;
};

/**
 * Lays the files over each other and holds the result to the floor. In origins and problems, files count from the most
 * specific one, which is the last layer; the floor's file comes after all of them.
 */
export function effectiveOf(layers: readonly Layer[], floor: Floor | null): Effective {
  const fileOf = (index: number) => layers.length - 1 - index;
  const merged = merge(
    layers.map(({ written }, index) => ({ ...written, originOf: (path) => originIn(written, path, fileOf(index)) })),
  );
  const said = floor?.written.floor ?? null;
  const bound =
    floor === null || said === null
      ? { ...merged, undercuts: [] }
      : applyFloor(merged, said, (path) => originIn(floor.written, `floor.${path}`, layers.length));
  const checked = settingsSchema.safeParse(bound.sections);
  const place: Placing = { layers, fileOf, origins: bound.origins };
  const undercuts = bound.undercuts.flatMap((undercut) => undercutProblem(undercut, floor?.hidden === true, place));
  if (!checked.success) {
    const wrong = checked.error.issues.map((issue) => {
      const words = say`Put together, the files that this policy is made of are not valid at ${dotted(issue.path)}: it ${[issue.message]}.`;
      return problemFor(dotted(issue.path), 'policy.invalid', 'error', words, place);
    });
    return { settings: null, origins: bound.origins, problems: wrong };
  }
  const clashes = nameClashes(checked.data).map((clash) => {
    const keys = [`${clash.id}.name`, `${clash.other}.name`];
    const key = keys.find((one) => bound.origins.has(one)) ?? '';
    return problemFor(key, 'policy.duplicate-name', 'error', clashText(clash), place);
  });
  const settings = clashes.length === 0 ? freeze(checked.data) : null;
  return { settings, origins: bound.origins, problems: [...clashes, ...undercuts] };
}

interface Placing {
  readonly layers: readonly Layer[];
  readonly fileOf: (index: number) => number;
  readonly origins: Origins;
}

const beginning: Position = { line: 1, column: 1, endLine: 1, endColumn: 1 };

function originIn({ positions }: Written, path: string, file: number): Origin {
  for (let key = path; key !== ''; key = key.replace(/(?:\[\d+\]|(?:^|\.)[^.[]*)$/, '')) {
    const position = positions.get(key);
    if (position !== undefined) return { file, line: position.line };
  }
  return { file, line: 1 };
}

function undercutProblem(
  { key, by, wanted, holds }: Undercut,
  hidden: boolean,
  { layers, fileOf }: Placing,
): EffectiveProblem[] {
  const layer = layers[fileOf(by.file)];
  if (layer === undefined) return [];
  const start = say`The organisation's floor does not allow this value of ${key}, which therefore has no effect.`;
  const text = hidden ? start : say`${start} What holds is ${excerpt(shown(holds))}.`;
  const position = positionIn(layer.written, key, wanted, by.line);
  return [{ ...at(layer, by.file, position, layers, fileOf), code: 'policy.below-floor', severity: 'warning', text }];
}

/** A preset's own lines are nowhere to be seen: what it sets is shown where it is asked for. */
function at(
  layer: Layer,
  file: number,
  position: Position,
  layers: readonly Layer[],
  fileOf: (index: number) => number,
): Position & { readonly file: number } {
  const { asked } = layer;
  if (asked === null || !layer.oid?.startsWith('preset ')) return { ...position, file };
  return { ...asked.position, file: fileOf(indexOf(asked, layers)) };
}

function indexOf({ source }: Asked, layers: readonly Layer[]): number {
  return layers.findIndex((layer) => layer.source === source);
}

function positionIn({ positions }: Written, key: string, wanted: unknown, line: number): Position {
  const entries = Array.isArray(wanted) ? wanted.length : 0;
  const keys = [key, ...Array.from({ length: entries }, (_, index) => `${key}[${index}]`)];
  const found = keys.map((one) => positions.get(one)).filter((one) => one?.line === line);
  return found.at(-1) ?? { ...beginning, line, endLine: line };
}

function problemFor(
  key: string,
  code: string,
  severity: Problem['severity'],
  text: Text,
  { layers, fileOf, origins }: Placing,
): EffectiveProblem {
  const set = origins.get(key);
  const origin = Array.isArray(set) ? (set as readonly Origin[])[0] : (set as Origin | undefined);
  const layer = layers[fileOf(origin?.file ?? 0)];
  if (origin === undefined || layer === undefined) return { code, severity, text, ...beginning, file: 0 };
  const position = positionIn(layer.written, key, undefined, origin.line);
  return { code, severity, text, ...at(layer, origin.file, position, layers, fileOf) };
}

/** A value as it can stand in a sentence. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
