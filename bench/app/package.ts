// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, root, shippedPrograms } from '../../tools/bundle.ts';

/** What lies beside `bin/` and `dist/` in the package and in the image. */
const beside = ['data', 'node_modules', 'package.json', 'policies', 'schemas'];

/** The App is measured as it ships, which is in few files. */
const main = shippedPrograms.filter(({ name }) => name === 'main');
const withoutLimits = main.map((program) => ({
  ...program,
  name: 'without-limits',
  source: 'bench/app/app-without-limits.ts',
}));

/** Builds the package in a temporary directory, with the App without limits beside the App. Gone when this process ends. */
export async function buildPackage(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'countersign-bench-package-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  for (const name of beside) symlinkSync(join(root, name), join(directory, name));
  cpSync(join(root, 'bin'), join(directory, 'bin'), { recursive: true });
  mkdirSync(join(directory, 'dist'));
  await bundle([...shippedPrograms, ...withoutLimits], join(directory, 'dist'));
  return directory;
}
