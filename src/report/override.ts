// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Judgement } from '../engine.ts';
import { canBeOverridden } from '../overrides/checks.ts';
import type { AppliedOverride, Ended, Override } from '../overrides/overrides.ts';
import { authorityOver, type OverrideSettings } from '../overrides/settings.ts';
import type { Text } from '../rules/text.ts';
import type { Page } from './page.ts';
import { codeSpan, markdown } from './phrase.ts';
import { count, shortSha } from './wording.ts';

/** Overrides listed in each group at most; more are counted. */
const listed = 10;
const reasonLimit = 500;

/** Whether maintainers' overrides let the judgement pass. */
export function isOverridden({ override }: Judgement): boolean {
  return override?.effect === 'whole';
}

/** The one line that stands for a judgement: its own title, or who overrode it. For plain text only, where `@` is no mention. */
export function titleWith({ verdict, override }: Judgement): Text {
  if (override?.effect === 'part') return [...verdict.title, `; ${partly(override)}`];
  if (override?.effect !== 'whole') return verdict.title;
  const people = peopleOf(override);
  const shown = people.slice(0, 3).map(plainLogin);
  const more = people.length - shown.length;
  return ['Overridden by ', ...joined([...shown, ...(more > 0 ? [[`${more} more`]] : [])])];
}

/** The same for Markdown. */
export function markdownTitleWith(judgement: Judgement): Text {
  return titleWith(judgement).map((part) =>
    typeof part === 'string' && part.startsWith('@') ? { quoted: part } : part,
  );
}

function peopleOf({ overrides }: AppliedOverride): string[] {
  return [...new Set(overrides.map(({ by }) => by))];
}

/** Logins hold letters, digits, dashes and, for managed accounts, underscores; what else came in is not trusted. */
function plainLogin(login: string): Text {
  return /^[a-z\d][\w-]{0,99}$/i.test(login) ? [`@${login}`] : [{ quoted: login }];
}

function joined(items: readonly Text[]): Text {
  return items.flatMap((item, index) => {
    if (index === 0) return item;
    return [index === items.length - 1 ? ' and ' : ', ', ...item];
  });
}

const without = {
  fail: { enforce: 'action would be required', warn: 'it would warn' },
  incomplete: {
    enforce: 'it would fail, because it could not be judged',
    warn: 'it would fail, because it could not be judged',
  },
} as const;

/** What a reader needs first where overrides let the check pass. */
export function overriddenLead({ verdict, mode }: Judgement): string {
  const rest =
    verdict.outcome === 'fail' || verdict.outcome === 'incomplete' ? without[verdict.outcome][mode] : 'it would pass';
  return `**Maintainers let this pass.** Without that, ${rest}: ${markdown(verdict.title)}. Every finding is still listed below.`;
}

/** Which overrides count and which don't, as far as there is room. `reserve` bytes of the page stay free. */
export function addOverrides(page: Page, { override }: Judgement, reserve: number): void {
  if (override === undefined) return;
  const { effect, overrides, idle = [], open, lapsed, withdrawn, refused } = override;
  if (effect === 'part') {
    page.add(`${partly(override)}; ${open === 1 ? 'the other one stands' : 'the others stand'}.\n\n`, reserve);
  }
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['Overridden', overrides.map((one) => grantedItem(one, ''))],
    ['Without effect', idle.map((one) => grantedItem(one, idleReason(one)))],
    ['Lapsed', lapsed.map(endedItem)],
    ['Withdrawn', withdrawn.map(endedItem)],
    ['Refused', refused.map(endedItem)],
  ];
  for (const [title, items] of groups) addGroup(page, title, items, reserve);
  if (lapsed.length > 0 && effect !== 'whole') {
    page.add('To override what is here now, look at it and write the command again.\n\n', reserve);
  }
}

function partly({ covered, open }: AppliedOverride): string {
  return `${count(covered, 'finding')} of ${covered + open} ${covered === 1 ? 'is' : 'are'} overridden`;
}

function addGroup(page: Page, title: string, items: readonly string[], reserve: number): void {
  if (items.length === 0) return;
  page.add(`### ${title}\n\n`, reserve);
  let shown = 0;
  for (const item of items.slice(0, listed)) {
    if (!page.add(item, reserve)) break;
    shown += 1;
  }
  const left = items.length - shown;
  if (left > 0) page.add(`- … and ${count(left, shown === 0 ? 'override' : 'more override')}\n`, reserve);
  page.add('\n', reserve);
}

function grantedItem(override: Override, more: string): string {
  return `- ${who(override)}${reasonOf(override)}${more}\n`;
}

function endedItem(ended: Ended): string {
  return `- ${who(ended)}${reasonOf(ended)}\\\n  ${markdown(ended.why)}\n`;
}

function idleReason({ scope, named }: Override): string {
  if (scope === null && !named) return '\\\n  What could not be judged is overridden only by its name, not by `all`.';
  return scope === null
    ? '\\\n  It holds for findings that stayed as they were, and there are none of these.'
    : '\\\n  No finding is about that.';
}

type Said = Pick<Override, 'by' | 'reason' | 'url' | 'scope'>;

function who({ by, url, scope }: Said): string {
  return `By ${codeSpan(`@${by}`)}${scopeOf(scope)} ([comment](${linkTarget(url)}))`;
}

function scopeOf(scope: Override['scope']): string {
  if (scope === null) return '';
  if ('path' in scope) return ` for ${codeSpan(scope.path)}`;
  return ` for ${codeSpan(scope.commit.slice(0, shortSha))}`;
}

function reasonOf({ reason }: Said): string {
  return reason === null ? ', without a reason' : `: ${codeSpan(reason, reasonLimit)}`;
}

/** The address comes from GitHub; whatever else came in leads nowhere. */
function linkTarget(url: string): string {
  return /^https?:\/\/[\w./:#?=&%-]{1,500}$/.test(url) ? url : '#';
}

/** How an override ends. */
export const overrideOutlook =
  'An override holds for what its writer could see, not for what is pushed later. To take it back, write `/override-cancel`, or delete the comment.';

const maintainers = ['maintain', 'admin'];

/** How a check that fails can be let pass, in one sentence; null where it blocks nothing, or nobody may. */
export function overrideHint(judgement: Judgement, overrides: OverrideSettings): string | null {
  const { rule, outcome } = judgement.verdict;
  const { roles, teams, users, CODEOWNERS, reason } = authorityOver(rule, overrides);
  const somebodyMay = CODEOWNERS || [roles, teams, users].some((named) => named.length > 0);
  const blocks = outcome === 'incomplete' || judgement.mode === 'enforce';
  if (!somebodyMay || !blocks || !canBeOverridden(judgement)) return null;
  const who = roles.some((role) => maintainers.includes(role.toLowerCase()))
    ? 'A maintainer'
    : 'Those whom the policy names';
  const how =
    reason === 'required'
      ? `a comment that gives a reason: \`/override ${rule} because REASON\``
      : `a comment: \`/override ${rule}\``;
  return `${who} can let it pass with ${how}.`;
}
