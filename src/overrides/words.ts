// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../rules/text.ts';
import type { Scope } from './overrides.ts';

/** The parts of a command after its keyword. */
export interface Words {
  readonly names: readonly string[] | 'all' | null;
  readonly scope: Scope;
  /** Cut to 1,000 characters; null: there is none, or nothing in it that could be read. */
  readonly reason: string | null;
}

/** Names in one command at most. There are never that many checks. */
const mostNames = 20;
const longestName = 100;
const longestPath = 500;
const longestReason = 1000;

interface Token {
  readonly kind: 'word' | 'quoted' | 'comma';
  readonly text: string;
}

/** `NAME, "A NAME" for SCOPE because REASON` in its parts, or what is wrong with it. Linear time. */
export function readWords(rest: string): Words | { readonly problem: Text } {
  const read = tokensOf(rest);
  if ('problem' in read) return read;
  const { tokens, reason } = read;
  const at = tokens.findIndex((token) => isWord(token, 'for'));
  const names = namesIn(at === -1 ? tokens : tokens.slice(0, at));
  if (typeof names === 'object' && names !== null && 'problem' in names) return names;
  const scope = at === -1 ? null : scopeIn(tokens.slice(at + 1));
  if (scope !== null && 'problem' in scope) return scope;
  return { names, scope, reason };
}

function isWord({ kind, text }: Token, word: string): boolean {
  return kind === 'word' && text.toLowerCase() === word;
}

/** Up to the first `because` that is not in quotes; what follows it is the reason. */
function tokensOf(
  rest: string,
): { readonly tokens: readonly Token[]; readonly reason: string | null } | { readonly problem: Text } {
  const tokens: Token[] = [];
  const pattern = /\s+|"(?<quoted>[^"]*)"|“(?<curly>[^”]*)”|(?<comma>,)|(?<word>[^\s",“]+)/gy;
  let end = 0;
  for (const match of rest.matchAll(pattern)) {
    end = match.index + match[0].length;
    const { quoted, curly, comma, word } = match.groups ?? {};
    const theirs = quoted ?? curly;
    if (theirs !== undefined) tokens.push({ kind: 'quoted', text: theirs });
    else if (comma !== undefined) tokens.push({ kind: 'comma', text: comma });
    else if (word?.toLowerCase() === 'because') return { tokens, reason: reasonIn(rest.slice(end)) };
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
  }
  if (end < rest.length) return { problem: ['A quotation mark is never closed.'] };
  return { tokens, reason: null };
}

/** At least one letter or digit: blanks and characters that nobody sees tell no reason. */
function reasonIn(rest: string): string | null {
  const reason = rest.trim();
  if (!/[\p{L}\p{N}]/u.test(reason)) return null;
  return reason.length <= longestReason ? reason : `${reason.slice(0, longestReason - 1).toWellFormed()}…`;
}

/** Names between commas; a name of several words needs no quotes unless one of them is `for` or `because`. */
function namesIn(tokens: readonly Token[]): Words['names'] | { readonly problem: Text } {
  const slots: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'comma') slots.push([]);
    else slots.at(-1)?.push(token);
  }
  const filled = slots.filter((slot) => slot.length > 0);
  if (filled.length === 0) return null;
  if (filled.length > mostNames) return { problem: [`There are more than ${mostNames} names in it.`] };
  const isAll = (slot: readonly Token[]) => slot.length === 1 && slot.some((token) => isWord(token, 'all'));
  if (filled.length === 1 && filled.every(isAll)) return 'all';
  if (filled.some(isAll)) return { problem: say`${'all'} stands alone, without other names.` };
  const names = filled.map((slot) => slot.map(({ text }) => text.trim()).join(' '));
  const long = names.find((name) => name.length > longestName);
  if (long !== undefined) return { problem: say`No check has a name as long as ${long}.` };
  return [...new Set(names)];
}

function scopeIn(tokens: readonly Token[]): Exclude<Scope, null> | { readonly problem: Text } {
  const [token, ...more] = tokens;
  if (token === undefined || token.kind === 'comma' || token.text.trim() === '') {
    return { problem: say`After ${'for'} there has to be one path or one commit.` };
  }
  if (more.length > 0) {
    return {
      problem: say`After ${'for'} there can be one path or one commit only; a path with blanks or commas goes in quotes.`,
    };
  }
  const { kind, text } = token;
  if (kind === 'word' && /^[0-9a-f]{7,64}$/i.test(text)) return { commit: text.toLowerCase() };
  if (kind === 'word' && /^(?=[a-f]*\d)[0-9a-f]{1,6}$/i.test(text)) {
    return {
      problem: say`${text} is too short for a commit, which needs 7 digits of its id at least; a path of that name is written ${`/${text}`}.`,
    };
  }
  return text.length > longestPath ? { problem: say`The path ${text} is too long.` } : { path: text };
}
