// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { extendedOption, floorOption, offlineOption, policyOption } from './policy-options.ts';
import { addSimulate } from './simulate/command.ts';
import { addStoredCommands } from './stored-commands.ts';
import { UserError } from './user-error.ts';
import { version } from './version.ts';

const description =
  'Checks contributions against a policy: the rules of the Countersign App, on a local Git range or on a recorded contribution.';

const exitCodes = `
Exit codes:
  0  nothing stands in the way
  1  findings: somebody has to act
  2  could not check: bad policy, bad input, facts missing, wrong usage`;

const licenseExitCodes = `
Exit codes:
  0  every license is OSI-approved
  1  one is not, or is not known
  2  a file could not be read`;

const explainExitCodes = `
Exit codes:
  0  the policy is printed
  2  there is no usable policy, or it could not be read`;

const validateExitCodes = `
Exit codes:
  0  no mistakes
  1  a file has mistakes
  2  a file could not be read, or wrong usage`;

const examples = {
  program: `
Examples:
  countersign check                     the current branch, since it left its upstream or default branch
  countersign check origin/main..HEAD   a range of commits
  countersign policy validate .github/countersign.yml`,
  check: `
Examples:
  countersign check                       since the branch left its upstream or default branch
  countersign check v1.2.0..HEAD          commits that HEAD has and v1.2.0 has not; policy as of v1.2.0
  countersign check origin/main...topic   the same, but the policy as of where topic left origin/main
  countersign check HEAD~3                the last three commits
  countersign check --policy dco-only --format sarif > countersign.sarif
  countersign check --all --policy reuse  every file of HEAD, as if it had just come in`,
  evaluate: `
Examples:
  countersign evaluate --contribution recorded.json --policy .github/countersign.yml
  generate-facts | countersign evaluate --contribution - --format json`,
  license: `
Examples:
  countersign license LICENSE third_party/*/LICENSE
  countersign license "MIT OR GPL-2.0+"
  countersign license --format json Cargo.toml`,
  sweep: `
Examples:
  countersign sweep --dry-run             what the App's next sweep would do
  countersign sweep --all --share 50      look at every open pull request, with half of the rate budget`,
  upstream: `
Examples:
  countersign upstream report
  countersign upstream report --policy yocto --format markdown v2.0
  GH_TOKEN=… countersign upstream report   asks GitHub (at GHE_HOST, if set) what became of each change`,
  init: `
Examples:
  countersign policy init                            asks a few questions
  countersign policy init --yes --enforce-from 2027-01-31
  countersign policy init --preset scs
  countersign policy init --yes --print              only shows it`,
  explain: `
Examples:
  countersign policy explain
  countersign policy explain --floor ../dot-github/.github/countersign.yml main
  GITHUB_TOKEN=… countersign policy explain --repo acme/widgets --branch stable`,
  validate: `
Examples:
  countersign policy validate                        the policy of the repository
  countersign policy validate .github/countersign.yml
  countersign policy validate --format json policies/*.yml`,
};

const upstreamExitCodes = `
Exit codes:
  0  the list is printed, whatever is in it
  2  it could not be made: bad policy, unknown revision, wrong usage`;

const initExitCodes = `
Exit codes:
  0  the policy is written, or printed
  2  it is not: there is one already, no repository, wrong usage, or nobody wanted it`;
const sweepExitCodes = `
Settings come from the environment, or from a file .env in this directory, as for the App: APP_ID, PRIVATE_KEY, …

Exit codes:
  0  every installation could be swept
  2  one could not be, or GitHub does not answer, or wrong usage`;

const formats = ['text', 'json', 'sarif', 'markdown'];

/** The command line, and the exit code that its action left once it has run. Commands are loaded when they are called. */
export function createProgram() {
  let code = 0;
  const command = new Command('countersign')
    .description(description)
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addOption(new Option('-C <directory>', 'run as if started there').argParser(nested))
    .option('--verbose', 'list what is in order too; with an error, print where in the program it arose')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .hook('preAction', (program) => changeDirectory(program.opts().C))
    .addHelpText('after', `${examples.program}\n${exitCodes}`);

  command
    .command('check')
    .description('check commits of a local Git repository')
    .argument('[range]', 'BASE..HEAD, BASE...HEAD, or BASE alone for BASE..HEAD; with --all, one revision')
    .option('--all', 'judge the licenses and patches of a whole tree at once, to see what a policy would ask of it')
    .addOption(policyOption(', in place of the policy at the base commit'))
    .addOption(floorOption())
    .addOption(extendedOption())
    .addOption(offlineOption())
    .addOption(new Option('--format <format>', 'how to print the result').choices(formats).default('text'))
    .addHelpText('after', `${examples.check}\n${exitCodes}`)
    .action(async (range: string | undefined, _, self: Command) => {
      if (self.opts().all === true) {
        const { checkAll } = await import('./check-all.ts');
        code = await checkAll(range, self.optsWithGlobals());
        return;
      }
      const { check } = await import('./check.ts');
      code = await check(range, self.optsWithGlobals());
    });

  command
    .command('license')
    .description('say what licenses files hold, or what SPDX expressions mean')
    .argument('<name...>', 'files, - for standard input, or expressions')
    .addOption(new Option('--format <format>', 'how to print the result').choices(['text', 'json']).default('text'))
    .addHelpText('after', `${examples.license}\n${licenseExitCodes}`)
    .action(async (names: string[], options) => {
      const { license } = await import('./license.ts');
      code = await license(names, options);
    });

  command
    .command('evaluate')
    .description('check a contribution given as JSON, such as the App records')
    .requiredOption('--contribution <file>', 'the contribution; - for standard input')
    .addOption(policyOption(' (default: the preset that COUNTERSIGN_DEFAULT_POLICY names, else default)'))
    .addOption(floorOption())
    .addOption(extendedOption())
    .addOption(new Option('--format <format>', 'how to print the result').choices(formats).default('text'))
    .addHelpText('after', `${examples.evaluate}\n${exitCodes}`)
    .action(async (_, self: Command) => {
      const { evaluate } = await import('./evaluate.ts');
      code = await evaluate(self.optsWithGlobals());
    });

  command
    .command('sweep')
    .description('do one sweep of the App: ask again for lost webhooks, look at open pull requests without checks')
    .option('--dry-run', 'only show what it would do')
    .option('--all', 'look at every open pull request')
    .addOption(
      new Option('--share <percent>', "how much of each installation's hourly rate budget it may spend").argParser(
        share,
      ),
    )
    .addOption(new Option('--format <format>', 'how to print the result').choices(['text', 'json']).default('text'))
    .addHelpText('after', `${examples.sweep}\n${sweepExitCodes}`)
    .action(async (options) => {
      const { sweep } = await import('./sweep.ts');
      code = await sweep(options);
    });

  command
    .command('upstream')
    .description('work with changes to code from elsewhere')
    .command('report')
    .description('list the changes to code from elsewhere that a tree carries, by their state upstream and their age')
    .argument('[revision]', 'a commit or branch; HEAD unless given')
    .addOption(policyOption(', in place of the policy in the tree'))
    .addOption(floorOption())
    .addOption(extendedOption())
    .addOption(
      new Option('--format <format>', 'how to print the result').choices(['text', 'json', 'markdown']).default('text'),
    )
    .addOption(offlineOption())
    .addHelpText('after', `${examples.upstream}\n${upstreamExitCodes}`)
    .action(async (revision: string | undefined, options) => {
      const { upstreamReport } = await import('./upstream-report.ts');
      code = await upstreamReport(revision, options);
    });

  const policy = command.command('policy').description('work with policy files');

  policy
    .command('init')
    .description('write a first policy for the repository, proposed by what lies in it')
    .addOption(
      new Option('--preset <name>', 'begin with a preset that ships with countersign, and ask nothing').conflicts([
        'dco',
        'license',
        'upstream',
      ]),
    )
    .option('--no-dco', 'without the DCO rule')
    .option('--no-license', 'without the License rule')
    .option('--no-upstream', 'without the Upstream First rule')
    .option('--upstream <notation>', 'with the Upstream First rule, in this notation')
    .option('--warn', 'warn, and block nothing')
    .option('--enforce-from <day>', 'warn until this day, and enforce from then on')
    .option('--schema <address>', 'where editors find the JSON Schema: an address, or a path from the file')
    .option('--yes', 'ask nothing: take what is proposed')
    .option('--force', 'replace the policy that is there')
    .option('--print', 'print the policy, and write no file')
    .addHelpText('after', `${examples.init}\n${initExitCodes}`)
    .action(async (_, self: Command) => {
      const { init } = await import('./init/init.ts');
      code = await init(self.opts());
    });

  policy
    .command('explain')
    .description('print the policy in force, with the file, line and commit that each value comes from')
    .argument('[revision]', 'a commit or branch of the local repository; HEAD unless given')
    .addOption(policyOption(', in place of the policy in the repository'))
    .addOption(floorOption())
    .addOption(extendedOption())
    .addOption(offlineOption())
    .option(
      '--repo <owner/name>',
      'ask GitHub, with the token in GH_TOKEN or GITHUB_TOKEN, for the policy of that repository',
    )
    .option('--branch <branch>', 'with --repo: the base branch of pull requests; the default branch unless given')
    .addOption(new Option('--format <format>', 'how to print the result').choices(['yaml', 'json']).default('yaml'))
    .addHelpText('after', `${examples.explain}\n${explainExitCodes}`)
    .action(async (revision: string | undefined, options) => {
      const { explain } = await import('./explain.ts');
      code = await explain(revision, options);
    });

  policy
    .command('validate')
    .description('check policy files for mistakes')
    .argument(
      '[file...]',
      "policy files; one named dco.yml is read as the DCO App reads it (default: the repository's)",
    )
    .addOption(new Option('--format <format>', 'how to print the result').choices(['text', 'json']).default('text'))
    .addHelpText('after', `${examples.validate}\n${validateExitCodes}`)
    .action(async (files: string[], options) => {
      const { validate } = await import('./validate.ts');
      code = await validate(files, options);
    });

  const done = (result: number) => {
    code = result;
  };
  addSimulate(policy, done);
  addStoredCommands(command, done);
  policy
    .command('schema')
    .description('print the JSON Schema of policy files, for editors')
    .action(async () => {
      const { policyJsonSchema } = await import('../policy/json-schema.ts');
      process.stdout.write(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
    });

  return { command, exitCode: () => code };
}

/** A percentage as a part of one. */
function share(text: string): number {
  const percent = Number(text);
  if (percent >= 1 && percent <= 50) return percent / 100;
  throw new InvalidArgumentError('It has to be a percentage from 1 to 50: the other half is for people.');
}

/** Several -C add up, as Git's do. */
function nested(directory: string, before: string | undefined): string {
  return resolve(before ?? '.', directory);
}

function changeDirectory(directory: string | undefined): void {
  if (directory === undefined) return;
  try {
    process.chdir(directory);
  } catch {
    throw new UserError(`There is no directory ${directory}, or you may not enter it.`);
  }
}
