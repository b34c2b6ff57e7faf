// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { parse, TomlError } from 'smol-toml';
import { notValid, type Problem } from './declared.ts';
import type { Json } from './json.ts';
import { tomlLines } from './toml-lines.ts';

/** No manifest or lock file nests inline tables and lists this deeply; the parser recurses. */
const deepest = 64;

/**
 * Reads TOML 1.0. Never throws, and takes linear time, whatever the text. The value is made of plain data and
 * `TomlDate`s. Lines are known of tables, of their keys, and of the items of a list that is a key's own value.
 */
export function readToml(text: string): Json | { readonly problem: Problem } {
  try {
    // Numbers beyond 2^53 are an error otherwise, though no field read here is a number.
    const value: unknown = parse(text, { maxDepth: deepest, integersAsBigInt: 'asNeeded' });
    return { value, lineOf: tomlLines(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { problem: notValid('TOML', error.line) };
  }
}
