// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Starts the App, sooner from the second time on: docs/performance.md has by how much.

import { isRecent, load, refuse } from './load.js';

// Signals would not reach the App below another Node.js.
if (isRecent) await load('main');
else refuse('npm ci and npm start');
