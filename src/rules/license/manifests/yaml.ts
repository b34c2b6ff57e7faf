// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  Lexer,
  LineCounter,
  type Pair,
  Parser,
  type YAMLMap,
} from 'yaml';
import { notValid, type Problem, tooDeep } from './declared.ts';

/** A mapping of a YAML document. */
export interface Mapping {
  /** What stands under this key; null where nothing does. Merged-in keys (`<<`) are not followed. */
  get(key: string): Member | null;
}

export interface Member {
  readonly line: number;
  /** Whether the key is given again, which YAML forbids and readers resolve differently. */
  readonly repeated: boolean;
  /** Whether nothing is given for the key. */
  readonly empty: boolean;
  /** The scalar as text, aliases followed; null where it is none. */
  readonly scalar: string | null;
  /** null where it is no mapping. */
  readonly mapping: Mapping | null;
}

/** The composer recurses: see `src/policy/yaml.ts` for what happens at the edge of the stack. */
const deepest = 64;

/**
 * Reads one YAML document whose top is a mapping. Never throws, and takes linear time, whatever the text: nothing is
 * expanded, an alias is followed one step and only to a scalar.
 */
export function readYaml(text: string): { readonly top: Mapping } | { readonly problem: Problem } {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  const tokens = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > deepest) return { problem: tooDeep(lines.linePos(parser.offset).line) };
  }
  tokens.push(...parser.end());
  const [document, second] = new Composer({ uniqueKeys: false, resolveKnownTags: false }).compose(
    tokens,
    true,
    text.length,
  );
  const error = document?.errors[0];
  if (error !== undefined) return { problem: notValid('YAML', lines.linePos(error.pos[0]).line) };
  if (second !== undefined) {
    return { problem: { text: ['A second document starts here (---).'], line: lines.linePos(second.range[0]).line } };
  }
  if (document === undefined || !isMap(document.contents)) return { problem: notValid('YAML with a mapping', 1) };
  return { top: mappingOf(document.contents, document, lines) };
}

function mappingOf(map: YAMLMap, document: Document, lines: LineCounter): Mapping {
  return {
    get: (key) => {
      const [pair, again] = map.items.filter((one) => isScalar(one.key) && one.key.value === key);
      return pair === undefined ? null : { ...memberOf(pair, document, lines), repeated: again !== undefined };
    },
  };
}

function memberOf({ key, value }: Pair, document: Document, lines: LineCounter): Omit<Member, 'repeated'> {
  const node = isAlias(value) ? value.resolve(document) : value;
  const at = isScalar(key) ? key.range?.[0] : undefined;
  const scalar = isScalar(node) && node.value !== null ? (node.source ?? String(node.value)) : null;
  return {
    line: at === undefined ? 1 : lines.linePos(at).line,
    empty: node === null || (isScalar(node) && node.value === null),
    scalar,
    mapping: isMap(node) && !isAlias(value) ? mappingOf(node, document, lines) : null,
  };
}
