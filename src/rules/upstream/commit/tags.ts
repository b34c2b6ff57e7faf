// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { evidenceIn } from '../evidence.ts';
import type { Line } from './lines.ts';

/** A `Key: value` or `KEY=value` line. */
export interface Tag {
  readonly key: string;
  /** Without the white space around it; may be empty. */
  readonly value: string;
  readonly line: Line;
}

const tag = /^([A-Za-z][A-Za-z0-9-]{0,60})(?::(?=\s|$)|=)/;

/** The line as a tag, whatever its key; null where it is none. */
export function tagOf(line: Line): Tag | null {
  const found = tag.exec(line.text);
  if (found === null) return null;
  return { key: found[1] ?? '', value: line.text.slice(found[0].length).trim(), line };
}

/** The first tag with exactly this key. */
export function firstTag(lines: readonly Line[], key: string): Tag | null {
  return allTags(lines, key)[0] ?? null;
}

/** Every tag with exactly this key, in order. */
export function allTags(lines: readonly Line[], key: string): readonly Tag[] {
  return lines
    .filter(({ text }) => text.startsWith(key))
    .flatMap((line) => tagOf(line) ?? [])
    .filter((found) => found.key === key);
}

/** The first web address in a text; null: there is none. */
export function urlIn(text: string): string | null {
  const found = evidenceIn(text).find((piece) => piece.kind === 'url');
  return found?.url ?? null;
}
