#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Plain JavaScript that an old Node.js can read as well, so that it can say which one is needed.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inPackage, load } from './load.js';

const oldestMajor = 24;

/** A checkout's `npm ci` brings a Node.js of its own; the packed package does not. */
function runOnCheckoutsNode() {
  const node = inPackage(`node_modules/.bin/node${process.platform === 'win32' ? '.exe' : ''}`);
  if (!existsSync(node) || majorOf(node) < oldestMajor) return false;
  const { status, signal, error } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' });
  if (error !== undefined) return false;
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = status === null ? 2 : status;
  return true;
}

function majorOf(node) {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return Number.parseInt(String(stdout).slice(1), 10) || 0;
}

function refuse() {
  process.stderr.write(
    `error: countersign needs Node.js ${oldestMajor} or newer, and this is ${process.version}. ` +
      `Install a newer one (https://nodejs.org), or in a checkout of countersign run npm ci.\n`,
  );
  process.exitCode = 2;
}

async function run() {
  const { main } = await load('cli');
  process.exitCode = await main(process.argv.slice(2));
}

/** Exit code 1 would say that there are findings. */
function giveUp(error) {
  process.stderr.write(`error: countersign cannot run: ${error.message}. In a checkout, run npm ci first.\n`);
  process.exitCode = 2;
}

if (Number.parseInt(process.versions.node, 10) >= oldestMajor) run().catch(giveUp);
else if (!runOnCheckoutsNode()) refuse();
