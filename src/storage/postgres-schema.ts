// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * What each version of the format adds to the one before, one statement each. What has been released is never changed,
 * only added to. pg-boss keeps tables of its own, in a schema of its own.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    // What is to be looked at. Whose turn it is, and who is at it, is a job of pg-boss's with the same key.
    `CREATE TABLE countersign.entry (
       key text PRIMARY KEY,
       installation bigint NOT NULL,
       subject jsonb NOT NULL,
       delivery text,
       updated_at text COLLATE "C",
       urgency text NOT NULL,
       priority integer NOT NULL,
       attempt integer NOT NULL,
       -- Counts the puts: whoever has looked at it knows by it whether something was put meanwhile.
       version bigint NOT NULL DEFAULT 1,
       put_at timestamptz NOT NULL DEFAULT clock_timestamp(),
       due_at timestamptz NOT NULL DEFAULT now()
     )`,
    'CREATE INDEX entry_installation ON countersign.entry (installation, urgency)',
    'CREATE INDEX entry_put_at ON countersign.entry (put_at)',
    `CREATE TABLE countersign.dead_letter (
       key text PRIMARY KEY,
       subject jsonb NOT NULL,
       delivery text,
       updated_at text COLLATE "C",
       attempt integer NOT NULL,
       why text NOT NULL,
       put_at timestamptz NOT NULL,
       died_at timestamptz NOT NULL DEFAULT clock_timestamp(),
       -- Somebody wants it tried again.
       asked boolean NOT NULL DEFAULT false
     )`,
    `CREATE TABLE countersign.delivery (
       id text PRIMARY KEY,
       stored_at timestamptz NOT NULL DEFAULT now()
     )`,
    'CREATE INDEX delivery_stored_at ON countersign.delivery (stored_at)',
    `CREATE TABLE countersign.lease (
       name text PRIMARY KEY,
       holder uuid NOT NULL,
       until timestamptz NOT NULL
     )`,
  ],
  ['CREATE TABLE countersign.note (name text PRIMARY KEY, value jsonb NOT NULL)'],
  [
    // The text is what was hashed, byte for byte; times are ISO 8601 in UTC, which sorts as text.
    `CREATE TABLE countersign.ledger (
       seq bigint PRIMARY KEY,
       at text COLLATE "C" NOT NULL,
       topic text COLLATE "C" NOT NULL,
       text text NOT NULL,
       hash text NOT NULL
     )`,
    'CREATE INDEX ledger_by_topic ON countersign.ledger (topic, seq)',
    'CREATE INDEX ledger_by_time ON countersign.ledger (at)',
    `CREATE FUNCTION countersign.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$`,
    `CREATE TRIGGER ledger_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON countersign.ledger
       EXECUTE FUNCTION countersign.refuse_change()`,
  ],
  [
    // rate-limiter-flexible's. What is lost with a crash of the server is a minute's count: nothing waits for its disk.
    `CREATE UNLOGGED TABLE countersign.rate_limit (
       key varchar(255) PRIMARY KEY,
       points integer NOT NULL DEFAULT 0,
       expire bigint
     )`,
  ],
  [
    // Which branches' policies build on which files of other repositories.
    `CREATE TABLE countersign.builds_on (
       branch text NOT NULL,
       installation bigint NOT NULL,
       owner text NOT NULL,
       name text NOT NULL,
       base text NOT NULL,
       repository text NOT NULL,
       ref text NOT NULL,
       path text NOT NULL,
       noted_at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (branch, repository, ref, path)
     )`,
    'CREATE INDEX builds_on_repository ON countersign.builds_on (repository)',
    'CREATE INDEX builds_on_noted_at ON countersign.builds_on (noted_at)',
  ],
];
