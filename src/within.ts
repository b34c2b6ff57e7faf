// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Resolves when the work has ended, be it by failing, or when so many milliseconds are over. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  await new Promise<void>((resolve) => {
    const late = setTimeout(resolve, milliseconds);
    const end = () => {
      clearTimeout(late);
      resolve();
    };
    work.then(end, end);
  });
}
