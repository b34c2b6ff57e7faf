// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Globs over `/`-separated names, for policies: `*` is any run of characters inside one segment, `?` one character,
 * a segment `**` any number of segments (at the end at least one), and a backslash takes the next character as it is.
 * A pattern has to match the whole name, upper and lower case differ, and one that ends in `/` means all that is below.
 *
 * Libraries turn a glob into a regular expression that backtracks, and the names are a contributor's to choose. This
 * takes at most pattern × name steps.
 */
export type Glob = (name: string) => boolean;

const anySegments = Symbol('**');
const anyCharacters = Symbol('*');
const anyCharacter = Symbol('?');
type Character = string | typeof anyCharacters | typeof anyCharacter;
/** One without wildcards is compared as it stands. */
type Segment = string | readonly Character[] | typeof anySegments;

/** What a pattern would have to be, as the end of a sentence that starts with its place; null where it is a glob. */
export function globProblem(pattern: string): string | null {
  const plain = pattern.replace(/\\./gsu, '');
  if (pattern.replace(/^\/|\/$/g, '') === '') return 'must name something';
  if (plain.endsWith('\\')) return 'must not end in a lone backslash';
  const special = /[[\]{}]/.exec(plain)?.[0] ?? (plain.startsWith('!') ? '!' : null);
  return special === null
    ? null
    : `must hold ${special} as \\${special} only, since it has no special meaning in these globs`;
}

/** The pattern as a test for names. A pattern with a problem is read as far as it can be. */
export function glob(pattern: string): Glob {
  const whole = pattern.replace(/^\//, '').replace(/\/$/, '/**');
  const segments = whole.split('/').map((segment): Segment => (segment === '**' ? anySegments : characters(segment)));
  if (segments.at(-1) === anySegments) segments.splice(-1, 0, [anyCharacters]);
  return (name) =>
    matches<Segment, string>(
      segments,
      name.split('/'),
      (segment) => segment === anySegments,
      (segment, text) => segment !== anySegments && matchesSegment(segment, text),
    );
}

/** Whether any of the patterns matches the name. */
export function anyGlob(patterns: readonly string[]): Glob {
  const globs = patterns.map(glob);
  return (name) => globs.some((matchesName) => matchesName(name));
}

function characters(segment: string): string | Character[] {
  const all: Character[] = [];
  let escaped = false;
  for (const character of segment) {
    if (!escaped && character === '\\') {
      escaped = true;
      continue;
    }
    if (!escaped && character === '*') all.push(anyCharacters);
    else if (!escaped && character === '?') all.push(anyCharacter);
    else all.push(character);
    escaped = false;
  }
  return all.every((one) => typeof one === 'string') ? all.join('') : all;
}

function matchesSegment(segment: string | readonly Character[], text: string): boolean {
  if (typeof segment === 'string') return segment === text;
  return matches<Character, string>(
    segment,
    [...text],
    (character) => character === anyCharacters,
    (character, actual) => character === anyCharacter || character === actual,
  );
}

/**
 * Wildcard matching that remembers only the last wildcard: when what follows it fails, the wildcard takes one item
 * more. An earlier one never has to be reconsidered, so there is nothing to backtrack into.
 */
function matches<Pattern, Item>(
  pattern: readonly Pattern[],
  items: readonly Item[],
  isWildcard: (part: Pattern) => boolean,
  fits: (part: Pattern, item: Item) => boolean,
): boolean {
  let part = 0;
  let item = 0;
  let wildcard = -1;
  let resume = 0;
  while (item < items.length) {
    const wanted = pattern[part];
    if (wanted !== undefined && isWildcard(wanted)) {
      wildcard = part++;
      resume = item;
    } else if (wanted !== undefined && fits(wanted, items[item] as Item)) {
      part += 1;
      item += 1;
    } else if (wildcard >= 0) {
      part = wildcard + 1;
      item = ++resume;
    } else {
      return false;
    }
  }
  return pattern.slice(part).every(isWildcard);
}
