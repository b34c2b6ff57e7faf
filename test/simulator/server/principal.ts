// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { IncomingMessage } from 'node:http';
import { checkJwt } from '../jwt.ts';
import type { Principal } from '../rest/answer.ts';
import type { Services } from '../rest/route.ts';
import { appOf } from '../state/world.ts';
import { badCredentials } from '../tokens.ts';

/** Who sends the request, by its `authorization` header. Throws GitHub's 401 or 403 where that is not good. */
export function principalOf(request: IncomingMessage, services: Services): Principal {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme === '') return { kind: 'nobody' };
  if (!['bearer', 'token'].includes(scheme.toLowerCase())) throw badCredentials();
  if (value.split('.').length === 3) {
    checkJwt(value, appOf(services.world), services.world.now());
    return { kind: 'app' };
  }
  return { kind: 'installation', token: services.tokens.find(value) };
}
