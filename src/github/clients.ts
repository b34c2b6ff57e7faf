// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { LruMap } from 'toad-cache';

/** At some 40 kB each. */
const remembered = 200;

/**
 * Keeps the client of each installation that was asked for lately: Octokit makes a hundred objects for each, and it
 * renews the token by itself.
 */
export function createClients<Client>(
  make: (installationId: number) => Promise<Client>,
): (installationId: number) => Promise<Client> {
  const clients = new LruMap<Promise<Client>>(remembered);
  return (installationId) => {
    const known = clients.get(installationId);
    if (known !== undefined) return known;
    const client = make(installationId);
    clients.set(installationId, client);
    // One that could not be made is not remembered.
    client.catch(() => clients.delete(installationId));
    return client;
  };
}
