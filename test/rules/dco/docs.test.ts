// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { dcoSettings } from '../../../src/rules/dco/settings.ts';

const root = new URL('../../../', import.meta.url);
const page = readFileSync(new URL('docs/rules/dco.md', root), 'utf8');

test('the page of the rule tells every code there is, and no other', () => {
  const folder = new URL('src/rules/dco/', root);
  const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const codes = sources.flatMap((source) => source.match(/(?<=')dco\.[a-z-]+(?=')/g) ?? []);
  const told = page.match(/(?<=^\| `)dco\.[a-z-]+(?=` \|)/gm) ?? [];
  expect(told.toSorted()).toEqual([...new Set(codes)].toSorted());
});

test('the page of the rule shows every setting with its default', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  expect(parse(yaml).dco).toEqual(dcoSettings.parse({}));
});
