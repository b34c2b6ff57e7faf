// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that a run which fails fails again. To look for new ones, run
 * them with other seeds: FAST_CHECK_SEED=1234 npm run unit.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.FAST_CHECK_SEED ?? 20_260_101) });
