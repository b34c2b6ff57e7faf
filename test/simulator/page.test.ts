// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { html } from './page/html.ts';
import { markdown } from './page/markdown.ts';
import { contentSecurityPolicy } from './page/style.ts';
import { page, rest } from './testing/client.ts';
import { type Scenario, startScenario } from './testing/scenario.ts';

const hostile = '<img src=x onerror=alert(1)>';

let scenario: Scenario;

beforeAll(async () => {
  scenario = await startScenario();
  const { simulator, repository, token } = scenario;
  repository.requireChecks(['DCO', 'License']);
  repository.commit('hostile', {
    message: hostile,
    author: { name: '"Ada" & co', email: 'ada@example.org' },
    files: { [hostile]: 'x\n' },
  });
  const { state, number } = await repository.openPullRequest({
    author: 'ada',
    head: 'hostile',
    title: hostile,
    body: `**Bold** ${hostile}`,
  });
  expect(number).toBe(2);
  const output = {
    title: `1 commit ${hostile}`,
    summary: `## What to do\n\n| a | b |\n| --- | --- |\n| 1 | ${hostile} |\n\n[out](javascript:alert(1))`,
    text: '```sh\ngit commit --amend --signoff\n```',
    annotations: [
      {
        path: hostile,
        start_line: 3,
        end_line: 4,
        annotation_level: 'failure',
        title: 'Unknown key',
        message: hostile,
      },
    ],
  };
  const body = { name: 'DCO', head_sha: state.headSha, conclusion: 'action_required', output };
  await rest(simulator, 'POST /repos/acme/widgets/check-runs', { token, body });
});

afterAll(() => scenario.simulator.close());

describe('a pull request’s page', () => {
  const read = async () => (await page(scenario.simulator, '/acme/widgets/pull/2')).text;

  test('shows the check runs with conclusion, title, rendered summary, text and annotations', async () => {
    const text = await read();
    expect(text).toContain('aria-label="action required"');
    expect(text).toContain('<h2>What to do</h2>');
    expect(text).toContain('<td>1</td>');
    expect(text).toContain('<code class="language-sh">git commit --amend --signoff');
    expect(text).toContain(':3–4</code> · failure');
  });

  test('shows the commits, the merge box with what is required, and what was said', async () => {
    const text = await read();
    expect(text).toContain('wants to merge 1 commit into');
    expect(text).toContain('&quot;Ada&quot; &amp; co &lt;ada@example.org&gt;');
    expect(text).toContain('Merging is blocked');
    expect(text).toContain('Required, blocks merging');
    expect(text).toContain('Expected — waiting for status to be reported');
    expect(text).toContain('<strong>Bold</strong>');
  });

  test('keeps everything that a stranger wrote inert', async () => {
    const text = await read();
    expect(text).not.toContain('<img');
    expect(text).not.toContain('javascript:');
    expect(text.match(/&lt;img src=x onerror=alert\(1\)&gt;/g)?.length).toBeGreaterThanOrEqual(7);
  });

  test('fetches nothing and runs nothing', async () => {
    const { headers, text } = await page(scenario.simulator, '/acme/widgets/pull/2');
    expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(contentSecurityPolicy).toContain("default-src 'none'");
    expect(text).not.toMatch(/<script|<link|<iframe|src="|url\(|@import/);
  });

  test('says so where there is no check yet', async () => {
    const { text } = await page(scenario.simulator, '/acme/widgets/pull/1/checks');
    expect(text).toContain('No check has reported yet');
  });
});

describe('the other pages', () => {
  test('list every pull request with the state of its checks', async () => {
    const { text, status } = await page(scenario.simulator, '/');
    expect(status).toBe(200);
    expect(text).toContain('href="/acme/widgets/pull/1"');
    expect(text).toContain('1 of 1 checks needs somebody to act');
  });

  test('show a commit, and lead from a check run’s address to it', async () => {
    const { pullRequest, repository } = scenario;
    const sha = pullRequest.state.headSha;
    expect((await page(scenario.simulator, `/acme/widgets/commit/${sha}`)).text).toContain('Add a wheel');
    const run = repository.pullRequest(2).check('DCO');
    expect((await page(scenario.simulator, `/acme/widgets/runs/${run?.id}`)).text).toContain(`id="run-${run?.id}"`);
  });

  test.each([
    ['/nobody/nothing'],
    ['/acme/widgets/pull/99'],
    ['/acme/widgets/commit/none'],
    ['/acme/widgets/runs/0'],
    ['/%E0%A4%A'],
  ])('%s is not there', async (path) => {
    expect((await page(scenario.simulator, path)).status).toBe(404);
    expect(scenario.simulator.violations.list).toEqual([]);
  });
});

test('a template escapes what it is given, and keeps what is HTML already', () => {
  expect(html`<p title="${`"'&`}">${html`<b>${'<'}</b>`}${null}${['a', html`<i></i>`]}</p>`.html).toBe(
    '<p title="&quot;&#39;&amp;"><b>&lt;</b>a<i></i></p>',
  );
});

test('Markdown is GitHub’s: harmless HTML stays, the rest is taken out', () => {
  expect(markdown('~~gone~~ <b>bold</b>').html).toBe('<p><del>gone</del> <b>bold</b></p>');
  expect(markdown('<details><summary>More</summary>\n\n`x`\n</details>').html).toContain('<summary>More</summary>');
  expect(markdown('<script>x</script><a href="javascript:x" onclick="x">y</a>').html).toBe('<a>y</a>');
});
