// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A line of a comment that starts with a slash and is no code and no quote. */
interface SlashLine {
  /** From 1. */
  readonly line: number;
  /** Without the line break and trailing blanks. */
  readonly text: string;
  /** false: it can't be told for sure whether GitHub shows the line as prose; the words say why. */
  readonly unsure: string | null;
}

const afterQuote = 'it directly follows a quote, which Markdown takes to go on; put an empty line between';
const afterHtml = 'it directly follows HTML; put an empty line between';
const afterCode = 'the paragraph before it opens code or an HTML comment; put an empty line between';
const afterNested = 'it comes after a code block or HTML in a list; write it before that, or in a comment of its own';

interface State {
  /** Inside a fence, or HTML that ends with one of some texts. */
  block: { readonly fence: string } | { readonly ends: readonly string[] } | null;
  /** Why a line up to the next empty one, or to the end, may be something else than prose. */
  paragraph: string | null;
  rest: string | null;
  sawList: boolean;
}

/**
 * The lines of a comment's Markdown that start with a slash, as far as they can be commands: lines in code fences,
 * HTML comments and raw HTML, quotes and indented ones are left out. Follows CommonMark 0.31, section 4 and 5, and
 * rather doubts a line than takes what GitHub shows as code for a command. One pass in linear time, since anybody may
 * write comments.
 */
export function slashLines(body: string): readonly SlashLine[] {
  const state: State = { block: null, paragraph: null, rest: null, sawList: false };
  const found: SlashLine[] = [];
  body.split(/\r\n|\n|\r/).forEach((raw, index) => {
    const text = withoutTrailingBlanks(raw);
    if (!isProse(text, state)) return;
    if (text.startsWith('/')) found.push({ line: index + 1, text, unsure: state.rest ?? state.paragraph });
    else if (staysOpen(text)) state.paragraph ??= afterCode;
  });
  return found;
}

/** Takes the line into account; says whether it may be prose. */
function isProse(text: string, state: State): boolean {
  if (state.block !== null) {
    if ('fence' in state.block ? closes(text, state.block.fence) : hasAny(text, state.block.ends)) state.block = null;
    return false;
  }
  if (text === '') {
    state.paragraph = null;
    return false;
  }
  const { inner, inList } = withoutListMarkers(text);
  state.sawList ||= inList;
  if (inner.startsWith('>')) {
    state.paragraph ??= afterQuote;
    return false;
  }
  const opened = openedBy(inner);
  if (opened === null) return true;
  open(opened, { nested: inList || (text !== inner && state.sawList) }, state);
  return false;
}

/** Not a regular expression, which would look at each run of blanks as often as it is long. */
function withoutTrailingBlanks(raw: string): string {
  let end = raw.length;
  while (end > 0 && (raw[end - 1] === ' ' || raw[end - 1] === '\t')) end -= 1;
  return raw.slice(0, end);
}

type Opened = { readonly fence: string } | { readonly ends: readonly string[] | null; readonly closed: boolean };

function open(opened: Opened, { nested }: { readonly nested: boolean }, state: State): void {
  if ('ends' in opened && (opened.ends === null || opened.closed)) {
    if (opened.ends === null) state.paragraph = afterHtml;
    return;
  }
  // Whether a block in a list ends with the list or by itself depends on how far both are indented; and what follows
  // `<` may be HTML, in which no block begins, or only look like it.
  if (nested || state.paragraph === afterHtml) state.rest = afterNested;
  else state.block = 'fence' in opened ? opened : { ends: opened.ends ?? [] };
  state.paragraph = null;
}

/** Without up to three blanks, and without the markers of lists that begin on the line, however deep. */
function withoutListMarkers(text: string): { readonly inner: string; readonly inList: boolean } {
  let at = 0;
  let inList = false;
  for (;;) {
    const blanks = /[ \t]*/y;
    blanks.lastIndex = at;
    const [indent] = blanks.exec(text) ?? [''];
    // Four blanks, or a tab, make code or go on with a list: no line that begins so can be a command or open a block
    // that reaches the next line in the first column.
    if (indent.length > 3 || indent.includes('\t')) return { inner: inList ? text.slice(at).trimStart() : '', inList };
    const marker = /(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/y;
    marker.lastIndex = at + indent.length;
    const found = marker.exec(text);
    if (found === null) return { inner: text.slice(at + indent.length), inList };
    inList = true;
    at = marker.lastIndex + 1;
  }
}

const rawEnds = ['</pre>', '</script>', '</style>', '</textarea>'];

/** The block that begins with these words, or null. */
function openedBy(inner: string): Opened | null {
  const [fence] = /^(?:`{3,}|~{3,})/.exec(inner) ?? [];
  if (fence !== undefined) return fence.startsWith('`') && inner.includes('`', fence.length) ? null : { fence };
  if (!inner.startsWith('<')) return null;
  const ends = endsOfHtml(inner);
  return { ends, closed: ends !== null && hasAny(inner, ends) };
}

/** What ends HTML of the kinds 1 to 5 (CommonMark, section 4.6); null: an empty line. */
function endsOfHtml(inner: string): readonly string[] | null {
  if (/^<(?:pre|script|style|textarea)(?:[ \t>]|$)/i.test(inner)) return rawEnds;
  if (inner.startsWith('<!--')) return ['-->'];
  if (inner.startsWith('<?')) return ['?>'];
  if (inner.startsWith('<![CDATA[')) return [']]>'];
  return /^<![a-z]/i.test(inner) ? ['>'] : null;
}

function closes(text: string, fence: string): boolean {
  const inner = text.replace(/^ {1,3}/, '');
  return inner.length >= fence.length && inner === fence.charAt(0).repeat(inner.length);
}

function hasAny(text: string, ends: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return ends.some((end) => lower.includes(end.toLowerCase()));
}

/** Whether a line of prose may open a code span or an HTML comment that goes on in the next one. */
function staysOpen(text: string): boolean {
  let run = 0;
  let comment = false;
  for (const [found] of text.matchAll(/\\.|`+|<!--|-->/g)) {
    if (comment) comment = found !== '-->';
    else if (run > 0) run = found.length === run && found.startsWith('`') ? 0 : run;
    else if (found.startsWith('`')) run = found.length;
    else comment = found === '<!--';
  }
  return comment || run > 0;
}
