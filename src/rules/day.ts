// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';

/** A day of the calendar as ISO 8601 writes it, such as 2027-01-31; it begins at 00:00 UTC. Two of them compare as text. */
export const day = z.iso.date({ error: 'must be a day that the calendar has, such as 2027-01-31' });
