// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Starts the App, sooner from the second time on: docs/performance.md has by how much.

import { load } from './load.js';

await load('main');
