// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Where GitHub's published schemas are narrower than what GitHub really sends. Each gap names what was seen, the rest
 * stays checked.
 */
const gaps: readonly { readonly where: RegExp; readonly path: RegExp; readonly reason: string }[] = [
  {
    where: /^(pulls\/|pull_request|issue_comment|pull_request_review)/,
    path: /\/head\/(repo|user)$|\/user$/,
    reason: 'null where the fork or the account was deleted',
  },
  { where: /^ping/, path: /^\/hook\/events/, reason: 'the list of events in the schema is older than merge_group' },
  { where: /^apps\/list-installations/, path: /\/account/, reason: 'asks for a user and an enterprise at once' },
  {
    where: /^check_run\$rerequested/,
    path: /\/check_suite\/status$/,
    reason: 'only completed is listed, but a suite that was rerequested before is queued',
  },
  {
    where: /^(checks\/|check_run|check_suite)/,
    path: /\/conclusion$/,
    reason: 'stale and startup_failure are missing',
  },
];

export function isKnownGap(where: string, path: string): boolean {
  return gaps.some((gap) => gap.where.test(where) && gap.path.test(path));
}
