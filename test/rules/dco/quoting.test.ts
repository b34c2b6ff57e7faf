// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { botOf, contributionOf, shaOf, userOf } from '../../helpers/contribution.ts';
import { judged, type Policy } from './judge.ts';

/** In everything that a stranger writes here, so that a test sees where it ends up. */
const marker = 'Zq7';

const name = fc.constantFrom(`${marker} Example`, `${marker}\` <b>`, `${marker}\u202e`, marker.repeat(300));
const email = fc.constantFrom(`${marker}@x.org`, `${marker}@x`, `1+${marker}@users.noreply.github.com`, marker);
const person = fc.record({ name, email });
const account = fc.constantFrom(null, userOf(`${marker}-user`), userOf(`${marker}-listed`), botOf(`${marker}[bot]`));
const signature = fc.option(
  fc.record({ valid: fc.boolean(), signer: fc.constantFrom(null, marker, `${marker}-user`), byGitHub: fc.boolean() }),
);
const words = fc.constantFrom('Signed-off-by: ', ' signed-off-by:', 'Signed-of-by: ', 'Co-authored-by: ', 'I, ');
const line = fc
  .tuple(words, person, fc.constantFrom('', ' x', `, hereby add my Signed-off-by to this commit: ${shaOf(1)}`))
  .map(([start, by, end]) => `${start}${by.name} <${by.email}>${end}`);
const message = fc.array(line, { maxLength: 4 }).map((lines) => [marker, ...lines].join('\n'));
const commit = fc.record({
  author: fc.option(person),
  committer: fc.option(person),
  authorAccount: account,
  signature,
  message,
});
const policy: fc.Arbitrary<Policy> = fc.record({
  require: fc.record({ members: fc.boolean() }),
  noreply: fc.constantFrom('accept', 'reject'),
  coAuthors: fc.constantFrom('ignore', 'require'),
  allowRemediationCommits: fc.record({ individual: fc.boolean(), thirdParty: fc.boolean() }),
  exempt: fc.constant({ users: [`${marker}-listed`] }),
});

test('whatever a stranger wrote is marked as such in texts, and in no command', () => {
  fc.assert(
    fc.property(fc.array(commit, { minLength: 1, maxLength: 4 }), policy, (commits, settings) => {
      const head = { ref: `${marker} topic`, sha: shaOf(commits.length) };
      const base = { ref: `${marker} main`, sha: shaOf(0) };
      const { title, findings, remedies } = judged({ ...contributionOf(commits), base, head }, settings);
      const texts = [title, ...findings.map(({ text }) => text), ...remedies.map(({ text }) => text)];
      const ours = texts.flat().filter((part) => typeof part === 'string');
      const commands = remedies.flatMap((remedy) => remedy.commands ?? []);
      for (const words of [...ours, ...commands]) expect(words).not.toContain(marker);
    }),
  );
});
