// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Simulator } from '../simulator/index.ts';

/** About 5 % of all calls. */
export function failCalls({ faults }: Simulator): void {
  const probability = 0.005;
  for (const status of [500, 502, 503, 504] as const) faults.add({ kind: 'status', status }, { probability });
  faults.add({ kind: 'status', status: 502, after: true }, { probability });
  faults.add({ kind: 'reset' }, { probability });
  faults.add({ kind: 'reset', after: true }, { probability });
  faults.add({ kind: 'malformed' }, { probability });
  faults.add({ kind: 'graphql-timeout' }, { probability, when: ({ path }) => path.endsWith('/graphql') });
  faults.add({ kind: 'primary-rate-limit', resetIn: 1 }, { probability: probability / 2 });
  faults.add({ kind: 'secondary-rate-limit', retryAfter: 1 }, { probability: probability / 2 });
  faults.add({ kind: 'graphql-rate-limited', resetIn: 1 }, { probability: probability / 2 });
  faults.add({ kind: 'latency', milliseconds: 200 }, { probability: 0.1 });
  // Longer than the App waits for an answer. GitHub ends requests after ten seconds, and writes nothing later than that.
  const reads = { when: ({ isMutation }: { readonly isMutation: boolean }) => !isMutation };
  faults.add({ kind: 'latency', milliseconds: 31_000 }, { ...reads, probability: 0.001, times: 2 });
}

/** Webhooks get lost with and without a trace, come twice, late, and so in another order. */
export function mishandleWebhooks({ webhooks: { plan } }: Simulator): void {
  plan.add({ kind: 'drop' }, { probability: 0.03 });
  // What the sweep finds by itself. A comment that GitHub forgets to tell of is found once a day.
  const isFound = ({ event }: { readonly event: string }) => event !== 'issue_comment';
  plan.add({ kind: 'drop', recorded: false }, { probability: 0.03, when: isFound });
  plan.add({ kind: 'repeat', times: 2 }, { probability: 0.05 });
  plan.add({ kind: 'delay', milliseconds: 1_500 }, { probability: 0.1 });
  plan.add({ kind: 'delay', milliseconds: 300 }, { probability: 0.2 });
}
