// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A page of Markdown that takes whole blocks and never grows past its limit. */
export interface Page {
  /** Adds the block and says true, or leaves the page as it is and says false. Keeps `reserve` bytes free. */
  add(block: string, reserve?: number): boolean;
  /** Bytes still free. */
  room(): number;
  text(): string;
}

/**
 * Opens a page of at most `limit` bytes of UTF-8. GitHub counts characters, of which a text never has more than it
 * has bytes, however they are counted.
 */
export function openPage(limit: number): Page {
  const blocks: string[] = [];
  let used = 0;
  return {
    add(block, reserve = 0) {
      const size = Buffer.byteLength(block);
      if (used + size + reserve > limit) return false;
      blocks.push(block);
      used += size;
      return true;
    },
    room: () => limit - used,
    text: () => blocks.join('').trimEnd(),
  };
}
