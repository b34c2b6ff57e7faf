// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Time that the DCO rule takes for hostile and large input. Run by hand: node_modules/.bin/node bench/dco-parser.ts
// Each message is 1 MB; it has to be judged in less than 50 ms.

import type { Contribution } from '../src/contribution/contribution.ts';
import { dco } from '../src/rules/dco/dco.ts';
import { dcoSettings } from '../src/rules/dco/settings.ts';
import { contributionOf, shaOf } from '../test/helpers/contribution.ts';

const size = 1_000_000;
const author = { name: 'Ada Example', email: 'ada@example.org' };
const signOff = 'Signed-off-by: Ada Example <ada@example.org>';
const marks = '\u0301'.repeat(4) + '\u0323'.repeat(4);

const messages: Readonly<Record<string, string>> = {
  'one long line': 'x'.repeat(size),
  'line feeds': '\n'.repeat(size),
  spaces: ' '.repeat(size),
  'spaces before a sign-off': `Fix\n${' '.repeat(size)}${signOff}`,
  'spaces after a sign-off': `Fix\n${signOff}${' '.repeat(size)}`,
  'good sign-offs': filled(`${signOff}\n`),
  'other people’s sign-offs': filled('Signed-off-by: Bob Example <bob@example.org>\n'),
  'short lines that might be sign-offs': filled('s@\n'),
  'misspelled sign-offs': filled('Signed-of-by: @\n'),
  'angle brackets': `Fix\nSigned-off-by: ${'<'.repeat(size)}`,
  'angle brackets in pairs': `Fix\nSigned-off-by: ${'<>'.repeat(size / 2)}`,
  'the name of the author with many marks': filled(`Signed-off-by: A${marks} <ada@example.org>\n`),
  'different names with many marks': numbered((n) => `Signed-off-by: A${marks}${n} <ada@example.org>\n`),
  'marks without end': `Fix\nSigned-off-by: ${'\u0301'.repeat(size / 4)}${'\u0323'.repeat(size / 4)} <ada@example.org>`,
  'addresses without end': `Fix\nSigned-off-by: Ada Example <${'a.'.repeat(size / 2)}@example.org>`,
  'co-authors': `Fix\n\n${signOff}\n${filled('Co-authored-by: Bob <bob@example.org>\n')}`,
  'different co-authors': `Fix\n\n${signOff}\n${numbered((n) => `Co-authored-by: B <b${n}@x.org>\n`)}`,
  'remediation sentences': filled(
    `I, Ada Example <ada@example.org>, hereby add my Signed-off-by to this commit: ${shaOf(7)}\n`,
  ),
  'abbreviated remediation': filled('I, A <a@x.org>, hereby add my Signed-off-by to this commit: 0000\n'),
  'remediation by a name with many marks': numbered(
    (n) => `I, A${marks}${n} <ada@example.org>, hereby add my Signed-off-by to this commit: ${shaOf(1)}\n`,
  ),
  'remediation in one line': filled(', hereby add my Signed-off-by to this commit: '),
  'remediation on behalf of': `On behalf of ${filled('>, I, ')}, hereby add my Signed-off-by to this commit: ${shaOf(7)}`,
};

const settings = dcoSettings.parse({
  coAuthors: 'require',
  allowRemediationCommits: { individual: true, thirdParty: true },
  exempt: { paths: ['**/*a*a*a*b/**'], users: ['ada'] },
});

function filled(text: string): string {
  return text.repeat(Math.ceil(size / text.length)).slice(0, size);
}

function numbered(line: (n: number) => string): string {
  return Array.from({ length: Math.ceil(size / line(0).length) }, (_, n) => line(n))
    .join('')
    .slice(0, size);
}

function contribution(texts: readonly string[]): Contribution {
  return contributionOf(texts.map((message) => ({ message, author, committer: author, paths: ['a/'.repeat(2000)] })));
}

function fastest(run: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function report(name: string, run: () => unknown): void {
  console.log(`${fastest(run).toFixed(1).padStart(8)} ms  ${name}`);
}

for (const [name, message] of Object.entries(messages)) {
  // The first commit is unsigned, so that a remediation of it is looked into.
  const one = contribution(['Fix', message]);
  report(name, () => dco.judge(one, settings));
}
const many = contribution(
  Array.from({ length: 10_000 }, (_, n) => (n % 2 === 0 ? `Fix ${n}\n\n${signOff}` : `Fix ${n}`)),
);
report('10,000 commits, every other one unsigned', () => dco.judge(many, dcoSettings.parse({})));
report('10,000 commits, half of them with a hostile path', () => dco.judge(many, settings));
