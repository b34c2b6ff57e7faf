// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** How much of a line is looked at to tell what kind of line it is. */
const looked = 200;

const afterDiff =
  /^(?:index |old mode |new mode |deleted file mode |new file mode |copy from |rename from |(?:dis)?similarity index |--- |\*\*\* |Binary files |diff -|Index: |Only in )/;
const afterIndex = /^(?:={10}|RCS file|--- |\*\*\* |diff )/;

/** Lines of a diff that start with a letter, `=` or `_`; the others start with a blank or with a mark. */
const named =
  /^(?:diff |index |Index: |={10}|_{10}|RCS file: |retrieving revision |(?:old|new|deleted file|new file) mode |copy (?:from|to) |rename (?:from|to) |(?:dis)?similarity index |Binary files |Files |Only in |GIT binary patch|literal \d|delta \d|Property changes on: |(?:Added|Modified|Deleted|Name): )/;

/**
 * Whether a diff begins at a line: one of the headings that `git apply` and `patch` look for (unified, context and
 * copied from Subversion or CVS), followed by what has to follow it. Indented or quoted with `>`, it begins none.
 */
export function startsDiff(line: string, next: () => string | null): boolean {
  if (!'dI-*'.includes(line.charAt(0))) return false;
  const start = line.slice(0, looked);
  const then = next()?.slice(0, looked) ?? null;
  if (/^diff -/.test(start)) return then === null || afterDiff.test(then);
  if (then === null) return false;
  if (/^Index: \S/.test(start)) return afterIndex.test(then);
  if (/^--- \S/.test(start)) return /^\+\+\+ \S/.test(then);
  return /^\*\*\* \S/.test(start) && /^--- \S/.test(then);
}

const bodyMarks = new Uint8Array(128);
for (const mark of ' \t\r\n+\\@*!') bodyMarks[mark.charCodeAt(0)] = 1;

/** Whether the line that starts at an index is the body of a diff, told by its first characters; false: look closer. */
export function isBodyAt(text: string, at: number): boolean {
  const mark = text.charCodeAt(at);
  return bodyMarks[mark] === 1 || (mark === 0x2d && !text.startsWith('-- ', at));
}

/** Whether a line that follows the heading of a diff still belongs to it. */
export function continuesDiff(line: string): boolean {
  return line === '' || line.startsWith('-') || isBodyAt(line, 0) || named.test(line.slice(0, looked));
}

/** Whether the lines from the next one on, up to an empty one, are the encoded bytes of a binary file. */
export function startsBinary(line: string): boolean {
  return /^(?:literal|delta) \d{1,12}\r?$/.test(line.slice(0, looked));
}

/** Whether a line ends a mail as `git format-patch` writes it, or starts the next one of a mailbox. */
export function endsMail(line: string): boolean {
  return /^-- \r?$/.test(line.slice(0, looked)) || startsMail(line);
}

/** The line that `git format-patch` starts a mail with. */
export function startsMail(line: string): boolean {
  return /^From [0-9a-f]{40}(?:[0-9a-f]{24})? /.test(line.slice(0, looked));
}
