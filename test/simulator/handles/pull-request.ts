// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { account } from '../state/accounts.ts';
import { rerequestRun, rerequestSuite } from '../state/checks.ts';
import { mergePullRequest } from '../state/merging.ts';
import type { CheckRun, Comment, PullRequest, Remark, Review } from '../state/model.ts';
import {
  actor,
  comment,
  deleteComment,
  editComment,
  editPullRequest,
  type PullRequestEdit,
  setDraft,
  setOpen,
} from '../state/pull-requests.ts';
import { announcePush, buildCommits, type SignedCommit } from '../state/pushes.ts';
import {
  deleteReviewComment,
  dismissReview,
  editReview,
  editReviewComment,
  minimise,
  type NewReview,
  review,
} from '../state/reviews.ts';
import { newestRuns } from '../state/rollup.ts';
import type { World } from '../state/world.ts';
import { type PullRequestView, pullRequestView } from '../view.ts';

/** A pull request to act on. Each action sends the webhooks that GitHub would. */
export interface PullRequestHandle {
  readonly state: PullRequest;
  readonly number: number;
  readonly url: string;
  /** Pushes commits to the head branch; with `onto`, a force push that starts from that commit. Returns their ids. */
  push(commits: readonly SignedCommit[], options?: { onto?: string; by?: string }): Promise<string[]>;
  edit(edit: PullRequestEdit, by?: string): Promise<void>;
  markDraft(draft: boolean): Promise<void>;
  close(): Promise<void>;
  reopen(): Promise<void>;
  /** With a merge commit. */
  merge(login?: string): Promise<void>;
  comment(by: string, body: string): Promise<Comment>;
  review(by: string, state: Review['state'], body?: string): Promise<Review>;
  /** The same with inline comments, or drafted before. */
  reviewWith(by: string, input: NewReview): Promise<Review>;
  dismiss(review: Review, by: string): Promise<void>;
  /** Changes what was said, as its writer or anybody with write access can. */
  rewrite(remark: Remark, body: string, by: string): Promise<void>;
  /** A review cannot be deleted once it is submitted. */
  remove(remark: Exclude<Remark, Review>, by: string): Promise<void>;
  /** Hides it, of which GitHub sends no webhook. */
  hide(remark: Remark, hidden?: boolean): void;
  /** «Re-run» on the newest run of that name. */
  rerun(name: string, by?: string): Promise<void>;
  /** Presses the button of the newest run of that name. */
  press(name: string, by: string): Promise<void>;
  /** «Re-run all checks». */
  rerunAll(by?: string): Promise<void>;
  view(): PullRequestView;
  /** The newest run of that name on the head commit. */
  check(name: string): CheckRun | undefined;
}

/** Wraps a pull request's state in what can be done with it. */
export function pullRequestHandle(world: World, state: PullRequest): PullRequestHandle {
  const { repository } = state;
  const by = (login?: string) => actor(world, state, login);
  const check = (name: string) => newestRuns(repository, state.headSha).find((run) => run.name === name);

  return {
    state,
    number: state.number,
    url: `${world.origin}/${repository.owner.login}/${repository.name}/pull/${state.number}`,
    async push(commits, options = {}) {
      const head = state.headRepository;
      if (!head) throw new Error('The head repository was deleted');
      const ref = `refs/heads/${state.headRef}`;
      const before = head.git.refs.get(ref) ?? null;
      if (options.onto) head.git.setRef(ref, options.onto);
      const shas = commits.length === 0 ? [] : buildCommits(head, state.headRef, commits);
      await announcePush(world, head, state.headRef, before, by(options.by));
      return shas;
    },
    edit: (edit, login) => editPullRequest(world, state, edit, login),
    markDraft: (draft) => setDraft(world, state, draft),
    close: () => setOpen(world, state, false),
    reopen: () => setOpen(world, state, true),
    merge: (login) => mergePullRequest(world, state, by(login)),
    comment: (login, body) => comment(world, state, account(world, login), body),
    review: (login, verdict, body = '') => review(world, state, account(world, login), { state: verdict, body }),
    reviewWith: (login, input) => review(world, state, account(world, login), input),
    dismiss: (dismissed, login) => dismissReview(world, dismissed, by(login)),
    rewrite(remark, body, login) {
      const who = account(world, login);
      if (remark.kind === 'IssueComment') return editComment(world, remark, body, who);
      if (remark.kind === 'PullRequestReview') return editReview(world, remark, body, who);
      return editReviewComment(world, remark, body, who);
    },
    remove(remark, login) {
      const who = account(world, login);
      return remark.kind === 'IssueComment'
        ? deleteComment(world, remark, who)
        : deleteReviewComment(world, remark, who);
    },
    hide: (remark, hidden) => minimise(remark, hidden),
    async rerun(name, login) {
      const run = check(name);
      if (!run) throw new Error(`There is no check run «${name}» to run again`);
      await rerequestRun(world, run, by(login));
    },
    async press(name, login) {
      const run = check(name);
      const [button] = run?.actions ?? [];
      if (!run || !button) throw new Error(`There is no button on «${name}»`);
      const requested = button.identifier;
      await world.emit({ event: 'check_run', action: 'requested_action', checkRun: run, requested, sender: by(login) });
    },
    async rerunAll(login) {
      for (const suite of repository.checkSuites.get(state.headSha) ?? [])
        await rerequestSuite(world, suite, by(login));
    },
    view: () => pullRequestView(state),
    check,
  };
}
