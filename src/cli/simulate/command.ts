// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Command, InvalidArgumentError, Option } from 'commander';
import { extendedOption, floorOption } from '../policy-options.ts';

const examples = `
Examples:
  countersign policy simulate --policy new.yml                     in a clone: the repository of its remote origin
  countersign policy simulate --policy new.yml --repo acme/widgets --last 50
  countersign policy simulate --policy floor.yml --org acme --format markdown > effect.md
  countersign policy simulate --policy new.yml --from recorded/    recorded contributions, without the network`;

const exitCodes = `
Exit codes:
  0  no result would differ
  1  some would
  2  some pull requests could not be judged, or none: bad policy, no access, wrong usage`;

/** The most pull requests of one repository. */
const most = 1000;

/** Adds `countersign policy simulate`; `done` is told its exit code. */
export function addSimulate(policy: Command, done: (code: number) => void): void {
  policy
    .command('simulate')
    .description('show which pull requests another policy would judge otherwise')
    .requiredOption('--policy <file>', 'the policy to try: a file, or the name of a preset that ships with countersign')
    .option('--against <file>', 'the policy to compare with, in place of the one in force')
    .option('--repo <owner/name>', 'a repository on GitHub; that of the remote origin unless given')
    .option('--org <name>', 'every repository of an organisation, whose own policy the file is to be, floor included')
    .option('--from <directory>', 'contributions that the App recorded, in place of asking GitHub')
    .option('--last <number>', 'so many open and merged pull requests of each repository (default: 20)', positive)
    .option('--restart', 'begin anew where an earlier run was broken off')
    .addOption(floorOption())
    .addOption(extendedOption())
    .addOption(
      new Option('--format <format>', 'how to print the result').choices(['text', 'json', 'markdown']).default('text'),
    )
    .addHelpText('after', `${examples}\n${exitCodes}`)
    .action(async (options) => {
      const { simulate } = await import('./simulate.ts');
      done(await simulate(options));
    });
}

function positive(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new InvalidArgumentError(`Has to be a whole number from 1 to ${most}.`);
}
