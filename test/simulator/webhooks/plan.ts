// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { seededRandom } from '../random.ts';

/** What shall happen to a delivery in place of being sent once, at once. */
export type Mishap =
  /** Never sent. `recorded`: listed among the App's deliveries as failed, so that it can be asked for again. */
  | { readonly kind: 'drop'; readonly recorded?: boolean }
  /** Sent so many times, with the same delivery id. */
  | { readonly kind: 'repeat'; readonly times: number }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Sent with a signature that doesn't fit. */
  | { readonly kind: 'bad-signature' };

export interface DeliveryFacts {
  readonly event: string;
  readonly action: string | null;
}

export interface MishapRule {
  readonly when?: (delivery: DeliveryFacts) => boolean;
  readonly times?: number;
  readonly probability?: number;
}

export interface Plan {
  /** Adds a mishap; calling what is returned takes it away again. */
  add(mishap: Mishap, rule?: MishapRule): () => void;
  /** Every mishap that befalls this delivery. */
  draw(delivery: DeliveryFacts): readonly Mishap[];
  clear(): void;
}

export function createPlan(seed: number): Plan {
  const active: { mishap: Mishap; rule: MishapRule; hits: number }[] = [];
  const random = seededRandom(seed);
  return {
    add(mishap, rule = {}) {
      const one = { mishap, rule, hits: 0 };
      active.push(one);
      return () => {
        const index = active.indexOf(one);
        if (index !== -1) active.splice(index, 1);
      };
    },
    draw(delivery) {
      const struck = active.filter(({ rule, hits }) => {
        const { when, times = Number.POSITIVE_INFINITY, probability = 1 } = rule;
        return hits < times && (!when || when(delivery)) && random() < probability;
      });
      for (const one of struck) one.hits += 1;
      return struck.map(({ mishap }) => mishap);
    },
    clear: () => void active.splice(0),
  };
}
