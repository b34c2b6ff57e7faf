// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';
import type { PolicyFiles, Traits } from '../policy/policy.ts';
import { checked } from './checked.ts';
import type { Client } from './client.ts';
import { organisationAnswer, policyShape, traitsShape } from './graphql/answers.ts';
import { organisationField, policyFragments } from './graphql/queries.ts';
import { withoutMissing } from './missing.ts';
import { policyFilesOf, sharedPolicyFiles, traitsOf } from './policy-files.ts';

const query = `
query Policy($owner: String!, $name: String!, $ref: String!) {
  rateLimit { cost }
  repository(owner: $owner, name: $name) {
    name
    owner { login }
    visibility
    isArchived
    isFork
    repositoryTopics(first: 20) { nodes { topic { name } } }
    object(expression: $ref) { ... on Commit { oid ...Policy } }
  }
  ${organisationField}
}
${policyFragments}`;

const answer = z.object({
  repository: z.object({
    name: z.string(),
    owner: z.object({ login: z.string() }),
    ...traitsShape,
    object: z.object({ oid: z.string(), ...policyShape }).nullable(),
  }),
  organisation: organisationAnswer,
});

/** A repository's policy files on a branch, null for the default one, its organisation's, and what floors ask about it. */
export async function readPolicyFiles(
  client: Client,
  { owner, name }: { readonly owner: string; readonly name: string },
  branch: string | null,
): Promise<{ readonly files: PolicyFiles; readonly traits: Traits } | null> {
  const ref = branch === null ? 'HEAD' : `refs/heads/${branch}`;
  let organisationRefused = false;
  const raw = await withoutMissing(
    client.graphql(query, { owner, name, ref }),
    ([field]) => field === 'organisation',
    () => {
      organisationRefused = true;
    },
  );
  const { repository, organisation } = checked(answer, { organisation: null, ...raw }, 'the policy query');
  const { object } = repository;
  if (object === null) return null;
  const own = { repository: `${repository.owner.login}/${repository.name}`, ref: branch, commit: object.oid };
  return {
    files: {
      repository: policyFilesOf(object, own),
      organisation: sharedPolicyFiles({ repository, organisation }),
      organisationRefused,
    },
    traits: traitsOf({ repository }),
  };
}
