// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Contribution } from '../contribution/contribution.ts';
import { treeContribution } from '../contribution/whole-tree.ts';
import type { PolicyFile } from '../policy/policy.ts';
import { emptyTreeLike, readWholeTree } from './changed-files.ts';
import { policyFilesAt } from './contribution.ts';
import type { Revision } from './range.ts';

/** A whole tree as if everything in it had just come in, and the policy files that lie in it. @throws GitError */
export async function readTreeAsContribution(
  head: Revision,
): Promise<{ readonly contribution: Contribution; readonly policyFiles: readonly PolicyFile[] }> {
  const [files, policyFiles] = await Promise.all([readWholeTree(head.sha), policyFilesAt(head.sha)]);
  const contribution = treeContribution({
    source: 'git',
    repository: null,
    base: { ref: 'the empty tree', sha: emptyTreeLike(head.sha) },
    head,
    files,
    judgedOn: new Date().toISOString().slice(0, 10),
  });
  return { contribution, policyFiles };
}
