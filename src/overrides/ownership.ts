// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../contribution/contribution.ts';
import { changedAt } from './changed-at.ts';
import { blocking, type Check } from './checks.ts';
import { type OwnersOf, readCodeowners } from './codeowners.ts';
import { isWithin } from './cover.ts';
import type { Conversation, Scope } from './overrides.ts';

/** What CODEOWNERS says of overrides of one check. */
export interface Ownership {
  readonly owners: OwnersOf | 'unread';
  /** The paths that an override lets in; null: not all of them are known. */
  affectedBy(scope: Scope): readonly string[] | null;
  /** The teams, in lower case, that own a path which some override could let in; 20 at most. */
  readonly teams: readonly string[];
}

/** Each has to be asked for its members. A person of a further team counts as no owner. */
const mostTeams = 20;

/** What has to be asked of CODEOWNERS, or null where the policy does not want it asked or there is none. */
export function ownershipOf(
  check: Check,
  wanted: boolean,
  { codeowners }: Pick<Conversation, 'codeowners'>,
  { files, totals }: Facts,
): Ownership | null {
  if (!wanted || codeowners === null) return null;
  const owners = codeowners === 'unread' ? codeowners : readCodeowners(codeowners.text);
  const findings = blocking(check.judgement);
  const inFiles = findings.flatMap(({ at }) => (at !== null && 'path' in at ? [at.path] : []));
  const changed = files?.map(({ path }) => path) ?? [];
  // A renamed file's old path is affected as well, and is not among the facts.
  const allKnown = files !== null && files.length === totals.files && files.every(({ change }) => change !== 'renamed');
  const filesAt = changedAt(changed, allKnown);
  return {
    owners,
    affectedBy(scope) {
      if (scope !== null && 'path' in scope) return filesAt(inFiles.filter(isWithin(scope.path)));
      if (scope === null && inFiles.length > 0 && inFiles.length === findings.length) return filesAt(inFiles);
      return allKnown ? changed : null;
    },
    teams: owners === 'unread' ? [] : teamsOf([...inFiles, ...changed], owners),
  };
}

function teamsOf(paths: readonly string[], owners: OwnersOf): readonly string[] {
  const all = new Set([...new Set(paths)].flatMap(owners).filter((owner) => owner.includes('/')));
  return [...all].slice(0, mostTeams);
}
