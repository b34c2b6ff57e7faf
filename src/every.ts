// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Does something every so many milliseconds, and never while it is at it already: what is slow has enough to do. `step`
 * does not reject.
 */
export function every(milliseconds: number, step: () => Promise<void>): NodeJS.Timeout {
  let busy = false;
  return setInterval(async () => {
    if (busy) return;
    busy = true;
    await step();
    busy = false;
  }, milliseconds);
}
