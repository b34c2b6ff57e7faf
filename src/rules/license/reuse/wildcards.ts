// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** One step of a pattern: a character (null: any), or a run of any characters, with or without `/`. */
export type Step = { readonly one: string | null } | { readonly run: 'segment' | 'path' };

/**
 * What a file of patterns may hold: characters, patterns with a wildcard, and characters of one pattern. Each is far
 * more than any project has, and each path that a contributor changes is matched against what they wrote.
 */
export const limits = { file: 262_144, wildcards: 500, pattern: 1_000 } as const;

/** What of these limits a list of patterns goes past, as the end of a sentence that starts with the file; or null. */
export function pastLimits(patterns: readonly string[]): string | null {
  if (patterns.some(({ length }) => length > limits.pattern)) return `a path of more than ${limits.pattern} characters`;
  const wild = patterns.filter((pattern) => /[*?]/.test(pattern)).length;
  return wild > limits.wildcards ? `more than ${limits.wildcards} paths with wildcards` : null;
}

/**
 * The steps as a test for whole paths. It keeps the set of places in the pattern that the path so far leads to as bits,
 * so that no pattern makes it go back: a path takes its length times a thirtieth of the pattern's, whoever wrote both.
 */
export function wildcards(steps: readonly Step[]): (path: string) => boolean {
  const literal = steps.map((step) => ('one' in step ? step.one : null));
  if (literal.every((character) => character !== null)) {
    const only = literal.join('');
    return (path) => path === only;
  }
  const first = literal.indexOf(null);
  const prefix = literal.slice(0, first).join('');
  const matches = automaton(steps.slice(first));
  return (path) => path.startsWith(prefix) && matches(path, prefix.length);
}

function automaton(steps: readonly Step[]): (path: string, from: number) => boolean {
  const characters = steps.filter((step) => 'one' in step);
  const words = Math.floor(characters.length / 32) + 1;
  const set = (mask: Int32Array, bit: number) => {
    mask[bit >> 5] = (mask[bit >> 5] ?? 0) | (1 << (bit & 31));
  };
  /** Places at which a run stays: on any character, and on any but `/`. */
  const stayOnAny = new Int32Array(words);
  const stayInSegment = new Int32Array(words);
  /** Places that a character leads to from the place before. */
  const any = new Int32Array(words);
  const reached = new Map<string, Int32Array>();
  let place = 0;
  for (const step of steps) {
    if ('run' in step) {
      set(stayInSegment, place);
      if (step.run === 'path') set(stayOnAny, place);
      continue;
    }
    place += 1;
    if (step.one === null) {
      set(any, place);
      continue;
    }
    const mask = reached.get(step.one) ?? new Int32Array(words);
    set(mask, place);
    reached.set(step.one, mask);
  }
  const none = new Int32Array(words);
  return (path, from) => {
    const places = new Int32Array(words);
    set(places, 0);
    for (let at = from; at < path.length; at += 1) {
      const character = path.charAt(at);
      const lead = reached.get(character) ?? none;
      if (!advance(places, lead, any, character === '/' ? stayOnAny : stayInSegment)) return false;
    }
    return ((places[place >> 5] ?? 0) & (1 << (place & 31))) !== 0;
  };
}

/** One character further; false where no place is left. */
function advance(places: Int32Array, lead: Int32Array, any: Int32Array, stay: Int32Array): boolean {
  let carry = 0;
  let left = 0;
  for (let word = 0; word < places.length; word += 1) {
    const now = places[word] ?? 0;
    const next = ((now << 1) | carry) & ((lead[word] ?? 0) | (any[word] ?? 0));
    carry = now >>> 31;
    places[word] = next | (now & (stay[word] ?? 0));
    left |= places[word] ?? 0;
  }
  return left !== 0;
}
