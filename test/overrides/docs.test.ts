// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { mostCommands, readCommands } from '../../src/overrides/commands.ts';
import { mostRemembered } from '../../src/overrides/own-marks.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

const page = readFileSync(new URL('../../docs/overrides.md', import.meta.url), 'utf8');
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text ?? '');

describe('The page on overrides', () => {
  const commands = blocks('text').flatMap((text) => text.trimEnd().split('\n'));

  test('shows each kind of command', () => {
    const kinds = commands.flatMap((line) => readCommands(line).commands.map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(['override', 'cancel', 'recheck', 'policy']));
  });

  test.each(commands)('shows a command that is understood: %s', (line) => {
    expect(readCommands(line)).toMatchObject({ commands: [{ line: 1 }], problems: [] });
  });

  test('shows policies that are valid', () => {
    const policies = blocks('yaml');
    expect(policies.length).toBeGreaterThan(0);
    expect(policies.flatMap((text) => parsePolicy(text).problems)).toEqual([]);
  });

  test('names the limits that hold', () => {
    expect(page).toContain(`more than ${mostCommands} commands`);
    expect(page).toContain(`more than ${mostRemembered} findings`);
  });
});
