// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Document, isScalar, isSeq, type Node } from 'yaml';
import { type InForce, mayShow, type SetAt, settingsOf, shortCommit, valuesInForce } from '../policy/in-force.ts';
import type { Policy, PolicySource } from '../policy/policy.ts';
import { isPreset } from '../policy/wording.ts';
import { inert } from './inert.ts';

const longestComment = 300;
const notShown = 'NOT SHOWN';

/**
 * The policy in force as YAML, each value that a file sets followed by a comment that names file, line and commit. What
 * comes from a file that readers may not be able to read is named and not shown.
 */
export function policyYaml(policy: Policy): string {
  const document = new Document(settingsOf(policy), { aliasDuplicateObjects: false });
  for (const value of valuesInForce(policy)) {
    if (!mayShow(value)) document.setIn(value.path, notShown);
    comment(document.getIn(value.path, true) as Node | undefined, value);
  }
  return document.toString({ lineWidth: 0 });
}

function comment(node: Node | undefined, { value, setAt }: InForce): void {
  if (node === undefined || setAt.length === 0) return;
  if (isSeq(node) && Array.isArray(value) && setAt.length === value.length && value.length > 0) {
    node.flow = false;
    for (const [index, item] of node.items.entries()) note(item as Node, setAt.slice(index, index + 1));
    return;
  }
  note(node, setAt);
}

function note(node: Node, setAt: readonly SetAt[]): void {
  const words = [...new Set(setAt.map(placeText))].join('; ');
  const text = ` ${inert(words, longestComment)}`;
  if (isScalar(node)) node.comment = text;
  else node.commentBefore = text;
}

/** `.github/countersign.yml of acme/widgets on main at 0123456789ab, line 3` */
function placeText({ source, line }: SetAt): string {
  return `${sourceText(source)}, line ${line}`;
}

/** A file or preset, with the repository, ref and commit that it was read at. */
export function sourceText(source: PolicySource): string {
  const { repository, path, ref, commit } = source;
  if (isPreset(source)) return `preset ${path}`;
  const isCommit = ref !== null && (commit ?? '').startsWith(ref);
  return [
    path,
    ...(repository === null ? [] : [`of ${repository}`]),
    ...(ref === null || isCommit ? [] : [`on ${ref}`]),
    ...(commit == null ? [] : [`at ${commit.slice(0, shortCommit)}`]),
  ].join(' ');
}
