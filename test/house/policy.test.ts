// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { policySchema } from '../../src/policy/schema.ts';
import { read, root } from './tree.ts';

describe("this project's own policy", () => {
  test('is valid, and enforces sign-offs from members as well', () => {
    const policy = policySchema.parse(parse(read('.github/countersign.yml')));
    expect(policy.dco).toMatchObject({ mode: 'enforce', name: 'DCO', require: { members: true } });
  });

  test('accepts every license in this repository, and no exception of it ends', () => {
    const policy = policySchema.parse(parse(read('.github/countersign.yml')));
    expect(policy.license.exceptions.filter(({ expires }) => expires !== null)).toEqual([]);
    const command = [join(root, 'bin/countersign.js'), 'check', '--all'];
    expect(execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' })).toContain(
      'Nothing stands in the way',
    );
  });
});
