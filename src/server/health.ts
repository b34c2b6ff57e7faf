// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Answer } from './webhook.ts';

/** What a load balancer or an orchestrator asks; null for any other path. */
export async function answerHealth(ready: () => Promise<boolean>, path: string): Promise<Answer | null> {
  switch (path) {
    case '/healthz':
      return { status: 200, text: 'alive' };
    case '/readyz':
      return (await ready()) ? { status: 200, text: 'ready' } : { status: 503, text: 'not ready' };
    default:
      return null;
  }
}
