// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';

const program = fileURLToPath(new URL('../src/stop-signals.ts', import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that would run for a minute, once it listens to signals as `script` says; `said` resolves with what it says. */
async function start(script: string) {
  const source = `import { endWhenTold, onStop } from ${JSON.stringify(program)};
    setTimeout(() => {}, 60_000);
    const say = (words) => process.stdout.write(words + '\\n');
    ${script}
    say('listens');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const said = async () => String((await once(child.stdout, 'data'))[0]).trim();
  expect(await said()).toBe('listens');
  return { child, ended, said };
}

describe.each(['SIGTERM', 'SIGINT'] as const)('Told to stop by %s, the process', (signal) => {
  test('ends at once and well where it has not begun', async () => {
    const { child, ended } = await start('endWhenTold();');
    child.kill(signal);
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  test('stops what it has begun, and lets itself be told twice in a moment', async () => {
    const { child, ended, said } = await start('endWhenTold(); onStop((signal) => say(signal));');
    child.kill(signal);
    expect(await said()).toBe(signal);
    child.kill(signal);
    expect(await Promise.race([ended, sleep(200, 'still stops')])).toBe('still stops');
  });

  test('ends at once when it is told again', async () => {
    const { child, ended, said } = await start('onStop((signal) => say(signal));');
    child.kill(signal);
    expect(await said()).toBe(signal);
    await sleep(600);
    child.kill(signal);
    expect(await ended).toEqual({ code: 1, signal: null });
  });
});
