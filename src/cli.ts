// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { CommanderError } from 'commander';
import { createProgram } from './cli/program.ts';
import { expectedMessage } from './cli/user-error.ts';

/**
 * The `countersign` command.
 *
 * @param args the arguments after the program's name
 * @returns the exit code: 0 nothing stands in the way, 1 somebody has to act, 2 it could not be checked or was asked wrongly
 */
export async function main(args: readonly string[]): Promise<number> {
  process.stdout.on('error', refuseToPassUnseen);
  const program = createProgram();
  try {
    await program.command.parseAsync(args, { from: 'user' });
    return program.exitCode();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    await complain(error, program.command.opts().verbose === true || process.env.DEBUG === 'countersign');
    return 2;
  }
}

/** A reader that has seen enough (`| head`) closes the pipe: nothing to complain about. A full disk is. */
function refuseToPassUnseen(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`error: the result cannot be written: ${error.message}\n`);
  process.exit(2);
}

async function complain(error: unknown, verbose: boolean): Promise<void> {
  const { inertLines } = await import('./cli/terminal.ts');
  const expected = expectedMessage(error);
  const message = expected ?? `${String(error)} (this is a mistake in countersign: please report it, with --verbose)`;
  process.stderr.write(`error: ${inertLines(message)}\n`);
  if (verbose && error instanceof Error) process.stderr.write(`${inertLines(error.stack ?? '')}\n`);
}
