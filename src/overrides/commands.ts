// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { globProblem } from '../rules/glob.ts';
import { say, type Text } from '../rules/text.ts';
import { mentionsCommand } from './mention.ts';
import type { Command, Commands } from './overrides.ts';
import { slashLines } from './prose.ts';
import { readWords } from './words.ts';

/** Commands in one comment at most; more of them are no longer a person's decision on each. */
export const mostCommands = 20;
/** GitHub takes 65,536 characters, of which each may take two code units. */
const longestBody = 2 * 65_536;
/** Problems that are told of one comment. */
const mostProblems = 5;

type Problem = Commands['problems'][number];
type Read = Command | Problem;

/**
 * The commands in a comment's Markdown: each a whole line outside of code, quotes and HTML. What begins like a command
 * and isn't one is a problem, and so are more than 20 commands. Never throws; linear time.
 */
export function readCommands(body: string): Commands {
  if (!mentionsCommand(body)) return { commands: [], problems: [], truncated: false };
  if (body.length > longestBody) return tooMuch(1, ['The comment is too long to be read.']);
  const commands: Command[] = [];
  const problems: Problem[] = [];
  for (const slashLine of slashLines(body)) {
    const read = readLine(slashLine.line, slashLine.text, slashLine.unsure);
    if (read === null) continue;
    if (commands.length + problems.length === mostCommands) {
      return tooMuch(read.line, [`There are more than ${mostCommands} commands in the comment.`]);
    }
    if ('kind' in read) commands.push(read);
    else problems.push(read);
  }
  return { commands, problems: problems.slice(0, mostProblems), truncated: false };
}

/** Reading some of them would leave out the last one, which may take back the others. */
function tooMuch(line: number, text: Text): Commands {
  return { commands: [], problems: [{ line, text }], truncated: true };
}

function readLine(line: number, text: string, unsure: string | null): Read | null {
  const match = /^\/(override-cancel|override|recheck|policy)(?=\s|$)/i.exec(text);
  const keyword = match?.[1]?.toLowerCase();
  if (keyword === undefined) return looksLike(line, text);
  const rest = text.slice(keyword.length + 1);
  if (keyword === 'recheck' || keyword === 'policy') {
    // Nothing is granted by these, so that a doubtful one may as well be followed.
    return rest.trim() === '' ? { kind: keyword, line } : null;
  }
  if (unsure !== null) return { line, text: [`This line could not be taken for a command, since ${unsure}.`] };
  return keyword === 'override' ? readOverride(line, rest) : readCancel(line, rest);
}

/** `/override: dco` and the like are meant as commands. `/override/notes.md` and `/overrides` are not. */
function looksLike(line: number, text: string): Problem | null {
  if (!/^\/override(?:-cancel)?(?![\p{L}\p{N}_/.])/iu.test(text)) return null;
  return { line, text: say`There is no command like ${text}.` };
}

function readOverride(line: number, rest: string): Read {
  const words = readWords(rest);
  if ('problem' in words) return { line, text: words.problem };
  const { names, scope, reason } = words;
  if (names === null) return { line, text: say`${'/override'} has to name a check.` };
  const wrong = scope !== null && 'path' in scope ? globProblem(scope.path) : null;
  if (wrong !== null) return { line, text: say`The path after ${'for'} ${[wrong]}.` };
  return { kind: 'override', checks: names, scope, reason, line };
}

/** A reason may be given and is not kept. */
function readCancel(line: number, rest: string): Read {
  const words = readWords(rest);
  if ('problem' in words) return { line, text: words.problem };
  if (words.scope !== null) {
    return {
      line,
      text: say`${'/override-cancel'} takes back every override of a check, so ${'for'} has no place in it.`,
    };
  }
  return { kind: 'cancel', checks: words.names ?? 'all', line };
}
