// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../state/world.ts';

export async function servePage(world: World, _request: IncomingMessage, response: ServerResponse, path: string) {
  response.writeHead(404, { 'content-type': 'text/plain' }).end(`${world.origin}${path} is not there`);
}
