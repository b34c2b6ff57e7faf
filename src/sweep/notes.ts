// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { z } from 'zod';

/** What somebody notes under a name of their own. Nothing may be lost without it but some work. */
export interface PageKind<Notes> {
  readonly name: string;
  readonly schema: z.ZodType<Notes>;
  /** Where nothing is noted, or nothing that this version understands. */
  readonly none: Notes;
}

/** Notes of one kind. */
export interface Page<Notes> {
  /** `none` where there are none, or none that can be read. */
  read(): Promise<Notes>;
  write(notes: Notes): Promise<void>;
}

/** What is worth knowing after a restart. */
export interface Notebook {
  page<Notes>(kind: PageKind<Notes>): Page<Notes>;
}

/** Notes as a database gives them back. */
export function parseNotes<Notes>({ schema, none }: PageKind<Notes>, stored: unknown): Notes {
  try {
    return schema.parse(JSON.parse(String(stored)));
  } catch {
    return none;
  }
}

/** In this process's memory. */
export function createMemoryNotebook(): Notebook {
  const kept = new Map<string, unknown>();
  return {
    page: <Notes>({ name, none }: PageKind<Notes>) => ({
      read: async () => (kept.has(name) ? (kept.get(name) as Notes) : none),
      write: async (notes) => void kept.set(name, notes),
    }),
  };
}
