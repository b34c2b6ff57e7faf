// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { z } from 'zod';
import { AnswerError } from './errors.ts';

/** Checks an answer of GitHub's against the shape that we rely on. Throws AnswerError that names the place. */
export function checked<Schema extends z.ZodType>(schema: Schema, answer: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AnswerError(
    `GitHub's answer to ${what} is not as documented at ${issue?.path.join('.')}: ${issue?.message}`,
  );
}
