#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { isRecent, load, refuse, runOnCheckoutsNode } from './load.js';

async function run() {
  const { main } = await load('cli');
  process.exitCode = await main(process.argv.slice(2));
}

/** Exit code 1 would say that there are findings. */
function giveUp(error) {
  process.stderr.write(`error: countersign cannot run: ${error.message}. In a checkout, run npm ci first.\n`);
  process.exitCode = 2;
}

if (isRecent) run().catch(giveUp);
else if (!runOnCheckoutsNode()) refuse('npm ci');
