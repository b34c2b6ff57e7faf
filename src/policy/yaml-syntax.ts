// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { ErrorCode, YAMLError } from 'yaml';
import { say, type Text } from '../rules/text.ts';
import { excerpt } from './mistakes.ts';

/** What a person can do about each complaint of the YAML parser; its own message follows it. */
const advice: { readonly [Code in ErrorCode]?: string } = {
  BAD_ALIAS: 'An anchor (&) or alias (*) has no proper name. Write the value out, or put it in quotes.',
  BAD_DIRECTIVE: 'This directive (a line that starts with %) is not understood. Remove it.',
  BAD_DQ_ESCAPE: 'A backslash in double quotes starts an escape. Write \\\\ for a backslash, or use single quotes.',
  BAD_INDENT:
    'The indentation does not fit the lines above. Indent the keys of one level by the same number of spaces.',
  BAD_SCALAR_START: 'A value that starts with this character needs quotes.',
  BLOCK_AS_IMPLICIT_KEY:
    'There is a second colon on this line, or a dash among keys. Put the value in quotes, or begin a new line.',
  BLOCK_IN_FLOW: 'A list or mapping over several lines cannot stand inside brackets. Use one style for both.',
  KEY_OVER_1024_CHARS: 'This key is too long to be one. A quote or a line end may be missing before it.',
  MISSING_CHAR: 'Something is missing here: a colon, a comma, a quote or a closing bracket.',
  MULTILINE_IMPLICIT_KEY: 'A key has to fit on one line. A colon may be missing on the line before.',
  NON_STRING_KEY: 'A key has to be a plain word. Put a value that starts with [, {, * or & in quotes.',
  TAB_AS_INDENT: 'A tab indents this line, which YAML does not allow. Use spaces.',
  TAG_RESOLVE_FAILED: 'Tags (values that start with !) are not read here. Remove the tag, or put the value in quotes.',
  UNEXPECTED_TOKEN: 'This does not belong here. A quote, a bracket or a line end may be missing before it.',
};

const closing = 'A closing bracket, ] or }, is missing here, or stands further left than what it closes.';

/** Inside a mapping, the parser takes a bracket that was never closed for one that is indented wrongly. */
function isOpenBracket({ code, message }: YAMLError): boolean {
  return code === 'BAD_INDENT' && message.startsWith('Flow ');
}

/** One whole sentence or two on a complaint of the YAML parser, whose own words may quote the file. */
export function syntaxText(error: YAMLError): Text {
  const hint = isOpenBracket(error) ? closing : (advice[error.code] ?? 'This is not valid YAML.');
  return say`${[hint]} The YAML parser says: ${excerpt(error.message)}.`;
}
