// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

/**
 * JSON lines, or text for a person at a terminal. Octokit hands its own objects to the logger, so that what could hold
 * a credential is taken out wherever it stands.
 */
export function createLog(options: { readonly level: string; readonly pretty: boolean }): Logger {
  const settings = {
    level: options.level,
    base: null,
    redact: {
      paths: [
        'err.request.headers.authorization',
        'err.request.body',
        'err.request.request',
        'err.event.payload',
        'err.errors[*].event.payload',
        'err.response.data.token',
        'headers.authorization',
        'authorization',
        'token',
      ],
      censor: '[redacted]',
    },
  };
  return options.pretty ? pino(settings, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss' })) : pino(settings);
}
