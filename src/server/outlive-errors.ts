// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Server } from 'node:http';
import type { Logger } from 'pino';

/**
 * Once a server listens, an error is one connection that could not be taken (no file descriptor left, say). Nobody
 * hearing of it would end the process, and with it whatever it is at.
 */
export function outliveErrors(server: Server, log: Logger): void {
  server.once('listening', () => {
    server.on('error', (error) => log.error({ err: error }, 'a connection could not be taken'));
  });
}
