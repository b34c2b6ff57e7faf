// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { policySchema } from '../../src/policy/schema.ts';
import { read } from './tree.ts';

describe("this project's own policy", () => {
  test('is valid, and enforces sign-offs from members as well', () => {
    const policy = policySchema.parse(parse(read('.github/countersign.yml')));
    expect(policy.dco).toMatchObject({ mode: 'enforce', name: 'DCO', require: { members: true } });
  });
});
