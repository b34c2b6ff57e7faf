// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Looked up once: it is called for every word of every text. */
const { imul } = Math;

/** Where each three words of a license are that it has just once. */
export class ThreeWords {
  /** How many there are. */
  readonly distinct: number;
  readonly length: number;
  readonly #words: Uint16Array;
  /** Open addressing: 0 where free, place + 1, or -(place + 1) where the license has the three words again. */
  readonly #table: Int32Array;

  constructor(words: Uint16Array) {
    this.#words = words;
    this.length = words.length;
    this.#table = new Int32Array(2 ** Math.ceil(Math.log2(words.length * 2 + 2)));
    let distinct = 0;
    for (let at = 0; at + 2 < words.length; at++) {
      const slot = this.#slotOf(words, at);
      const there = this.#table[slot] ?? 0;
      if (there === 0) distinct++;
      else if (there > 0) distinct--;
      this.#table[slot] = there === 0 ? at + 1 : -Math.abs(there);
    }
    this.distinct = distinct;
  }

  /** Where the license has the three words that another text has there, or -1 where nowhere or more than once. */
  placeOf(text: Uint16Array, at: number): number {
    const there = this.#table[this.#slotOf(text, at)] ?? 0;
    return there > 0 ? there - 1 : -1;
  }

  #slotOf(text: Uint16Array, at: number): number {
    const mask = this.#table.length - 1;
    let slot = hash(text, at) & mask;
    for (;;) {
      const there = this.#table[slot] ?? 0;
      if (there === 0 || this.#isAt(Math.abs(there) - 1, text, at)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #isAt(place: number, text: Uint16Array, at: number): boolean {
    const words = this.#words;
    return words[place] === text[at] && words[place + 1] === text[at + 1] && words[place + 2] === text[at + 2];
  }
}

function hash(words: Uint16Array, at: number): number {
  const two = imul(words[at] ?? 0, 0x9e3779b1) ^ imul(words[at + 1] ?? 0, 0x85ebca6b);
  const three = two ^ imul(words[at + 2] ?? 0, 0xc2b2ae35);
  return three ^ (three >>> 15);
}
