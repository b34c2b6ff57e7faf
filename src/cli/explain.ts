// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { policyFilesAt } from '../git/contribution.ts';
import { findRevision } from '../git/range.ts';
import { mayShow, valuesInForce } from '../policy/in-force.ts';
import type { Policy, PolicySource } from '../policy/policy.ts';
import { dotted } from '../policy/tree.ts';
import { inert } from '../report/inert.ts';
import { serialise } from '../report/json.ts';
import { policyYaml, sourceText } from '../report/policy-in-force.ts';
import { type ChosenPolicy, choosePolicy, type PolicyOptions } from './policy.ts';
import { tellProblems, usablePolicy } from './problems.ts';
import { ownPoliciesAround } from './strays.ts';
import { UserError } from './user-error.ts';

interface ExplainOptions extends PolicyOptions {
  readonly repo?: string;
  readonly branch?: string;
  readonly format: 'yaml' | 'json';
}

const wayOut = "; --floor takes a copy of the organisation's file";

/** `countersign policy explain`: every value of the policy in force, and where it comes from. */
export async function explain(revision: string | undefined, options: ExplainOptions): Promise<number> {
  const resolution = await resolutionOf(revision, options);
  const policy = usablePolicy(resolution);
  tellProblems(resolution);
  const noFloor = resolution.knowsFloor ? 'none' : `not known${options.repo === undefined ? wayOut : ''}`;
  process.stdout.write(options.format === 'json' ? serialise(policyJson(policy)) : text(policy, noFloor));
  return 0;
}

async function resolutionOf(revision: string | undefined, options: ExplainOptions): Promise<ChosenPolicy> {
  const { repo, branch } = options;
  if (repo === undefined) {
    if (branch !== undefined) throw new UserError('--branch goes with --repo; name a local branch without it.');
    const commit = await findRevision(revision ?? 'HEAD', 'Name one commit or branch, or none for HEAD.');
    const files = await policyFilesAt(commit.sha);
    if (revision === undefined && options.policy === undefined && files.length === 0) mentionUncommitted();
    return choosePolicy(options, files);
  }
  const given = Object.entries({ revision, ...options }).filter(
    ([key, value]) => local.has(key) && value !== undefined,
  );
  if (given.length > 0) throw new UserError('With --repo everything is read from GitHub: leave out the other options.');
  const { readPolicyOf } = await import('./read-policy.ts');
  return readPolicyOf(repo, branch ?? null);
}

/** As after `policy init`: what is committed is explained, and that file is not. */
function mentionUncommitted(): void {
  const [path] = ownPoliciesAround('.') ?? [];
  if (path === undefined) return;
  process.stderr.write(
    `${inert(path)} is not committed, so it is not in this. To see it as the policy: countersign policy explain --policy ${inert(path)}\n`,
  );
}

const local = new Set(['revision', 'policy', 'floor', 'extended', 'offline']);

function text(policy: Policy, noFloor: string): string {
  const sources = policy.sources.map(
    (source, index) => `${index === 0 ? 'Policy: ' : 'over:   '}${sourceText(source)}`,
  );
  const comments = [...sources, ...floorLines(policy, noFloor), 'What no comment stands behind has its default.'];
  return `${comments.map((line) => `# ${inert(line, 1000)}\n`).join('')}\n${policyYaml(policy)}`;
}

function floorLines({ floor }: Policy, noFloor: string): readonly string[] {
  if (floor === null) return [`Floor:  ${noFloor}`];
  const { source, exempt } = floor;
  return [
    `Floor:  ${sourceText(source)}${exempt === null ? '' : `, does not hold until ${exempt.until}: ${exempt.reason}`}`,
  ];
}

function policyJson(policy: Policy) {
  const file = ({ repository, path, ref, commit = null }: PolicySource) => ({ repository, path, ref, commit });
  return {
    files: policy.sources.map(file),
    floor: policy.floor === null ? null : { file: file(policy.floor.source), exempt: policy.floor.exempt },
    values: valuesInForce(policy).map((held) => ({
      key: dotted(held.path),
      value: mayShow(held) ? held.value : null,
      shown: mayShow(held),
      from: held.setAt.map(({ source, line }) => ({ ...file(source), line })),
    })),
  };
}
