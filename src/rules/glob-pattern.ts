// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { z } from 'zod';
import { globProblem } from './glob.ts';

/** A glob in a policy file. */
export const globPattern = z
  .string()
  .min(1)
  // That it is empty is said already.
  .refine((pattern) => pattern === '' || globProblem(pattern) === null, {
    error: ({ input }) => globProblem(String(input)) ?? '',
  });
