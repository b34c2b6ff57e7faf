// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type ChangedFile, type Contribution, contributionVersion } from './contribution.ts';

type Given = Pick<Contribution, 'source' | 'repository' | 'head' | 'base' | 'judgedOn'>;

/** A whole tree as if every file in it had just come in, by no commit. */
export function treeContribution({ files, ...given }: Given & { readonly files: ChangedFile[] }): Contribution {
  return {
    version: contributionVersion,
    ...given,
    pullRequest: null,
    commits: [],
    files,
    totals: { commits: 0, files: files.length },
    mailmap: null,
    mergeBase: null,
    contents: [],
    dependencies: null,
    submodules: [],
    actions: [],
    memberships: {},
    queued: null,
  };
}
