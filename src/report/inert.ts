// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Code points shown of one thing that a stranger wrote, unless a caller says otherwise. */
export const defaultLimit = 200;

let segmenter: Intl.Segmenter | undefined;
/** The graphemes of a text. The segmenter is made when first needed: it takes longer to make than a short text to show. */
export function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}
/** Letters and punctuation of which each is one code unit, one grapheme, one column wide, and harmless: no need to look closer. */
export const simple = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*$/;
// Within functions, since the sets in these patterns take milliseconds to build, and most text never needs them.
const isEmoji = (segment: string) => /^\p{RGI_Emoji}$/v.test(segment);

// What can't be seen, reorders its surroundings (Trojan Source, CVE-2021-42574), drives a terminal, or passes for a
// plain space. The ideographic space stays: it is ordinary in Chinese and Japanese text, and wide enough to be seen.
const isUnsafe = (character: string) =>
  /^[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2800]--[ \u3000]]$/v.test(
    character,
  );

// Text that will be copied and pasted keeps its lines, and the joiners and selectors that scripts and emoji need.
const unsafeInBlock = () =>
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]--[\n\t\u200c\u200d\p{Variation_Selector}]]/gv;

const mark = /^[\p{Mn}\p{Me}]$/u;
// No script stacks more marks on one letter; a flood of them paints over the lines above and below.
const marksOnOneLetter = 4;
// The longest emoji has 10 code points; a longer grapheme was made to defeat a cut at its boundary.
const longestGrapheme = 16;

/**
 * One line of stranger-written text, safe to show anywhere that shows plain text: what can't be seen or would act is
 * shown as an escape (`\u{202E}`, `⏎` for a line break, `⇥` for a tab), and at most `limit` code points come back,
 * cut between graphemes with `…`. Takes time in proportion to `limit`, not to the text.
 */
export function inert(text: string, limit: number = defaultLimit): string {
  if (text.length <= limit && simple.test(text)) return text;
  // A code point of output takes at most two of input (CRLF), four UTF-16 units, so this holds more than the limit.
  const looked = text.slice(0, 4 * limit + 4);
  let shown = '';
  let used = 0;
  let cut = 0;
  for (const unit of units(looked)) {
    used += [...unit].length;
    if (used > limit) return `${shown.slice(0, cut)}…`;
    shown += unit;
    if (used < limit) cut = shown.length;
  }
  return shown;
}

/**
 * Stranger-written text of several lines, whole, to be copied as it stands: line breaks become `\n`, characters that
 * are invisible or act become escapes; where the answer differs from the text in more than its line breaks, a reader
 * has to be told. Linear in the text, so the caller bounds it.
 */
export function inertBlock(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unsafeInBlock(), escapeCodePoint);
}

/** Stranger-written text as data: at most `limit` code points, well-formed Unicode, nothing else changed. */
export function bounded(text: string, limit: number): string {
  if (text.length <= limit) return text.toWellFormed();
  const points = [...text.slice(0, 2 * limit + 2)];
  return points.length <= limit ? text.toWellFormed() : `${points.slice(0, limit - 1).join('')}…`.toWellFormed();
}

/** The smallest pieces that a cut may fall between, already escaped. */
function* units(text: string): Generator<string> {
  for (const { segment } of graphemes(text)) {
    if (isEmoji(segment)) {
      yield segment;
      continue;
    }
    const pieces = segment === '\r\n' ? ['⏎'] : escapeAll(segment);
    if (pieces.length > longestGrapheme) yield* pieces;
    else yield pieces.join('');
  }
}

function escapeAll(grapheme: string): string[] {
  // A mark with no letter before it would sit on whatever we put there.
  let marks = marksOnOneLetter;
  return [...grapheme].map((character) => {
    if (!mark.test(character)) {
      marks = 0;
      return isUnsafe(character) ? escapeCodePoint(character) : character;
    }
    marks += 1;
    return marks > marksOnOneLetter || isUnsafe(character) ? escapeCodePoint(character) : character;
  });
}

function escapeCodePoint(character: string): string {
  if (character === '\n') return '⏎';
  if (character === '\t') return '⇥';
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`;
}
