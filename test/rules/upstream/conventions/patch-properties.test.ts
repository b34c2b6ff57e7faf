// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildroot } from '../../../../src/rules/upstream/conventions/buildroot.ts';
import { dep3 } from '../../../../src/rules/upstream/conventions/dep3.ts';
import { openwrt } from '../../../../src/rules/upstream/conventions/openwrt.ts';
import { suseKernel } from '../../../../src/rules/upstream/conventions/suse-kernel.ts';
import { yocto } from '../../../../src/rules/upstream/conventions/yocto.ts';
import { evidenceIn } from '../../../../src/rules/upstream/evidence.ts';
import type { State } from '../../../../src/rules/upstream/model.ts';
import { diff } from '../patches.ts';

const conventions = [yocto, dep3, buildroot, suseKernel, openwrt];
const sha = '0123456789abcdef0123456789abcdef01234567';

/** Lines with what they leave open filled in. */
const filled = (lines: string) =>
  lines.replaceAll('URL', 'https://example.org/1').replaceAll('SHA', sha).replaceAll('VERSION', 'v1.2');

const name = fc.constantFrom(
  ...[
    'Upstream-Status',
    'upstream status',
    'Upstream',
    'Forwarded',
    'Applied-Upstream',
    'Origin',
    'Bug',
    'Last-Update',
  ],
  ...['Patch-mainline', 'Git-commit', 'Git-repo', 'References', 'Description', 'Subject'],
);
const value = fc.array(
  fc.oneof(
    fc.constantFrom(
      'Pending',
      'submitted',
      'Backport',
      'Inappropriate',
      'N/A',
      'no',
      'not-needed',
      'upstream',
      'Never',
    ),
    fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      ',',
      ':',
      'https://example.org/1',
      sha,
      'v6.5',
      '2026-01-02',
      'Queued',
      'commit:',
    ),
    fc.string({ maxLength: 20 }),
  ),
  { maxLength: 6 },
);
const line = fc.oneof(
  fc
    .tuple(
      name,
      fc.constantFrom(': ', ':', ' : ', '='),
      value.map((words) => words.join(' ')),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('', '---', ' continued', '# comment'),
  fc.string(),
);
const text = fc
  .tuple(fc.array(line), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => `${lines.join(end)}${end}${diff}`);
const path = fc.oneof(
  fc.string(),
  fc
    .tuple(fc.constantFrom('backport-6.6', 'Hacks_6', 'pending-6.6', 'patches-6.6'), fc.string())
    .map((parts) => parts.join('/')),
);

describe.each(conventions.map((convention) => [convention.id, convention] as const))(
  '%s, whatever a patch says',
  (_, convention) => {
    test('never throws, and keeps to the lines that are there', () => {
      fc.assert(
        fc.property(path, text, (where, patch) => {
          const { markers, problems } = convention.read({ path: where, text: patch });
          const length = patch.split('\n').length;
          for (const one of [...markers, ...problems]) expect(one.line > 0 && one.line <= length).toBe(true);
          for (const { raw } of markers) expect(raw.length).toBeLessThanOrEqual(500);
        }),
      );
    });

    test('gives one line as what to write, and shows only what is theirs as theirs', () => {
      fc.assert(
        fc.property(path, text, (where, patch) => {
          for (const { suggestion, text: words } of convention.read({ path: where, text: patch }).problems) {
            expect(suggestion ?? '').not.toMatch(/[\n\r]/);
            const ours = words.filter((part) => typeof part === 'string').join('');
            expect(ours).toMatch(/^[\w\s.,:;()'/-]*$/);
          }
        }),
      );
    });
  },
);

describe('What was suggested is accepted', () => {
  const headers = conventions
    .filter(({ reads }) => reads === 'patch')
    .map((convention) => [convention.id, convention] as const);

  test.each(headers)('by %s, once it is written in place of what was near', (_, convention) => {
    fc.assert(
      fc.property(name, value, (tag, words) => {
        const written = `${tag}: ${words.join(' ')}`.replaceAll(/[\r\n]/g, ' ');
        const problem = convention.read({ path: 'a', text: `${written}\n\n${diff}` }).problems[0];
        if (problem?.code !== 'upstream.near-miss' || problem.suggestion === null) return;
        const again = convention.read({ path: 'a', text: `${filled(problem.suggestion)}\n\n${diff}` });
        expect(again.problems.filter(({ code }) => code === 'upstream.near-miss')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  const states: State[] = [
    'pending',
    'submitted',
    'accepted',
    'merged',
    'denied',
    'inactive',
    'downstream-only',
    'drop',
    'embargoed',
  ];

  test.each(headers)('by %s, for every state that it can say', (_, convention) => {
    for (const state of states) {
      const lines = convention.suggest({
        state,
        evidence: [{ kind: 'url', url: `https://example.org/commit/${sha}` }],
      });
      if (lines.length === 0) continue;
      const { markers } = convention.read({ path: 'a', text: `${filled(lines.join('\n'))}\n\n${diff}` });
      expect([state, markers.length]).toEqual([state, 1]);
    }
  });

  test.each(headers)('by %s, for each usual case', (_, convention) => {
    for (const lines of convention.suggest(null)) {
      const { markers } = convention.read({ path: 'a', text: `${filled(lines)}\n\n${diff}` });
      expect([lines, markers.length]).toEqual([lines, 1]);
    }
  });
});

test('Evidence is bounded, and its addresses are web addresses', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        value.map((words) => words.join(' ')),
      ),
      (words) => {
        const evidence = evidenceIn(words);
        expect(evidence.length).toBeLessThanOrEqual(21);
        for (const one of evidence) if (one.kind === 'url') expect(one.url).toMatch(/^https?:\/\/[^\s<>"]+$/i);
      },
    ),
  );
});
