// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Person } from '../../contribution/contribution.ts';
import type { Case } from './case.ts';
import { isEmail, isNoreply } from './email.ts';

/** Why a sign-off with this e-mail address does not count, or null. */
export function addressProblem({ email }: Person, { settings }: Case): 'invalid' | 'noreply' | null {
  if (!isEmail(email)) return 'invalid';
  return settings.noreply === 'reject' && isNoreply(email) ? 'noreply' : null;
}
