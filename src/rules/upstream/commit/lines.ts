// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A line of a message, from 1, without its line end. */
export interface Line {
  readonly number: number;
  /** Cut where it is longer than any marker is. */
  readonly text: string;
}

// Nobody writes a message as long as that. What stands behind it is not read, so that a marker there does not count.
const longestMessage = 200_000;
const longestLine = 1000;
const longestRaw = 300;

/** The lines of a commit message, or of a pull request's body, blank ones included. Linear time. */
export function linesOf(message: string): readonly Line[] {
  return message
    .slice(0, longestMessage)
    .split('\n')
    .map((text, index) => ({ number: index + 1, text: text.slice(0, longestLine).toWellFormed().trimEnd() }));
}

/** A commit's subject: its first line that is not blank, or else an empty one. */
export function subjectOf(lines: readonly Line[]): Line {
  return lines.find(({ text }) => text.trim() !== '') ?? { number: 1, text: '' };
}

/** All that stands below the subject. */
export function belowSubject(lines: readonly Line[]): readonly Line[] {
  const subject = subjectOf(lines);
  return lines.filter(({ number }) => number > subject.number);
}

/** A line or lines as they stand there, cut to a length that can be shown. */
export function excerpt(text: string): string {
  return text.length <= longestRaw ? text : `${text.slice(0, longestRaw).toWellFormed()}…`;
}
