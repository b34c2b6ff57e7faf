// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { oncePer } from '../once.ts';
import { say, type Text } from '../text.ts';
import { type Case, textFile } from './case.ts';
import { usualLicenseFiles } from './names.ts';
import { identifiedIn } from './text-budget.ts';
import { isCertain } from './texts/identify.ts';

/** The license that a path has, and where that is said. */
export interface Outbound {
  /** Several where one text belongs to several ids, such as GPL-3.0-only and GPL-3.0-or-later; the first is shown. */
  readonly expressions: readonly string[];
  readonly source: Text;
}

/**
 * The license of what lies at a path: what the policy says, else that of the license file at the root of the base,
 * which a pull request cannot change. null where neither says it for certain.
 */
export function outboundAt(path: string, judged: Case): Outbound | null {
  const scope = judged.scopeOf(path);
  const { outbound } = scope.settings;
  if (outbound !== null) return { expressions: [outbound], source: [`\`${scope.key('outbound')}\``] };
  return rootLicense(judged);
}

/** Several license files at the root are alternatives or parts, and only people know which; so one it has to be. */
const rootLicense = oncePer((judged: Case): Outbound | null => {
  const found = usualLicenseFiles.flatMap((path) => {
    const file = textFile(judged.atOutset(path));
    return file === null ? [] : [{ path, parts: identifiedIn(file.text, judged) ?? [] }];
  });
  const [only, ...others] = found;
  const [part, ...more] = only?.parts ?? [];
  const clear = others.length === 0 && part !== undefined && more.length === 0 && isCertain([part]);
  return clear ? { expressions: [part.id, ...part.also], source: say`${only?.path ?? ''}` } : null;
});
