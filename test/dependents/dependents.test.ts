// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createNoter, type Dependents, type Foundation, longestKept } from '../../src/dependents/dependents.ts';
import { createPostgresDependents } from '../../src/dependents/postgres.ts';
import { createSqliteDependents } from '../../src/dependents/sqlite.ts';
import { migrate } from '../../src/storage/postgres.ts';
import { openFolder } from '../../src/storage/sqlite.ts';
import { createTestDatabase } from '../helpers/postgres.ts';

const app = { installationId: 7, owner: 'Acme', name: 'App', base: 'main' };
const stable = { ...app, base: 'stable' };
const file = (path: string, ref = ''): Foundation => ({ repository: 'acme/policies', ref, path });
const pushed = { repository: 'Acme/Policies', ref: 'main', isDefault: true, paths: ['base.yml', 'README.yml'] };

interface Store {
  readonly dependents: Dependents;
  /** Makes every note that old, in milliseconds. */
  age(by: number): Promise<void>;
  close(): Promise<void>;
}

async function inSqlite(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-dependents-'));
  const { database, release } = openFolder(folder);
  return {
    dependents: createSqliteDependents(database),
    age: async (by) => void database.prepare('UPDATE builds_on SET noted_at = noted_at - ?').run(by),
    close: async () => {
      database.close();
      release();
      rmSync(folder, { recursive: true });
    },
  };
}

async function inPostgres(): Promise<Store> {
  const database = await createTestDatabase();
  const connection = database.connect();
  await migrate(connection);
  return {
    dependents: createPostgresDependents(connection),
    age: async (by) => {
      const sql = "UPDATE countersign.builds_on SET noted_at = noted_at - $1 * interval '1 millisecond'";
      await connection.query(sql, [by]);
    },
    close: async () => {
      await connection.close();
      await database.drop();
    },
  };
}

describe.each([
  ['SQLite', inSqlite],
  ['PostgreSQL', inPostgres],
])('Dependents in %s', (_, open) => {
  let store: Store;
  let dependents: Dependents;
  beforeAll(async () => {
    store = await open();
    ({ dependents } = store);
  }, 60_000);
  beforeEach(async () => {
    for (const branch of [app, stable]) await dependents.note(branch, []);
  });
  afterAll(() => store.close());

  test('are found by what was pushed, each once', async () => {
    await dependents.note(app, [file('base.yml'), file('base.yml', 'main'), file('other.yml')]);
    await dependents.note(stable, [file('more.yml')]);
    expect(await dependents.on(pushed)).toEqual([app]);
    expect(await dependents.on({ ...pushed, paths: null })).toEqual([app, stable]);
    expect(await dependents.on({ ...pushed, paths: ['README.md'] })).toEqual([]);
    expect(await dependents.on({ ...pushed, repository: 'acme/other' })).toEqual([]);
  });

  test('of the default branch hear of no other branch, and those of a branch or tag of no other one', async () => {
    await dependents.note(app, [file('base.yml')]);
    await dependents.note(stable, [file('base.yml', 'v1')]);
    expect(await dependents.on({ ...pushed, ref: 'v1', isDefault: false })).toEqual([stable]);
    expect(await dependents.on({ ...pushed, ref: 'v2', isDefault: false })).toEqual([]);
    expect(await dependents.on(pushed)).toEqual([app]);
  });

  test('are as they were noted last, whichever installation saw them', async () => {
    await dependents.note(app, [file('base.yml')]);
    await dependents.note({ ...app, installationId: 8, owner: 'acme' }, [file('base.yml', 'v1')]);
    expect(await dependents.on(pushed)).toEqual([]);
    expect(await dependents.on({ ...pushed, ref: 'v1' })).toEqual([{ ...app, installationId: 8, owner: 'acme' }]);
  });

  test('are forgotten where nobody has looked at them for long', async () => {
    await dependents.note(app, [file('base.yml')]);
    await store.age(longestKept + 60_000);
    await dependents.note(stable, [file('base.yml')]);
    expect(await dependents.on(pushed)).toEqual([stable]);
  });
});

describe('What a policy builds on is noted', () => {
  const noting = () => {
    const noted: (readonly Foundation[])[] = [];
    return { noted, note: createNoter({ note: async (_, foundations) => void noted.push(foundations) }) };
  };
  const at = (path: string, ref: string | null = null, repository: string | null = 'Acme/policies') => ({
    repository,
    path,
    ref,
  });

  test('where it says something new', async () => {
    const { noted, note } = noting();
    await note(app, []);
    await note(app, [at('base.yml'), at('base.yml')]);
    await note(app, [at('base.yml')]);
    await note(stable, [at('base.yml', 'v1')]);
    await note({ ...app, installationId: 8 }, [at('base.yml')]);
    await note(app, []);
    expect(noted).toEqual([[file('base.yml')], [file('base.yml', 'v1')], [file('base.yml')], []]);
  });

  test('but for files of the repository itself, and those that cannot change', async () => {
    const { noted, note } = noting();
    await note(app, [at('a.yml', 'main', 'acme/app'), at('b.yml', null, null), at('base.yml', 'a'.repeat(40))]);
    expect(noted).toEqual([]);
  });

  test('again where it could not be', async () => {
    const errors = [new Error('the disk is full')];
    const noted: (readonly Foundation[])[] = [];
    const note = createNoter({
      note: async (_, foundations) => {
        const error = errors.pop();
        if (error !== undefined) throw error;
        noted.push(foundations);
      },
    });
    await expect(note(app, [at('base.yml')])).rejects.toThrow('the disk is full');
    await note(app, [at('base.yml')]);
    expect(noted).toEqual([[file('base.yml')]]);
  });
});
