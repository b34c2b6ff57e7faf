// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openFolder } from '../../src/storage/sqlite.ts';
import { noNotes, parseNotes } from '../../src/sweep/notes.ts';
import { createSqliteNotebook } from '../../src/sweep/sqlite-notebook.ts';

const notes = { settledUntil: 1_800_000_000_000, passes: { 7: 1_800_000_000_001 } };

describe('Notes', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-notes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('are there after a restart', async () => {
    const first = openFolder(folder);
    const notebook = createSqliteNotebook(first.database);
    expect(await notebook.read()).toEqual(noNotes);
    await notebook.write({ settledUntil: 1, passes: {} });
    await notebook.write(notes);
    first.database.close();
    first.release();
    const second = openFolder(folder);
    expect(await createSqliteNotebook(second.database).read()).toEqual(notes);
    second.database.close();
    second.release();
  });

  test.each([[undefined], ['no JSON'], ['null'], ['{"settledUntil":"yesterday","passes":{}}']])(
    'that cannot be understood (%j) are none',
    (stored) => {
      expect(parseNotes(stored)).toEqual(noNotes);
    },
  );
});
