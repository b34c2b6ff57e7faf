// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { loadPresets } from '../../src/policy/presets.ts';
import { presetCases } from '../e2e/preset-cases.ts';
import { files, read } from './tree.ts';

const presets = [...loadPresets().keys()];

describe('each preset', () => {
  const index = read('docs/presets.md');
  const tree = new Set(files());

  test.each(presets)('%s has a page of its own, which the list of presets links', (name) => {
    const linked = [...index.matchAll(/^\| \[`([\w-]+)`\]\(([^)]+)\) \|/gm)].filter((row) => row[1] === name);
    const pages = linked.map((row) => `docs/${row[2]}`);
    expect(pages).toHaveLength(1);
    expect(pages.filter((page) => !tree.has(page))).toEqual([]);
    expect(read(pages[0] ?? '')).toContain(`\`${name}\``);
  });

  test.each(presets)('%s is tested from end to end, with what passes and what fails', (name) => {
    expect(Object.keys(presetCases[name]?.failing ?? {})).not.toHaveLength(0);
  });

  test('is one that there is', () => {
    expect(Object.keys(presetCases).toSorted()).toEqual(presets.toSorted());
    const listed = [...index.matchAll(/^\| \[`([\w-]+)`\]/gm)].map((row) => row[1]);
    expect(listed.toSorted()).toEqual(presets.toSorted());
  });
});
