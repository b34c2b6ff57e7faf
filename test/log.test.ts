// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createLog } from '../src/log.ts';

async function logged(pretty: boolean, line: object, message: string): Promise<string> {
  const chunks: string[] = [];
  const destination = new Writable({
    write: (chunk, _, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  createLog({ level: 'info', pretty }, destination).info(line, message);
  while (!chunks.join('').endsWith('\n')) await turn();
  return chunks.join('');
}

describe('The log', () => {
  test('is a line of JSON, or text for a person', async () => {
    expect(JSON.parse(await logged(false, { pullRequest: 5 }, 'judged'))).toMatchObject({
      pullRequest: 5,
      msg: 'judged',
    });
    expect(await logged(true, { pullRequest: 5 }, 'judged')).toMatch(
      /^\S*\[[\d:]+\].*INFO.*judged[\s\S]*pullRequest.*5/,
    );
  });

  test.each([false, true])('holds nothing of a failed request that nobody should read (pretty: %p)', async (pretty) => {
    const secret = 'what nobody should read';
    const failed = Object.assign(new Error('GitHub refused'), {
      name: 'GraphqlResponseError',
      request: { headers: { authorization: secret }, body: secret, variables: { run0: { summary: secret } } },
      response: { data: { repository: { message: secret }, token: secret } },
      data: { repository: { message: secret } },
      event: { payload: { comment: secret } },
    });
    const output = await logged(pretty, { err: failed, token: secret, authorization: secret }, 'failed');
    expect(output).toContain('GitHub refused');
    expect(output).not.toContain(secret);
  });
});
