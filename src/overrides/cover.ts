// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Glob, glob } from '../rules/glob.ts';
import type { Finding } from '../rules/verdict.ts';
import { type Contents, fingerprint } from './fingerprint.ts';
import type { Override } from './overrides.ts';

/**
 * Whether an override covers a finding. What could not be judged is only covered by who names the check: `all` means
 * what its writer saw to be wrong, and a fact that GitHub withholds at the next look is nothing that anybody saw.
 */
export function covers({ scope, only, named }: Override, finding: Finding, contents: Contents): boolean {
  const { at, level } = finding;
  if (level === 'gap' && !named) return false;
  if (scope !== null && 'path' in scope && !(at !== null && 'path' in at && isWithin(scope.path)(at.path)))
    return false;
  if (scope !== null && 'commit' in scope && !(at !== null && 'commit' in at && at.commit === scope.commit))
    return false;
  if (only === null) return true;
  const mark = fingerprint(finding, contents);
  return mark !== null && only.includes(mark);
}

/** As a glob does, and `vendor/zlib/**` holds also for what is said of the directory `vendor/zlib` as a whole. */
export function isWithin(pattern: string): Glob {
  const below = glob(pattern);
  const directory = pattern.replace(/\/(?:\*\*)?$/, '');
  if (directory === pattern || directory === '') return below;
  const itself = glob(directory);
  return (path) => below(path) || itself(path);
}
