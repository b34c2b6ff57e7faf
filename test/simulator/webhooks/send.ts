// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHmac } from 'node:crypto';
import type { App } from '../state/model.ts';

/** GitHub gives an App ten seconds to answer. https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks */
export const deliveryTimeout = 10_000;

export interface Outgoing {
  readonly guid: string;
  readonly event: string;
  readonly body: string;
}

export interface Sent {
  readonly status: string;
  readonly statusCode: number;
  readonly milliseconds: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function hmac(algorithm: 'sha1' | 'sha256', secret: string, body: string): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
}

/** Headers of a delivery, signed with the App's secret. */
export function deliveryHeaders(app: App, { guid, event, body }: Outgoing, secret = app.webhookSecret) {
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/simulator',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(app.id),
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': hmac('sha1', secret, body),
    'x-hub-signature-256': hmac('sha256', secret, body),
  };
}

/** Posts a delivery to the App. Never throws: what went wrong is in the result, as GitHub lists it. */
export async function send(url: string | null, headers: Record<string, string>, body: string): Promise<Sent> {
  const started = performance.now();
  const failed = (status: string, statusCode: number): Sent => {
    return { status, statusCode, milliseconds: performance.now() - started, headers: {}, body: '' };
  };
  if (url === null) return failed('failed to connect to host', 502);
  try {
    const signal = AbortSignal.timeout(deliveryTimeout);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    const text = await response.text();
    return {
      status: response.statusText || String(response.status),
      statusCode: response.status,
      milliseconds: performance.now() - started,
      headers: Object.fromEntries(response.headers),
      body: text,
    };
  } catch (error) {
    const timedOut = (error as Error).name === 'TimeoutError';
    return timedOut ? failed('timed out', 504) : failed('failed to connect to host', 502);
  }
}
