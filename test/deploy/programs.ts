// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { spawnSync } from 'node:child_process';

/** Whether the machine has a program; what needs one that it hasn't is skipped. */
export function has(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args).status === 0;
}

/** How a program ended, and all that it said. */
export function run(program: string, args: readonly string[], cwd?: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(program, [...args], { cwd, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}
