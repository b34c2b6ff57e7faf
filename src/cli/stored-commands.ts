// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Command, Option } from 'commander';

const examples = {
  ledger: `
Examples:
  countersign ledger verify --data /var/lib/countersign
  countersign ledger export --since 2026-01-01 --format csv > decisions.csv`,
  inbox: `
Examples:
  countersign inbox list --data /var/lib/countersign
  countersign inbox retry example-org/widget#12
  countersign inbox drop --all`,
};

/** The commands for those who run the App: they work on what it has stored, while it runs too. */
export function addStoredCommands(program: Command, done: (code: number) => void): void {
  addLedger(program, done);
  addInbox(program, done);
}

function data(): Option {
  const places = 'DATABASE_URL, else COUNTERSIGN_DATA, else ./countersign-data';
  return new Option('--data <directory>', `the App’s data directory, in place of ${places}`);
}

function addLedger(program: Command, done: (code: number) => void): void {
  const ledger = program.command('ledger').description('read the record of what was decided');
  ledger
    .command('verify')
    .description('see whether a line was altered or removed')
    .addOption(data())
    .option('--expect <hash>', 'the last hash as it was noted earlier: it has to be there still')
    .addHelpText('after', examples.ledger)
    .action(async (options) => {
      const { verify } = await import('./ledger.ts');
      done(await verify(options));
    });
  ledger
    .command('export')
    .description('print the record, oldest line first')
    .addOption(data())
    .option('--since <time>', 'a day such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z')
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['jsonl', 'csv', 'markdown']).default('jsonl'),
    )
    .addHelpText('after', examples.ledger)
    .action(async (options) => {
      const { exportLines } = await import('./ledger.ts');
      done(await exportLines(options));
    });
}

function addInbox(program: Command, done: (code: number) => void): void {
  const inbox = program.command('inbox').description('see to what the App has given up');
  inbox
    .command('list')
    .description('list what was given up and why, the newest first')
    .addOption(data())
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples.inbox)
    .action(async (options) => {
      const { list } = await import('./inbox.ts');
      done(await list(options));
    });
  inbox
    .command('retry')
    .description('have it tried again, as if it had never failed')
    .argument('[id...]', 'as the list shows them; the number of the installation may be left out')
    .addOption(data())
    .option('--all', 'all that the list shows')
    .addHelpText('after', examples.inbox)
    .action(async (ids: string[], options) => {
      const { retry } = await import('./inbox.ts');
      done(await retry(ids, options));
    });
  inbox
    .command('drop')
    .description('forget it')
    .argument('[id...]', 'as the list shows them; the number of the installation may be left out')
    .addOption(data())
    .option('--all', 'all that the list shows')
    .addHelpText('after', examples.inbox)
    .action(async (ids: string[], options) => {
      const { drop } = await import('./inbox.ts');
      done(await drop(ids, options));
    });
}
