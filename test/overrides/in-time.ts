// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What the work gives, unless the test's time was over by then: jest only notices that when it gets a
 * turn, which synchronous work never leaves it. What takes quadratic time on hostile input takes minutes.
 */
export async function inTime<Result>(work: () => Result): Promise<Result> {
  const result = work();
  await new Promise((resolve) => setTimeout(resolve, 1));
  return result;
}
