// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { anyOf } from '../../src/policy/explain.ts';
import { policyJsonSchema } from '../../src/policy/json-schema.ts';
import type { Problem } from '../../src/policy/mistakes.ts';
import type { PolicyFile } from '../../src/policy/policy.ts';
import type { Text } from '../../src/rules/text.ts';

/** A text as a reader sees it, what strangers wrote in backticks. */
export function plain(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : `\`${part.quoted}\``)).join('');
}

/** `LINE:COLUMN CODE TEXT` */
export function listed(problems: readonly Problem[]): string[] {
  return problems.map(({ line, column, code, text }) => `${line}:${column} ${code} ${plain(text)}`);
}

/** The file's top-level keys as a message lists them, however many rules there are. */
export const topLevelKeys = plain(anyOf(Object.keys(policyJsonSchema().properties ?? {})));

/** A policy file as it lies on `main` of `example/project`, unless told otherwise. */
export function policyFile(text: string | null, some: Partial<PolicyFile> = {}): PolicyFile {
  return {
    repository: 'example/project',
    path: '.github/countersign.yml',
    ref: 'main',
    oid: null,
    size: text === null ? 0 : Buffer.byteLength(text),
    text,
    ...some,
  };
}

/** The same in the organisation's `.github` repository. */
export function sharedFile(text: string | null, some: Partial<PolicyFile> = {}): PolicyFile {
  return policyFile(text, { repository: 'example/.github', ...some });
}
