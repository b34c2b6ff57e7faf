// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { CheckRun } from '../state/model.ts';
import { type Html, html, trusted } from './html.ts';

export type Tone = 'good' | 'bad' | 'warn' | 'quiet' | 'busy';

const shapes: Readonly<Record<Tone, string>> = {
  good: '<path d="M4.5 8.2l2.4 2.4 4.8-5"/>',
  bad: '<path d="M5 5l6 6M11 5l-6 6"/>',
  warn: '<path d="M8 4.2v4.6M8 11.4v.4"/>',
  quiet: '<path d="M5 8h6"/>',
  busy: '<path d="M8 4.5V8l2.4 1.6"/>',
};

/** A round icon; what it means is in its label, for who can't see the colour. */
export function icon(tone: Tone, label: string): Html {
  const shape = trusted(shapes[tone]);
  return html`<svg class="icon ${tone}" viewBox="0 0 16 16" role="img" aria-label="${label}"><title>${label}</title><circle cx="8" cy="8" r="7.25"/>${shape}</svg>`;
}

const tones: Readonly<Record<string, Tone>> = {
  SUCCESS: 'good',
  FAILURE: 'bad',
  TIMED_OUT: 'bad',
  STARTUP_FAILURE: 'bad',
  ACTION_REQUIRED: 'warn',
  CANCELLED: 'quiet',
  NEUTRAL: 'quiet',
  SKIPPED: 'quiet',
  STALE: 'quiet',
};

/** `success`, `action required`, or the status of a run that isn't completed. */
export function runLabel(run: CheckRun): string {
  return (run.conclusion ?? run.status).toLowerCase().replaceAll('_', ' ');
}

export function runTone(run: CheckRun): Tone {
  return tones[run.conclusion ?? ''] ?? 'busy';
}
