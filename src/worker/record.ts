// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Contribution } from '../contribution/contribution.ts';
import type { Policy } from '../policy/policy.ts';

/** Keeps what was judged, so that the verdict can be had again with `countersign evaluate`. */
export type Recorder = (contribution: Contribution, policy: Policy) => Promise<void>;

/**
 * Writes two files for each contribution judged: `NAME.contribution.json`, and `NAME.policy.yml` with the policy that
 * was in force, every default spelt out (JSON is YAML). NAME tells repository, pull request and head; the same head
 * judged again overwrites them. They hold commit messages, e-mail
 * addresses and the text of changed files: mind who can read the directory.
 * What cannot be recorded is logged and judged all the same: no check is to wait for a disk that is full.
 */
export function createRecorder(directory: string, log: Logger): Recorder {
  return async (contribution, policy) => {
    const base = join(directory, nameOf(contribution));
    const settings = { policy: { name: policy.checkName }, ...asOneFile(policy.rules), overrides: policy.overrides };
    try {
      await mkdir(directory, { recursive: true });
      await replaceFile(`${base}.contribution.json`, contribution);
      await replaceFile(`${base}.policy.yml`, settings);
    } catch (error) {
      log.error({ err: error }, 'what was judged could not be recorded');
    }
  };
}

/** A floor's day stays beside the mode of a repository that enforces already; in one file the two would be a mistake. */
function asOneFile(rules: Policy['rules']): Policy['rules'] {
  const sections = Object.entries(rules).map(([id, settings]) => {
    return [id, settings.mode === 'warn' ? settings : { ...settings, enforceFrom: null }];
  });
  return Object.fromEntries(sections);
}

/** Writes beside and renames, so that nobody reads half a file. */
async function replaceFile(path: string, value: unknown): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

/** GitHub's names hold letters, digits, `.`, `-` and `_`; whatever else came in must not become part of a path. */
function nameOf({ repository, pullRequest, head }: Contribution): string {
  const parts = [
    repository?.owner ?? 'local',
    repository?.name ?? 'repository',
    pullRequest === null ? 'group' : String(pullRequest.number),
    head.sha,
  ];
  return parts.map((part) => part.replaceAll(/[^\w.-]/g, '_')).join('__');
}
