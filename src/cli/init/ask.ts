// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Readable, Writable } from 'node:stream';
import { isCancel, multiselect, select, text } from '@clack/prompts';
import { day } from '../../rules/day.ts';
import { type RuleId, ruleIds } from '../../rules/rules.ts';
import { type ConventionId, conventionIds } from '../../rules/upstream/conventions.ts';
import type { Choice, Start } from './choice.ts';
import type { Noticed } from './notice.ts';

/** Where questions are shown, and answers read. */
interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

const labels: { readonly [Id in RuleId]: string } = {
  dco: 'DCO: every commit is signed off',
  license: 'License: only acceptable licenses come in',
  upstream: 'Upstream First: changes to code from elsewhere say where they are upstream',
};

/** Asks for what is proposed; `today` is `YYYY-MM-DD`. null: whoever was asked wants none of it. */
export async function ask(
  noticed: Noticed,
  proposed: Choice,
  today: string,
  terminal: Terminal,
): Promise<Choice | null> {
  const checks = await multiselect({
    ...terminal,
    message: 'Which checks shall pull requests get?',
    options: ruleIds.map((id) => ({ value: id, label: labels[id] })),
    initialValues: [...proposed.checks],
  });
  if (isCancel(checks)) return null;
  const convention = checks.includes('upstream') ? await askConvention(noticed, proposed, terminal) : null;
  if (isCancel(convention)) return null;
  const start = await askStart(proposed.start, today, terminal);
  return start === null ? null : { checks: new Set(checks), convention, start };
}

function askConvention({ conventions, submodules }: Noticed, proposed: Choice, terminal: Terminal) {
  const likely = conventions.map(({ id, because }) => ({ value: id, label: id, hint: because }));
  const others = conventionIds
    .filter((id) => id !== 'custom' && !conventions.some((one) => one.id === id))
    .map((id) => ({ value: id, label: id }));
  const none = submodules ? [{ value: null, label: 'none: look at submodules only' }] : [];
  return select<ConventionId | null>({
    ...terminal,
    message: 'In which notation do changes say where they are upstream?',
    options: [...likely, ...none, ...others],
    initialValue: proposed.convention,
  });
}

async function askStart(proposed: Start, today: string, terminal: Terminal): Promise<Start | null> {
  const initial = proposed.mode === 'enforce' ? 'enforce' : proposed.enforceFrom === null ? 'warn' : 'day';
  const start = await select({
    ...terminal,
    message: 'How shall the checks begin?',
    options: [
      { value: 'enforce', label: 'Enforced at once' },
      { value: 'day', label: 'Warning until a day, and enforced from then on' },
      { value: 'warn', label: 'Warning only' },
    ],
    initialValue: initial,
  });
  if (isCancel(start)) return null;
  if (start === 'enforce') return { mode: 'enforce' };
  if (start === 'warn') return { mode: 'warn', enforceFrom: null };
  const enforceFrom = await text({
    ...terminal,
    message: 'Enforced from which day on (UTC)?',
    placeholder: 'YYYY-MM-DD',
    validate: (value) => dayProblem(value ?? '', today) ?? undefined,
  });
  return isCancel(enforceFrom) ? null : { mode: 'warn', enforceFrom };
}

/** Why this is no day to announce, as a whole sentence; null where it is one. */
export function dayProblem(value: string, today: string): string | null {
  if (!day.safeParse(value).success) return 'Write a day that the calendar has, such as 2027-01-31.';
  return value > today ? null : `Write a day after today, ${today}.`;
}
