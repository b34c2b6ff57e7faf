// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { continuesDiff, endsMail, isBodyAt, startsBinary, startsDiff } from './diff.ts';

/** A line of a patch's header, without its line end, and cut off where no reader would follow it. */
export interface HeaderLine {
  readonly text: string;
  /** In the patch file, from 1. */
  readonly line: number;
}

/** What stands in a patch file before its diff. */
export interface PatchHeader {
  /** Above the line `---`, if there is one. Lines of a diff that prose quotes are left out. */
  readonly lines: readonly HeaderLine[];
  /**
   * Between the line `---` and the diff, where the statistics are: what Git leaves out of the message
   * (https://git-scm.com/docs/git-am#_discussion), and where DEP-3 stops reading.
   */
  readonly behind: readonly HeaderLine[];
  /** The line, from 1, where the diff begins; null: there is none, and all of the file is header. */
  readonly diffLine: number | null;
}

const mostLines = 10_000;
const longestLine = 4096;

interface Scan {
  readonly text: string;
  /** Where the next line starts. */
  at: number;
  /** How many lines have been taken. */
  line: number;
}

interface Found {
  readonly header: HeaderLine[];
  /** What follows a diff: part of the header only if another diff comes after it, so that the first was a quotation. */
  readonly rest: HeaderLine[];
  diffLine: number | null;
}

/**
 * Finds the header of a patch: of `git format-patch`'s mails, of plain text above a diff, of quilt's patches. It ends
 * where the last diff begins that prose stands in front of, so that a diff quoted in a message is not taken for the
 * patch; in a mailbox, at the first mail's diff. Looks at each line once and never throws. It stops where the header has
 * 10,000 lines, and cuts lines off behind 4,096 characters.
 */
export function readPatchHeader(text: string): PatchHeader {
  const scan: Scan = { text, at: text.startsWith('\uFEFF') ? 1 : 0, line: 0 };
  const found: Found = { header: [], rest: [], diffLine: null };
  for (let line = takeLine(scan); line !== null; line = takeLine(scan)) {
    if (found.diffLine !== null && endsMail(line)) break;
    if (startsDiff(line, () => peekLine(scan))) {
      startDiff(found, scan.line);
      skipDiff(scan);
    } else if (!keep(found.diffLine === null ? found.header : found.rest, line, scan.line)) break;
    if (found.header.length >= mostLines) break;
  }
  return parted(found);
}

function startDiff(found: Found, line: number): void {
  for (const one of found.rest) found.header.push(one);
  found.rest.length = 0;
  found.diffLine = line;
}

/** Goes on to the first line behind the diff that has just begun. */
function skipDiff(scan: Scan): void {
  let isBinary = false;
  while (scan.at < scan.text.length) {
    // Nearly every line of a large patch is told by its first character, without being taken out of the text.
    if (isBinary ? !isBlankAt(scan) : isBodyAt(scan.text, scan.at)) {
      skipLine(scan);
      continue;
    }
    const line = peekLine(scan) ?? '';
    if (!isBinary && (endsMail(line) || !continuesDiff(line))) return;
    isBinary = isBinary ? line.trim() !== '' : startsBinary(line);
    skipLine(scan);
  }
}

function isBlankAt({ text, at }: Scan): boolean {
  return text.charCodeAt(at) <= 0x20;
}

function keep(lines: HeaderLine[], text: string, line: number): boolean {
  if (lines.length >= mostLines) return false;
  lines.push({ text: text.trimEnd(), line });
  return true;
}

function parted({ header, diffLine }: Found): PatchHeader {
  const first = header.findIndex(({ text }) => text !== '');
  const end = header.findIndex(({ text }, index) => index > first && text === '---');
  if (end < 0) return { lines: header, behind: [], diffLine };
  return { lines: header.slice(0, end), behind: header.slice(end + 1), diffLine };
}

function takeLine(scan: Scan): string | null {
  const line = peekLine(scan);
  if (line !== null) skipLine(scan);
  return line;
}

function skipLine(scan: Scan): void {
  const end = scan.text.charAt(scan.at) === '\n' ? scan.at : scan.text.indexOf('\n', scan.at);
  scan.at = end < 0 ? scan.text.length : end + 1;
  scan.line += 1;
}

function peekLine({ text, at }: Scan): string | null {
  if (at >= text.length) return null;
  const end = text.indexOf('\n', at);
  return text.slice(at, Math.min(end < 0 ? text.length : end, at + longestLine));
}
