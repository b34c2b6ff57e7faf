// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Remedy } from '../rules/verdict.ts';
import { inertBlock } from './inert.ts';
import type { Page } from './page.ts';
import { fenced, markdown } from './phrase.ts';
import { count } from './wording.ts';

const escaped = 'Characters that can’t be seen are shown as `\\u{…}` here: type them as they are in the original.';

/**
 * Writes the ways to mend it onto the page, whole or not at all: half a command is worse than none. A remedy too long
 * for the page keeps its sentences and says where its commands are; ways past the page's end are counted.
 * `reserve` bytes of the page stay free; `explain` says where to run commands, for readers who are not in a terminal.
 */
export function addRemedies(
  page: Page,
  remedies: readonly Remedy[],
  { reserve, explain }: { readonly reserve: number; readonly explain: boolean },
): void {
  if (remedies.length === 0) return;
  const several = areOptions(remedies);
  const hasCommands = remedies.some(({ commands = [] }) => commands.length > 0);
  const where = 'Run the commands in your clone of the repository, on the branch of the pull request.';
  const which = 'One option is enough, unless its text names only some of the commits.';
  const intro = [explain && hasCommands ? where : '', several ? which : ''].filter((sentence) => sentence !== '');
  page.add(`### How to fix it\n\n${intro.length === 0 ? '' : `${intro.join(' ')}\n\n`}`);
  for (const [index, remedy] of remedies.entries()) {
    const label = several ? `**Option ${index + 1}.** ` : '';
    const whole = remedyMarkdown(remedy, label, page.room());
    if (whole !== null && page.add(whole, reserve)) continue;
    const short = `${label}${markdown(remedy.text)}\n\nIt is too long to be shown here; \`countersign check\` shows it.\n\n`;
    if (page.add(short, reserve)) continue;
    page.add(`… and ${count(remedies.length - index, 'more way')}; all of them: \`countersign check\`\n\n`);
    return;
  }
}

/** Whether a reader chooses among them, and does not have to do all. */
export function areOptions(remedies: readonly Remedy[]): boolean {
  return remedies.length > 1 && !remedies.some(({ partial }) => partial === true);
}

function remedyMarkdown(remedy: Remedy, label: string, room: number): string | null {
  const { commands = [], paste } = remedy;
  const size = commands.reduce((sum, command) => sum + command.length, paste?.length ?? 0);
  if (size > room) return null;
  const blocks = [`${label}${markdown(remedy.text)}`];
  if (commands.length > 0) blocks.push(fenced(commands.map(commandLine).join('\n'), 'shell'));
  if (paste !== undefined) blocks.push(...pasteBlocks(paste));
  return `${blocks.join('\n\n')}\n\n`;
}

/** One command as one line, whatever a quoted value holds. */
export function commandLine(command: string): string {
  return inertBlock(command).replaceAll('\n', '⏎');
}

function pasteBlocks(paste: string): string[] {
  const shown = inertBlock(paste);
  const block = fenced(shown, 'text');
  return shown === paste.replace(/\r\n?/g, '\n') ? [block] : [block, escaped];
}
