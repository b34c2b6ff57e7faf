// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { RepositoryHandle } from '../simulator/handles/repository.ts';
import type { Simulator } from '../simulator/index.ts';
import type { Command, Person, Remark } from './remarks.ts';
import type { Watched } from './watched.ts';

const mia: Person = { login: 'mia', role: 'maintain' };
const max: Person = { login: 'max', role: 'admin' };
const wil: Person = { login: 'wil', role: 'write' };
const zoe: Person = { login: 'zoe', role: 'none' };
const ada: Person = { login: 'ada', role: 'maintain', barred: 'author' };
const robot: Person = { login: 'robot', role: 'admin', barred: 'bot' };

/** Who says what, and how often in a hundred comments. */
const voices: readonly (readonly [Person, Command, number])[] = [
  [mia, 'override', 40],
  [max, 'override', 15],
  [zoe, 'override', 10],
  [wil, 'override', 6],
  [ada, 'override', 6],
  [robot, 'override', 3],
  [max, 'cancel', 6],
  [zoe, 'cancel', 4],
  [ada, 'cancel', 3],
  [robot, 'cancel', 2],
  [mia, 'slip', 5],
];

/** Gives everybody their role in a repository. */
export function invitePeople(simulator: Simulator, repository: RepositoryHandle): void {
  for (const { login, role, barred } of [mia, max, wil, zoe, ada, robot]) {
    if (barred === 'bot') simulator.bot(login);
    else simulator.user(login);
    if (role !== 'none') repository.collaborator(login, role);
  }
}

/** What people do about comments on a pull request. */
export interface Comments {
  write(one: Watched): Promise<void>;
  /** Adds a line to one, so that its command stays what it was. */
  edit(one: Watched): Promise<void>;
  remove(one: Watched): Promise<void>;
}

export function commentsBy(random: () => number): Comments {
  let written = 0;
  /** One that holds, where there is one: it has to end with that. */
  const choose = ({ remarks }: Watched) => {
    const there = remarks.filter(({ deleted }) => !deleted);
    const held = there.filter(({ holds }) => holds);
    const some = held.length > 0 ? held : there;
    return some[Math.floor(random() * some.length)] as Remark;
  };
  return {
    async write(one) {
      const { pullRequest, remarks } = one;
      const [by, command] = draw(random() * 100);
      written += 1;
      const reason = `of reason ${written}`;
      const head = pullRequest.state.headSha;
      const comment = await pullRequest.comment(by.login, textOf(command, reason));
      one.told = `issue_comment.created ${comment.id}`;
      remarks.push({ comment, by, command, reason, head, edited: false, deleted: false, holds: false, grants: 0 });
    },
    async edit(one) {
      const remark = choose(one);
      remark.edited = true;
      one.told = `issue_comment.edited ${remark.comment.id}`;
      await one.pullRequest.rewrite(remark.comment, `${remark.comment.body}\n\nThank you.`, 'wil');
    },
    async remove(one) {
      const remark = choose(one);
      remark.deleted = true;
      one.told = `issue_comment.deleted ${remark.comment.id}`;
      await one.pullRequest.remove(remark.comment, 'wil');
    },
  };
}

function draw(at: number): (typeof voices)[number] {
  let sum = 0;
  const found = voices.find(([, , share]) => {
    sum += share;
    return at < sum;
  });
  return found ?? [mia, 'override', 0];
}

function textOf(command: Command, reason: string): string {
  if (command === 'cancel') return '/override-cancel dco';
  return command === 'slip' ? 'Fine with me.\n\n/override dco' : `Fine with me.\n\n/override dco because ${reason}`;
}
