// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../text.ts';
import type { Finding, Remedy } from '../verdict.ts';

const alarms = new Set(
  [
    'copyright-removed',
    'manifest-changed',
    'manifest-removed',
    'notice-removed',
    'relicensed',
    'removed',
    'reuse-changed',
  ]
    .concat(['tag-changed', 'tag-removed', 'unrecognised'])
    .map((code) => `license.${code}`),
);
const headers = new Set(['license.header-missing']);
const actions = new Set(['license.action-unknown']);

/** What can be done about what fails: one way for each kind of it. */
export function remediesFor(findings: readonly Finding[]): Remedy[] {
  const codes = new Set(findings.filter(({ level }) => level === 'error').map(({ code }) => code));
  const has = (kind: ReadonlySet<string>) => [...codes].some((code) => kind.has(code));
  const others = [...codes].some((code) => !alarms.has(code) && !headers.has(code) && !actions.has(code));
  const remedies: (Text | null)[] = [
    has(headers) ? header : null,
    has(alarms) ? alarm : null,
    has(actions) ? action : null,
    others ? license : null,
  ];
  return remedies.flatMap((text) => (text === null ? [] : [{ text, partial: true }]));
}

const header: Text = [
  'Where a header is missing: put in the suggested lines, with your name and the license that you chose, then commit and push.',
];
const alarm: Text = [
  'Where the alarm is raised: put back what was there. If the change is meant, and everybody who holds the copyright agrees, a maintainer records an exception for the path in `license.exceptions`, with the reason.',
];
const action: Text = [
  'Where the license of an action is unknown: use one whose repository has a license file, and has it at the version that is used. A maintainer can accept it by an exception in `license.exceptions` with its package URL as `purl`, or with `pkg:githubactions/OWNER/*` for all of an owner, and the reason.',
];
const license: Text = [
  'Where a license is unknown or not accepted: say it by its SPDX identifier, leave the part out, or replace it with one under a license that this repository accepts. A maintainer can accept it by `license.alsoAllow`, or by an exception for its path, package or text in `license.exceptions`, with the reason.',
];
