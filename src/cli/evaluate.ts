// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { choosePolicy, type PolicyOptions } from './policy.ts';
import { readContribution } from './read-contribution.ts';
import { report, type Showing } from './report.ts';

interface EvaluateOptions extends Showing, PolicyOptions {
  readonly contribution: string;
}

/** `countersign evaluate`: judges a contribution as it was recorded; facts that are not in it stay unknown. */
export async function evaluate(options: EvaluateOptions): Promise<number> {
  const resolution = await choosePolicy(options, null);
  const contribution = await readContribution(options.contribution);
  return report(contribution, resolution, options, async (as) => as);
}
