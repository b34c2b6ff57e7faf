// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Facts } from '../contribution/contribution.ts';
import type { Text } from './text.ts';

/** How to have the facts read once more. */
export function retry({ source }: Pick<Facts, 'source'>): Text {
  if (source === 'git') return ['Run the command again.'];
  return ['To read it once more, comment `/recheck` on the pull request, or press “Re-run” on this check.'];
}
