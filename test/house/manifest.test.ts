// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';
import { read, readJson } from './tree.ts';

const level = z.enum(['read', 'write']);

/** What GitHub accepts in a manifest, less what the set-up flow adds. */
const manifest = z
  .strictObject({
    name: z.string().max(34),
    description: z.string(),
    url: z.url(),
    public: z.boolean(),
    default_permissions: z.record(z.string(), level),
    default_events: z.array(z.string()),
  })
  .parse(parse(read('app.yml')));

const permissions = Object.entries(manifest.default_permissions);

/** The part of GitHub's REST description that says which permissions there are and which of them delivers an event. */
const contract = z.object({
  components: z.object({
    schemas: z.object({
      'app-permissions': z.object({ properties: z.record(z.string(), z.object({ enum: z.array(z.string()) })) }),
    }),
  }),
  'x-webhooks': z.record(
    z.string(),
    z.object({
      post: z.object({
        summary: z.string().optional(),
        'x-github': z.object({ subcategory: z.string(), 'supported-webhook-types': z.array(z.string()) }),
      }),
    }),
  ),
});

function contractOf(product: string): z.output<typeof contract> {
  return contract.parse(readJson(`node_modules/@octokit/openapi/generated/${product}.json`));
}

const github = contractOf('api.github.com');

function webhooksOf(event: string) {
  return Object.values(github['x-webhooks'])
    .map(({ post }) => post)
    .filter((post) => post['x-github'].subcategory === event);
}

/** The permissions, at read level, of which GitHub's description of the event says that they deliver it. */
function delivering(event: string): readonly string[] {
  const summaries = webhooksOf(event).map((post) => post.summary ?? '');
  const named = summaries.flatMap((summary) => [...summary.matchAll(/read-level access for the "([^"]+)"/g)]);
  return [...new Set(named.map((match) => String(match[1]).toLowerCase().replaceAll(' ', '_')))];
}

describe('app.yml', () => {
  // docs/operations.md names the oldest GitHub Enterprise Server that is supported.
  test.each(['api.github.com', 'ghes-3.17', 'ghes-3.19'])('every permission exists at its level in %s', (product) => {
    const known = contractOf(product).components.schemas['app-permissions'].properties;
    expect(permissions.filter(([name, wanted]) => !known[name]?.enum.includes(wanted))).toEqual([]);
  });

  test.each(manifest.default_events)('%s is an event that an App can subscribe to', (event) => {
    const types = webhooksOf(event).map((post) => post['x-github']['supported-webhook-types']);
    expect(types.length).toBeGreaterThan(0);
    expect(types.filter((supported) => !supported.includes('app'))).toEqual([]);
  });

  test.each(manifest.default_events)('%s is delivered by a permission that the App asks for', (event) => {
    const needed = delivering(event);
    expect(needed).toHaveLength(1);
    expect(Object.keys(manifest.default_permissions)).toEqual(expect.arrayContaining([...needed]));
  });

  test('"Re-run" is delivered, which takes write access to checks', () => {
    expect(manifest.default_permissions).toMatchObject({ checks: 'write' });
  });

  test('events that GitHub sends to every App are not subscribed to', () => {
    const unasked = ['installation', 'installation_repositories', 'installation_target', 'github_app_authorization'];
    expect(manifest.default_events.filter((event) => unasked.includes(event))).toEqual([]);
  });

  test('only the account that owns the App can install it', () => {
    expect(manifest.public).toBe(false);
  });

  test('nothing that it may write can change code or settings', () => {
    const writable = permissions.filter(([, wanted]) => wanted === 'write').map(([name]) => name);
    expect(writable.sort()).toEqual(['checks', 'issues', 'pull_requests']);
  });

  test('the guide to operations lists the same permissions and events', () => {
    const guide = read('docs/operations.md');
    const rows = [...guide.matchAll(/^\| .*\(`([a-z_]+)`\) \| (Read-only|Read and write) \|/gm)];
    const listed = rows.map(([, name, access]) => [name, access === 'Read-only' ? 'read' : 'write']);
    expect(Object.fromEntries(listed)).toEqual(manifest.default_permissions);

    const events = /^Events: (.*)$/m.exec(guide)?.[1] ?? '';
    expect([...events.matchAll(/`([a-z_]+)`/g)].map((match) => match[1])).toEqual(manifest.default_events);
  });
});
