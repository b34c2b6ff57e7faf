// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../rules/text.ts';
import type { Finding, Verdict } from '../rules/verdict.ts';
import type { PolicyFiles } from './policy.ts';

/**
 * The verdict on a policy, which also says where GitHub refuses to show the organisation's files: whoever has written a
 * floor there has to learn that it does not hold. A repository that is not there, or is hidden, is no refusal.
 */
export function withRefused(verdict: Verdict, files: PolicyFiles | null, owner: string): Verdict {
  if (files?.organisationRefused !== true) return verdict;
  const text = say`GitHub does not let the App read ${`${owner}/.github`}, so that no policy and no floor of the organisation holds here. If there are any, an owner of the organisation has to let the App read that repository.`;
  const note: Finding = { code: 'policy.organisation-refused', level: 'note', at: null, text };
  return { ...verdict, findings: [...verdict.findings, note] };
}
