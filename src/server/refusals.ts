// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Logger } from 'pino';

/** Logs what was refused to whom, as a warning. */
export type SayRefused = (from: object, why: string) => void;

/** Lines in `period`, which is in milliseconds. */
const mostLines = 60;
const period = 60_000;

/**
 * Says as many refusals a minute as somebody might read, and how many it kept to itself. Whoever reaches the port can
 * have requests refused by the thousand in a second, and must not fill with the log the disk that webhooks are stored on.
 */
export function createRefusalLog(log: Logger, now: () => number = () => performance.now()): SayRefused {
  let begun = Number.NEGATIVE_INFINITY;
  let said = 0;
  let unsaid = 0;
  return (from, why) => {
    if (now() - begun >= period) {
      if (unsaid > 0) log.warn({ refused: unsaid }, 'more requests were refused than are logged');
      begun = now();
      said = 0;
      unsaid = 0;
    }
    if (said < mostLines) log.warn(from, why);
    else unsaid += 1;
    said += 1;
  };
}
