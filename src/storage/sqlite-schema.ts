// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What each version of the format adds to the one before. What has been released is never changed, only added to. Times
 * are milliseconds since 1970.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE entry (
     key TEXT PRIMARY KEY,
     subject TEXT NOT NULL,
     delivery TEXT,
     updated_at TEXT,
     urgency TEXT NOT NULL,
     attempt INTEGER NOT NULL,
     put_at INTEGER NOT NULL,
     due_at INTEGER NOT NULL,
     running INTEGER NOT NULL,
     interruptions INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE dead_letter (
     key TEXT PRIMARY KEY,
     subject TEXT NOT NULL,
     delivery TEXT,
     updated_at TEXT,
     attempt INTEGER NOT NULL,
     why TEXT NOT NULL,
     put_at INTEGER NOT NULL,
     died_at INTEGER NOT NULL,
     -- Somebody wants it tried again.
     asked INTEGER NOT NULL DEFAULT 0
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX dead_letter_asked ON dead_letter (key) WHERE asked;

   CREATE TABLE delivery (id TEXT PRIMARY KEY, stored_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE INDEX delivery_stored_at ON delivery (stored_at);`,

  `CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
  // Who can write to the file can do anything; the triggers keep mistakes away, and the hashes show the rest.
  `CREATE TABLE ledger (
     seq INTEGER PRIMARY KEY,
     at TEXT NOT NULL,
     topic TEXT NOT NULL,
     text TEXT NOT NULL,
     hash TEXT NOT NULL
   ) STRICT;
   CREATE INDEX ledger_by_topic ON ledger (topic, seq);
   CREATE INDEX ledger_by_time ON ledger (at);
   CREATE TRIGGER ledger_stays_as_it_is BEFORE UPDATE ON ledger
     BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
   CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger
     BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;`,
  // Which branches' policies build on which files of other repositories.
  `CREATE TABLE builds_on (
     branch TEXT NOT NULL,
     installation INTEGER NOT NULL,
     owner TEXT NOT NULL,
     name TEXT NOT NULL,
     base TEXT NOT NULL,
     repository TEXT NOT NULL,
     ref TEXT NOT NULL,
     path TEXT NOT NULL,
     noted_at INTEGER NOT NULL,
     PRIMARY KEY (branch, repository, ref, path)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX builds_on_repository ON builds_on (repository);
   CREATE INDEX builds_on_noted_at ON builds_on (noted_at);`,
];
