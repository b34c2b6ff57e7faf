// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Lru } from 'toad-cache';
import type { Asking } from '../read-pull-request.ts';

/** What was asked for, by a key that names the question whole. */
export interface Memory {
  get(key: string): Promise<unknown> | undefined;
  set(key: string, value: Promise<unknown>): unknown;
  delete(key: string): unknown;
}

/** What was answered before, or what is answered now; what fails is forgotten. */
export function remembered<Value>(memory: Memory, key: string, load: () => Promise<Value>): Promise<Value> {
  const known = memory.get(key);
  if (known !== undefined) return known as Promise<Value>;
  const loading = load();
  memory.set(key, loading);
  loading.catch(() => memory.delete(key));
  return loading;
}

const mostAnswers = 5000;
const forGood = new Lru<unknown>(mostAnswers);

/**
 * Keeps what can never change: that a branch contains a commit, that a pull request was merged. Of public repositories
 * and of those that a policy names alike, so that the key holds who asks: what one installation sees is not another's.
 */
export const settled = {
  get: (asking: Asking, key: string): unknown => forGood.get(keyFor(asking, key)),
  set: (asking: Asking, key: string, value: unknown): void => forGood.set(keyFor(asking, key), value),
};

function keyFor({ host, appId, installationId }: Asking, key: string): string {
  return `${host} ${appId} ${installationId ?? '-'} ${key}`;
}
