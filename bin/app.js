// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Starts the App, in half of the time from the second start on.

import { load } from './load.js';

await load('main');
