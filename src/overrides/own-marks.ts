// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';

/** Findings that one record remembers at most. An override of more lapses with the next push. */
export const mostRemembered = 500;

const check = z.string().regex(/^[a-z][a-z0-9-]{0,49}$/);
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const marks = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('button'),
    login: z.string().regex(/^[\w-]{1,100}$/),
    check,
    head: sha,
    /** `x-github-delivery` of the webhook that told of it. */
    delivery: z
      .string()
      .regex(/^[\w-]{1,100}$/)
      .nullable(),
  }),
  z.strictObject({
    kind: z.literal('record'),
    comment: z.string().min(1).max(200),
    check,
    head: sha,
    findings: z.array(z.string().regex(/^[0-9a-f]{16,64}$/)).max(mostRemembered),
  }),
]);

/**
 * What this App notes in a comment of its own, unseen by readers.
 *
 * - `button`: somebody pressed the button of a check run on that head
 * - `record`: an override, granted on that head, covered these findings
 */
export type OwnMark = z.output<typeof marks>;

const start = '<!-- countersign:mark ';
const end = ' -->';

/** The mark as a line of its own, to be the last one of a comment that this App writes. Throws for a malformed one. */
export function writeOwnMark(mark: OwnMark): string {
  const json = JSON.stringify(marks.parse(mark));
  // A comment in HTML ends at `-->`, and some parsers end it at `--`.
  return `${start}${json.replace(/[<>-]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)}${end}`;
}

/**
 * The mark in the last line of a comment, or null. Believe it only in comments that this very App wrote and that
 * nobody has edited: everybody who can push may edit what others wrote.
 */
export function readOwnMark(body: string): OwnMark | null {
  const line = body.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith(start) || !line.endsWith(end)) return null;
  try {
    return marks.safeParse(JSON.parse(line.slice(start.length, -end.length))).data ?? null;
  } catch {
    return null;
  }
}
