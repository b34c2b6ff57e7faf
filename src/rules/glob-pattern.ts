// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import { globProblem } from './glob.ts';

/** A glob in a policy file. */
export const globPattern = z
  .string()
  .min(1)
  // That it is empty is said already.
  .refine((pattern) => pattern === '' || globProblem(pattern) === null, {
    error: ({ input }) => globProblem(String(input)) ?? '',
  });

/** The key of what a rule passes over: fewer globs are stricter, and a floor that does not name any leaves none. */
export function exemptGlobs(description: string, example: string) {
  return z
    .array(globPattern)
    .default([])
    .meta({ description, examples: [[example]], stricter: { list: 'fewer' }, least: [] });
}
