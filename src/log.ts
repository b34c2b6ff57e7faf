// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';

/**
 * JSON lines, or text for a person at a terminal, to standard output unless told otherwise. Octokit hands its own
 * objects to the logger, so that what could hold a credential, or what a contributor wrote, is taken out wherever it
 * stands.
 */
export function createLog(
  options: { readonly level: string; readonly pretty: boolean },
  destination?: Writable,
): Logger {
  const settings = {
    level: options.level,
    base: null,
    redact: {
      paths: [
        'err.request.headers.authorization',
        'err.request.body',
        'err.request.request',
        'err.request.variables',
        'err.data',
        'err.event.payload',
        'err.errors[*].event.payload',
        'err.response.data',
        'headers.authorization',
        'authorization',
        'token',
      ],
      censor: '[redacted]',
    },
  };
  if (!options.pretty) return pino(settings, destination ?? pino.destination({ sync: true }));
  // Only a person's terminal needs it.
  const pretty = createRequire(import.meta.url)('pino-pretty') as typeof import('pino-pretty');
  return pino(settings, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', ...(destination && { destination }) }));
}
