// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';

/** What is worth knowing after a restart. Nothing is lost without it: the next sweep looks at more than it has to. */
const sweepNotes = z.object({
  /** Deliveries that failed up to then are seen to; milliseconds since 1970. */
  settledUntil: z.number(),
  /** When the last pass over an installation that came to its end began, by the installation's number. */
  passes: z.record(z.string(), z.number()),
});

export type SweepNotes = z.output<typeof sweepNotes>;

export const noNotes: SweepNotes = { settledUntil: 0, passes: {} };

/** Notes as a database gives them back: `noNotes` where there are none, or none that this version understands. */
export function parseNotes(stored: unknown): SweepNotes {
  try {
    return sweepNotes.parse(JSON.parse(String(stored)));
  } catch {
    return noNotes;
  }
}

/** Where they are kept. */
export interface Notebook {
  /** `noNotes` where there are none, or none that can be read. */
  read(): Promise<SweepNotes>;
  write(notes: SweepNotes): Promise<void>;
}

/** In this process's memory. */
export function createMemoryNotebook(): Notebook {
  let kept = noNotes;
  return {
    read: async () => kept,
    write: async (notes) => {
      kept = notes;
    },
  };
}
