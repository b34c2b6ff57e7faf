// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Misnamed, misnamedPolicies } from '../policy/misnamed.ts';
import { policyPaths } from '../policy/resolve.ts';

/** The working tree that a path lies in; null: it lies in none. */
export function workingTreeAround(path: string): string | null {
  let directory = resolve(path);
  while (!existsSync(join(directory, '.git'))) {
    const above = dirname(directory);
    if (above === directory) return null;
    directory = above;
  }
  return directory;
}

/** Files of the working tree around a path that look like its policy and are not read. */
export function strayPoliciesAround(path: string): readonly Misnamed[] {
  const root = workingTreeAround(path);
  if (root === null) return [];
  return misnamedPolicies([...namesIn(root), ...namesIn(join(root, '.github')).map((name) => `.github/${name}`)]);
}

/** The policy files of the working tree around a path, as they are named from here; null: it lies in none. */
export function ownPoliciesAround(path: string): readonly string[] | null {
  const root = workingTreeAround(path);
  if (root === null) return null;
  return policyPaths.map((own) => relative('.', join(root, own))).filter((own) => existsSync(own));
}

/** How a path given by hand is wrong as the place of a policy; null where it is not, or may be just a draft. */
export function strayAs(path: string): Misnamed | null {
  const root = workingTreeAround(dirname(path));
  if (root === null) return null;
  return misnamedPolicies([relative(root, resolve(path)).split(sep).join('/')])[0] ?? null;
}

function namesIn(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}
