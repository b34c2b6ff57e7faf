// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { inertBlock } from '../report/inert.ts';

interface Stream {
  readonly isTTY?: boolean;
}

/**
 * Whether to write colours: on a terminal that has them, unless `NO_COLOR` (https://no-color.org) is set;
 * `FORCE_COLOR` decides over everything, as Node.js itself reads it.
 */
export function wantsColor(stream: Stream, env: NodeJS.ProcessEnv): boolean {
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env.NO_COLOR) return false;
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Text for people with what would drive a terminal escaped; error messages repeat paths and what Git said. */
export function inertLines(text: string): string {
  return inertBlock(text.slice(0, 10_000));
}
