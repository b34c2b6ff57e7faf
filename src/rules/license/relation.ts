// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say } from '../text.ts';
import type { Finding } from '../verdict.ts';
import type { Case } from './case.ts';
import { type Compatibility, compatibility } from './expressions/compatibility.ts';
import { copyleftOfExpression } from './expressions/copyleft.ts';
import { type Evaluation, evaluate } from './expressions/evaluate.ts';
import type { Incoming } from './opinion.ts';
import { outboundAt } from './outbound.ts';
import { namesOf } from './texts.ts';

/** How an acceptable license relates to the one that the path has, where the policy asks. */
export function relationFindings({ path, at, found }: Incoming, inbound: Evaluation, judged: Case): Finding[] {
  const scope = judged.scopeOf(path);
  const { inboundEqualsOutbound, compatibleWithRepository } = scope.settings;
  if (!inboundEqualsOutbound && !compatibleWithRepository) return [];
  const outbound = outboundAt(path, judged);
  const key = inboundEqualsOutbound ? 'inboundEqualsOutbound' : 'compatibleWithRepository';
  const by = [`(Decided by \`${scope.key(key)}\`.)`];
  if (outbound === null) {
    const text = say`${found} Which license this path has cannot be told: set ${[`\`${scope.key('outbound')}\``]}. ${by}`;
    return [{ code: 'license.no-outbound', level: 'warning', at, text }];
  }
  const all = outbound.expressions.map((expression) => evaluate(expression));
  if (all.some((own) => own.canonical !== null && own.canonical === inbound.canonical)) return [];
  const there = say`${namesOf(outbound.expressions)} (${outbound.source})`;
  if (inboundEqualsOutbound && !all.some((own) => offers(inbound, own))) {
    const text = say`${found} What lies here is under ${there}, and what comes in has to be under the same. ${by}`;
    return [{ code: 'license.not-outbound', level: 'error', at, text }];
  }
  if (!compatibleWithRepository) return [];
  const { answer, why, source } = mildest(all.map((own) => compatibility(inbound, own)));
  if (answer === 'yes') return [];
  const text = say`${found} What lies here is under ${there}. ${why}${[source === null ? '' : ` (${source})`]} ${by}`;
  if (answer === 'no') return [{ code: 'license.incompatible', level: 'error', at, text }];
  return [{ code: 'license.compatibility-unknown', level: 'warning', at, text }];
}

/** The answer for whichever id the repository's license text is used under. */
function mildest(answers: readonly Compatibility[]): Compatibility {
  const order = ['yes', 'review', 'no'];
  const [best] = answers.toSorted((one, other) => order.indexOf(one.answer) - order.indexOf(other.answer));
  return best ?? { answer: 'review', why: [], source: null };
}

/** Whether the license is offered among others: of `MIT OR Apache-2.0`, either is. */
function offers(inbound: Evaluation, outbound: Evaluation): boolean {
  if (inbound.canonical === null || outbound.canonical === null || / AND /.test(inbound.canonical)) return false;
  return inbound.canonical.split(' OR ').includes(outbound.canonical);
}

/** Advice for a new file with a license of its own, where the policy prefers another kind. */
export function preferenceFindings({ path, at, found }: Incoming, inbound: Evaluation, judged: Case): Finding[] {
  const scope = judged.scopeOf(path);
  const { prefer } = scope.settings;
  if (prefer === 'none' || inbound.osi !== 'yes') return [];
  const found_ = copyleftOfExpression(inbound);
  const enough = prefer === 'copyleft' ? ['strong', 'network'] : ['file', 'library', 'strong', 'network'];
  if (found_ === null || enough.includes(found_)) return [];
  const kind =
    prefer === 'copyleft' ? 'copyleft, such as AGPL-3.0-or-later' : 'weak copyleft, such as LGPL-3.0-or-later';
  const text = say`${found} For independent work this repository prefers ${[kind]}; this is advice and blocks nothing. (${[`\`${scope.key('prefer')}\``]})`;
  return [{ code: 'license.preference', level: 'note', at, text }];
}
