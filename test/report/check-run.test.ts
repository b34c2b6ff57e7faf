// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { digest, renderCheckRun } from '../../src/report/check-run.ts';
import { say } from '../../src/rules/text.ts';
import type { Outcome, Remedy } from '../../src/rules/verdict.ts';
import { html, megabyte, tags } from './hostile.ts';
import { commitFinding, context, finding, judged, mixed, sha, verdict } from './sample.ts';

describe('the conclusion', () => {
  test.each<[Outcome, 'enforce' | 'warn', string]>([
    ['pass', 'enforce', 'success'],
    ['pass', 'warn', 'success'],
    ['not-applicable', 'enforce', 'success'],
    ['fail', 'enforce', 'action_required'],
    ['fail', 'warn', 'neutral'],
    ['incomplete', 'enforce', 'failure'],
    ['incomplete', 'warn', 'failure'],
  ])('of %s in mode %s is %s', (outcome, mode, conclusion) => {
    expect(renderCheckRun(judged({ ...verdict([]), outcome }, mode), context).conclusion).toBe(conclusion);
  });
});

describe('the title', () => {
  test('is plain text', () => {
    const title = say`${2} of ${5} commits by ${'<b>@everyone\n'} are not signed off`;
    expect(renderCheckRun(judged({ ...verdict([]), title }), context).title).toBe(
      '2 of 5 commits by “<b>@everyone⏎” are not signed off',
    );
  });

  test('has at most 255 characters, in whichever way they are counted', () => {
    const title = Array.from({ length: 10 }, () => ({ quoted: '😀'.repeat(100) }));
    expect(renderCheckRun(judged({ ...verdict([]), title }), context).title.length).toBeLessThanOrEqual(255);
  });
});

describe('the summary', () => {
  const summary = (...args: Parameters<typeof judged>) => renderCheckRun(judged(...args), context).summary;

  test('names the commits that fail, then says how to fix them, then which policy asks for it', () => {
    expect(renderCheckRun(mixed, { ...context, commitUrl: null }).summary).toBe(
      [
        '**Commits `2222222` and `5555555` need a change.** The other 3 commits are fine.',
        '### How to fix it',
        'Run the commands in your clone of the repository, on the branch of the pull request. One option is enough, unless its text names only some of the commits.',
        '**Option 1.** If you may contribute these changes under the project’s license, sign off every commit of this branch. Nothing but the commit messages changes.',
        `\`\`\`shell\ngit rebase --signoff ${sha('0')}\ngit push --force-with-lease\n\`\`\``,
        '**Option 2.** Or leave the commits as they are, and add an empty commit with this message.',
        '```shell\ngit commit --allow-empty --signoff --edit\ngit push\n```',
        `\`\`\`text\nDCO Remediation Commit for Ada Example <ada@example.org>\n\nI, Ada Example <ada@example.org>, hereby add my Signed-off-by to this commit: ${sha('2')}\n\`\`\``,
        'This check runs again by itself after each push, and when the policy changes.',
        'Judged by the policy `.github/countersign.yml` of `octo/demo` at `main`.',
      ].join('\n\n'),
    );
  });

  test('offers no choice among remedies that mend a part each', () => {
    const remedies = [
      { text: ['Do this.'], partial: true },
      { text: ['Do that.'], partial: true },
    ] as const;
    expect(summary(verdict([finding('error')], remedies))).toContain('### How to fix it\n\nDo this.\n\nDo that.\n\n');
  });

  test('counts the commits where there are many', () => {
    const findings = ['1', '2', '3', '4'].map((digit) => commitFinding('error', sha(digit), 'Subject'));
    expect(summary(verdict([...findings, commitFinding('ok', sha('5'), 'Fine')]))).toMatch(
      /^\*\*4 commits need a change\.\*\* The other one is fine\.\n/,
    );
  });

  test('says of one commit that it needs a change', () => {
    expect(summary(verdict([commitFinding('error', sha('1'), 'Subject')]))).toMatch(
      /^\*\*Commit .* needs a change\.\*\*\n/,
    );
  });

  test('counts findings that no commit is to blame for', () => {
    const at = { path: '.github/countersign.yml', line: 1 };
    expect(summary(verdict([finding('error', at), finding('error', at)]))).toMatch(
      /^\*\*2 findings need a change\.\*\*\n/,
    );
  });

  test('says when nothing is blocked', () => {
    expect(summary(verdict([finding('error')]), 'warn')).toContain('This check only warns here; it blocks nothing.');
  });

  test('says what is missing and how to try again', () => {
    const text = summary(verdict([finding('gap', null, say`GitHub listed ${3} of ${5} commits.`)]));
    expect(text).toMatch(/^\*\*This could not be judged/);
    expect(text).toContain('### What is missing\n\n- ❓ GitHub listed 3 of 5 commits.\n');
    expect(text).toContain('`/recheck`');
  });

  test('says how to fix what is missing before how to try again', () => {
    const text = summary(verdict([finding('gap')], [{ text: ['Mend the policy.'] }]));
    expect(text.indexOf('### How to fix it')).toBeGreaterThan(text.indexOf('### What is missing'));
    expect(text.indexOf('### How to try again')).toBeGreaterThan(text.indexOf('### How to fix it'));
  });

  test('asks nobody to try again before the policy is mended, after which it is judged by itself', () => {
    const noPolicy = verdict([{ ...finding('gap'), code: 'dco.no-policy' }], [{ text: ['Mend the policy.'] }]);
    expect(summary(noPolicy)).not.toContain('How to try again');
    const queued = renderCheckRun(judged(noPolicy), { ...context, readIn: 'merge-group' }).summary;
    expect(queued).toContain('How to try again');
    expect(summary({ ...noPolicy, findings: [...noPolicy.findings, finding('gap')] })).toContain('How to try again');
  });

  test('says how to try again where a rule did not say what is missing', () => {
    expect(summary({ ...verdict([]), outcome: 'incomplete' })).toMatch(/itself\.\n\n### How to try again\n\nSelect/);
  });

  test('asks nobody to comment on a merge group', () => {
    const judgement = judged(verdict([finding('gap')]));
    const text = renderCheckRun(judgement, { ...context, readIn: 'merge-group' }).summary;
    expect(text).not.toContain('/recheck');
    expect(text).toContain('**Re-run**');
  });

  test.each<[string, Parameters<typeof judged>[0], string]>([
    [
      'all commits',
      verdict([commitFinding('ok', sha('1'), 'a'), commitFinding('ok', sha('2'), 'b')]),
      'All 2 commits are in order.',
    ],
    ['the one commit', verdict([commitFinding('ok', sha('1'), 'a')]), 'The commit is in order.'],
    ['no commits', verdict([]), 'Everything is in order.'],
    ['warnings', verdict([finding('warning')]), 'Nothing stands in the way. 1 warning below may be worth a look.'],
    [
      'nothing to look at',
      { ...verdict([]), outcome: 'not-applicable' },
      'There is nothing here for this check to look at',
    ],
  ])('of a pass with %s is short', (_, of, start) => {
    expect(summary(of).startsWith(start)).toBe(true);
  });

  test('shows remedies whole however many findings are missing facts', () => {
    const gaps = Array.from({ length: 500 }, () => finding('gap', null, [{ quoted: megabyte }, { quoted: megabyte }]));
    const remedies: Remedy[] = [{ text: ['Do this.'], commands: ['git fetch', `git rebase --signoff ${sha('0')}`] }];
    expect(summary(verdict(gaps, remedies))).toContain(`git fetch\ngit rebase --signoff ${sha('0')}\n\`\`\``);
  });

  test('leaves out what is too long to be shown rather than cutting it', () => {
    const remedies: Remedy[] = [
      { text: ['Paste this.'], paste: megabyte },
      { text: ['Run this.'], commands: ['git push'] },
    ];
    const text = summary(verdict([finding('error')], remedies));
    expect(text).toContain(
      '**Option 1.** Paste this.\n\nIt is too long to be shown here; `countersign check` shows it.',
    );
    expect(text).toContain('**Option 2.** Run this.\n\n```shell\ngit push\n```');
  });

  test('counts the ways that do not fit', () => {
    const remedies: Remedy[] = Array.from({ length: 5000 }, () => ({ text: ['Run this.'], commands: ['git push'] }));
    const text = summary(verdict([finding('error')], remedies));
    const shown = text.match(/\*\*Option /g)?.length ?? 0;
    expect(text).toContain(`… and ${new Intl.NumberFormat('en').format(5000 - shown)} more ways; all of them:`);
    expect(Buffer.byteLength(text)).toBeLessThan(65_535);
  });

  test('keeps each command on one line, and says where text to paste holds what cannot be seen', () => {
    const text = summary(
      verdict(
        [finding('error')],
        [{ text: ['Run.'], commands: ["git push origin 'a\nrm -rf b'"], paste: 'a\u202Eb\n```\n' }],
      ),
    );
    expect(text).toContain("git push origin 'a⏎rm -rf b'\n```");
    expect(text).toContain('````text\na\\u{202E}b\n```\n````\n\nCharacters that can’t be seen');
  });
});

describe('the findings', () => {
  const text = (...args: Parameters<typeof verdict>) => renderCheckRun(judged(verdict(...args)), context).text;

  test('come in groups, the gravest first, each with its reason on a line of its own', () => {
    expect(renderCheckRun(mixed, { ...context, commitUrl: null }).text).toBe(
      `### ❌ Needs a change: 2 commits

- ❌ \`2222222\` \`Read trailers from the last paragraph\`\\
  There is no sign-off. Its author is \`Ada Example <ada@example.org>\`.
- ❌ \`5555555\` \`Mention trailers in the manual\`\\
  It is signed off by \`Ada <ada@old.example>\`, who is neither its author nor its committer, \`Ada Example <ada@example.org>\`.

<details>
<summary>✅ In order: 3 commits</summary>

- ✅ \`1111111\` \`Add a parser for trailers\`\\
  Signed off by its author, \`Ada Example <ada@example.org>\`.
- ✅ \`3333333\` \`Merge branch 'main' into trailers\`\\
  Merge commits need no sign-off.
- ✅ \`4444444\` \`Test the parser\`\\
  Signed off by its author, \`Ada Example <ada@example.org>\`.

</details>`,
    );
  });

  test('are in the order error, gap, warning, note, ok', () => {
    const page = text((['ok', 'note', 'warning', 'gap', 'error'] as const).map((level) => finding(level)));
    expect([...page.matchAll(/^- (.*) A reason\.$/gm)].map((match) => match[1])).toEqual(['❌', '❓', '⚠️', 'ℹ️', '✅']);
  });

  test('say where in a file they are', () => {
    const page = text([
      finding('error', { path: 'a`b.yml', line: 3, column: 5 }),
      finding('error', { path: 'c.yml', line: 3 }),
      finding('error', { path: 'd.yml' }),
    ]);
    expect(page).toContain('- ❌ ``a`b.yml``, line 3, column 5\\\n  A reason.');
    expect(page).toContain('- ❌ `c.yml`, line 3\\\n');
    expect(page).toContain('- ❌ `d.yml`\\\n');
  });

  test('link a commit only where its id is one', () => {
    expect(text([commitFinding('error', sha('a'), 's')])).toContain(`[\`aaaaaaa\`](${context.commitUrl}${sha('a')})`);
    expect(text([commitFinding('error', 'x)](https://evil.example', 's')])).toContain('`x)](https://evil.example`');
  });

  test('are open where all of a few are in order, and folded where there are many', () => {
    const ok = (amount: number) =>
      Array.from({ length: amount }, (_, i) => commitFinding('ok', sha(String(i % 10)), 's'));
    expect(text(ok(10))).toMatch(/^### ✅/);
    expect(text(ok(11))).toMatch(/^<details>/);
  });

  test('are said not to be there where there are none', () => {
    expect(text([])).toBe('There are no findings.');
  });
});

describe('a pull request of 12,000 commits', () => {
  const numbered = (index: number) => index.toString(16).padStart(40, '0');
  const errors = Array.from({ length: 8000 }, (_, i) =>
    commitFinding('error', numbered(i), megabyte, [{ quoted: megabyte }]),
  );
  const ok = Array.from({ length: 4000 }, (_, i) => commitFinding('ok', numbered(i + 8000), 'Fine'));
  const { text, summary } = renderCheckRun(judged(verdict([...ok, ...errors])), context);

  test('stays within what GitHub takes', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(65_535);
    expect(Buffer.byteLength(summary)).toBeLessThan(65_535);
    expect(Buffer.byteLength(text)).toBeGreaterThan(60_000);
  });

  test('counts exactly what was left out, errors being shown first', () => {
    const shown = text.match(/^- ❌/gm)?.length ?? 0;
    const number = new Intl.NumberFormat('en').format(8000 - shown);
    expect(shown).toBeGreaterThan(20);
    expect(text).toContain(`\n… and ${number} more commits; all of them: \`countersign check --verbose\`\n`);
    expect(text).toContain(
      '<summary>✅ In order: 4,000 commits</summary>\n\n\n… 4,000 commits; all of them: `countersign check --verbose`',
    );
  });

  test('is cut between findings only', () => {
    const page = html(text);
    expect(page.match(/<li>/g)).toHaveLength(text.match(/^- ❌/gm)?.length ?? 0);
    expect(tags(page).filter((tag) => tag === 'details')).toHaveLength(1);
    expect(page.trimEnd().endsWith('</details>')).toBe(true);
  });
});

describe('the digest', () => {
  const output = renderCheckRun(mixed, context);

  test('is the same for the same judgement', () => {
    expect(renderCheckRun(structuredClone(mixed), { ...context })).toEqual(output);
    expect(digest(renderCheckRun(structuredClone(mixed), { ...context }))).toBe(digest(output));
    expect(digest(output)).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['name', { name: 'x' }],
    ['conclusion', { conclusion: 'neutral' as const }],
    ['title', { title: 'x' }],
    ['summary', { summary: 'x' }],
    ['text', { text: 'x' }],
    [
      'annotations',
      { annotations: [{ path: 'a', startLine: 1, endLine: 1, level: 'notice', title: 't', message: 'm' }] as const },
    ],
  ])('differs where the %s does', (_, change) => {
    expect(digest({ ...output, ...change })).not.toBe(digest(output));
  });
});
