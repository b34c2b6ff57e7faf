// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { countersign } from '../cli/command.ts';
import type { Slot } from './fleet.ts';
import { expectedChecks } from './right.ts';
import type { Watched } from './traffic.ts';

interface Line {
  readonly kind: string;
  readonly repository: string;
  readonly pullRequest: number | null;
  readonly head: string | null;
  readonly check: string | null;
  readonly code: string | null;
}

/** What is wrong with the ledger, as its own command reads it, one line each: altered, recorded twice, or not at all. */
export async function wrongLedger({ env }: Slot, watched: readonly Watched[]): Promise<readonly string[]> {
  const verified = await countersign(['ledger', 'verify'], { env });
  const exported = await countersign(['ledger', 'export'], { env });
  if (verified.code !== 0 || exported.code !== 0) {
    return [`the ledger: ${verified.stdout}${verified.stderr}${exported.stderr}`];
  }
  const lines = exported.stdout
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => keyOf(JSON.parse(text)));
  const recorded = new Set(lines);
  const twice = [...recorded].filter((key) => lines.indexOf(key) !== lines.lastIndexOf(key));
  const wanted = watched.flatMap((one) => {
    const { repository, number, headSha } = one.pullRequest.state;
    return Object.entries(expectedChecks(one)).map(([name, conclusion]) =>
      keyOf({
        kind: 'result',
        repository: `${repository.owner.login}/${repository.name}`,
        pullRequest: number,
        head: headSha,
        check: name.toLowerCase(),
        code: conclusion.toLowerCase(),
      }),
    );
  });
  return [
    ...twice.map((key) => `the ledger has this more than once: ${key}`),
    ...wanted.filter((key) => !recorded.has(key)).map((key) => `the ledger lacks this: ${key}`),
  ];
}

function keyOf({ kind, repository, pullRequest, head, check, code }: Line): string {
  return `${kind} ${repository}#${pullRequest} ${head} ${check}: ${code}`;
}
