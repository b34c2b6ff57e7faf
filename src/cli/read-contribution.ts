// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { z } from 'zod';
import { type Contribution, contributionSchema, contributionVersion } from '../contribution/contribution.ts';
import { named, readInput, textOf } from './input.ts';
import { UserError } from './user-error.ts';

/** In bytes; a recorded contribution of 10,000 commits has some 10 MiB. */
const limit = 256 * 1024 * 1024;
const problemsShown = 10;

/**
 * A contribution from a JSON file, or from standard input for `-`.
 * @throws UserError that names each place in the JSON and what is wanted there
 */
export async function readContribution(path: string): Promise<Contribution> {
  const text = textOf(await readInput(path, limit), path);
  const data = parseJson(text, path);
  refuseOtherVersion(data, path);
  const result = contributionSchema.safeParse(data, { error: wording });
  if (result.success) return result.data;
  throw new UserError(`${named(path)} is not a contribution:\n${problems(result.error.issues)}`);
}

function parseJson(text: string, path: string): unknown {
  if (text.trim() === '') throw new UserError(`${named(path)} is empty; a contribution as JSON is wanted.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${named(path)} is not JSON: ${(error as SyntaxError).message}.`);
  }
}

function refuseOtherVersion(data: unknown, path: string): void {
  const version = typeof data === 'object' && data !== null && 'version' in data ? data.version : undefined;
  if (typeof version !== 'number' || version === contributionVersion) return;
  throw new UserError(
    `${named(path)} is a contribution of version ${version}, and this countersign reads version ${contributionVersion}. Use the release that recorded it, or record it again.`,
  );
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'an array',
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** What is wanted, and what is there instead; undefined leaves it to zod's own words. */
function wording(issue: z.core.$ZodRawIssue): string | undefined {
  const found = issue.input === undefined ? 'it is missing' : `found ${kindOf(issue.input)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `wanted ${typeNames[issue.expected] ?? issue.expected}, ${found}`;
    case 'invalid_value':
      return `wanted ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}, ${found}`;
    case 'invalid_format':
      return 'wanted a full object id: 40 or 64 hexadecimal digits in lower case';
    default:
      return undefined;
  }
}

function kindOf(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  return typeNames[Array.isArray(value) ? 'array' : typeof value] ?? typeof value;
}

function problems(issues: readonly z.core.$ZodIssue[]): string {
  const lines = issues.slice(0, problemsShown).map((issue) => `  ${place(issue.path)}: ${issue.message}`);
  if (issues.length > problemsShown) lines.push(`  and ${issues.length - problemsShown} more`);
  return lines.join('\n');
}

/** `commits[3].author.name`; a key that is no plain word is quoted. */
function place(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^\w+$/.test(String(step)) ? `.${String(step)}` : `[${JSON.stringify(String(step))}]`;
  });
  return steps.join('').replace(/^\./, '') || 'the whole';
}
