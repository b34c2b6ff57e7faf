// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { contributionSchema } from '../../src/contribution/contribution.ts';
import { createPolicyResolver } from '../../src/policy/cache.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { loadPresets } from '../../src/policy/presets.ts';
import { createRecorder } from '../../src/worker/record.ts';
import { contributionOf, signedCommitBy } from '../helpers/contribution.ts';
import { policyFile, sharedFile } from '../policy/help.ts';

const home = mkdtempSync(join(tmpdir(), 'countersign-record-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const lines: Record<string, unknown>[] = [];
const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
beforeEach(() => {
  lines.length = 0;
});

const contribution = contributionOf([signedCommitBy('Ada Example <ada@example.org>', 'One')]);
const policy = createPolicyResolver(loadPresets(), 'default').resolve({ repository: [], organisation: [] })?.policy;
const record = async (directory: string, what = contribution) => {
  if (policy == null) throw new Error('The preset is a policy');
  await createRecorder(directory, log)(what, policy);
};

describe('What was judged', () => {
  test('is kept in a directory that is made for it, under the name of repository, number and head', async () => {
    const directory = join(home, 'new', 'directory');
    await record(directory);
    const name = `example-org__widget__12__${contribution.head.sha}`;
    expect(readdirSync(directory)).toEqual([`${name}.contribution.json`, `${name}.policy.yml`]);
    const kept: unknown = JSON.parse(readFileSync(join(directory, `${name}.contribution.json`), 'utf8'));
    expect(contributionSchema.parse(kept)).toEqual(contribution);
  });

  test('is kept with a policy that is valid by itself, also where a floor’s day is over a rule that is enforced', async () => {
    const floor = 'floor: {dco: {mode: warn, enforceFrom: 2027-01-31}}\n';
    const files = { repository: [policyFile('dco: {mode: enforce}\n')], organisation: [sharedFile(floor)] };
    const bound = createPolicyResolver(loadPresets(), 'default').resolve(files)?.policy;
    if (bound == null) throw new Error('There is a policy');
    expect(bound.rules.dco).toMatchObject({ mode: 'enforce', enforceFrom: '2027-01-31' });
    const directory = join(home, 'bound');
    await createRecorder(directory, log)(contribution, bound);
    const kept = readdirSync(directory).find((name) => name.endsWith('.yml')) ?? '';
    expect(parsePolicy(readFileSync(join(directory, kept), 'utf8')).problems).toEqual([]);
  });

  test('never leaves its directory, whatever a name says', async () => {
    const directory = join(home, 'inside');
    const repository = { ...contribution.repository, owner: '..', name: '../../etc/passwd' } as never;
    await record(directory, { ...contribution, repository });
    expect(readdirSync(directory)).toHaveLength(2);
  });

  test('is judged all the same where it cannot be kept, and the log says why', async () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    await record(file);
    expect(lines).toEqual([expect.objectContaining({ level: 50, err: expect.objectContaining({ code: 'EEXIST' }) })]);
  });
});
