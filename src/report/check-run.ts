// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { hash } from 'node:crypto';
import type { Judgement } from '../engine.ts';
import { shortCommit } from '../policy/in-force.ts';
import { type Annotation, annotate } from './annotations.ts';
import { announcementSuffix } from './announcement.ts';
import { findingsMarkdown } from './findings.ts';
import { isOverridden, titleWith } from './override.ts';
import { type Action, overrideButton } from './override-button.ts';
import { plain } from './phrase.ts';
import { longestPreview } from './preview.ts';
import { type Context, summaryMarkdown } from './summary.ts';
import { count } from './wording.ts';

/** A check run's content, as the checks API takes it. The same judgement gives the same bytes. */
export interface CheckRunOutput {
  readonly name: string;
  readonly conclusion: 'success' | 'action_required' | 'failure' | 'neutral';
  /** Plain text, at most 255 characters. */
  readonly title: string;
  /** Markdown, below 65,535 characters and bytes; so is `text`. */
  readonly summary: string;
  readonly text: string;
  /** 200 at most. GitHub takes 50 in a request. */
  readonly annotations: readonly Annotation[];
  /** Buttons, 3 at most. Whoever can push sees them; who may press one is decided when it is pressed. */
  readonly actions: readonly Action[];
  /** Commits that the policy was read at, as they are shown: a later one with the same policy is nothing to write about. */
  readonly readAt?: readonly string[];
  /** What comes after `text`. It is made later and kept apart, so that the digest stays the same without it. */
  readonly preview?: PreviewOutput;
}

/** What a change of the policy would do to other pull requests. */
export interface PreviewOutput {
  /** Equal for the same two policies. */
  readonly key: string;
  /** Whether it is there; else the text says that it is to come. */
  readonly ready: boolean;
  /** Markdown, `longestPreview` bytes at most. */
  readonly text: string;
}

/**
 * Raised by hand when the rendering changes in a way that shall reach check runs already posted. It is only needed
 * where the bytes stay the same and their meaning doesn't; other changes show in the digest by themselves.
 */
const renderVersion = 1;

// https://docs.github.com/en/rest/checks/runs: "Maximum length: 65535 characters", for summary and text each.
const fieldLimit = 65_000;
const titleLimit = 255;

/** Renders a judgement as the check run that GitHub shows. Never fails, whatever strangers wrote into the findings. */
export function renderCheckRun(judgement: Judgement, context: Context): CheckRunOutput {
  const { name, verdict } = judgement;
  const { annotations, left } = annotate(verdict.findings, name);
  const unannotated = left === 0 ? '' : `\n\n${count(left, 'finding')} in files could not be shown beside the lines.`;
  const preview = verdict.rule === 'policy' ? context.preview : undefined;
  const room = fieldLimit - unannotated.length - (preview === undefined ? 0 : longestPreview);
  const text = findingsMarkdown(verdict.findings, context.commitUrl, room);
  return {
    name,
    conclusion: conclusionOf(judgement),
    title: titleOf(judgement),
    summary: summaryMarkdown(judgement, context, fieldLimit),
    text: `${text === '' ? 'There are no findings.' : text}${unannotated}`,
    annotations,
    actions: actionsOf(judgement, context),
    ...(verdict.rule === 'policy' ? { readAt: shownCommits(context) } : {}),
    ...(preview === undefined ? {} : { preview }),
  };
}

function shownCommits({ policySources }: Context): readonly string[] {
  return policySources.flatMap(({ commit }) => (commit == null ? [] : [commit.slice(0, shortCommit)]));
}

function actionsOf(judgement: Judgement, { buttons }: Context): readonly Action[] {
  const { outcome, rule } = judgement.verdict;
  const blocks = (outcome === 'fail' || outcome === 'incomplete') && !isOverridden(judgement);
  return blocks && buttons?.has(rule) === true ? [overrideButton] : [];
}

/** A SHA-256 in hexadecimal over everything that is posted: equal digests mean that there is nothing to write. */
export function digest(output: CheckRunOutput): string {
  const { name, conclusion, title, summary, text, annotations, actions } = output;
  const marks = annotations.map((annotation) => [
    annotation.path,
    annotation.startLine,
    annotation.endLine,
    annotation.startColumn ?? null,
    annotation.endColumn ?? null,
    annotation.level,
    annotation.title,
    annotation.message,
    ...(annotation.rawDetails === undefined ? [] : [annotation.rawDetails]),
  ]);
  const buttons = actions.map(({ label, description, identifier }) => [label, description, identifier]);
  const canonical = JSON.stringify([renderVersion, name, conclusion, title, summary, text, marks, buttons]);
  const timeless = (output.readAt ?? []).reduce((all, commit) => all.replaceAll(commit, ''), canonical);
  return hash('sha256', timeless);
}

// Whoever counts in UTF-16 counts an emoji twice: with half as many code points it fits for them too.
function titleOf(judgement: Judgement): string {
  const title = titleWith(judgement);
  const suffix = announcementSuffix(judgement);
  const limit = titleLimit - suffix.length;
  const full = plain(title, limit);
  return `${full.length <= limit ? full : plain(title, Math.floor(limit / 2))}${suffix}`;
}

// `neutral` and `skipped` satisfy a required check, so missing facts are a failure even where the rule only warns.
function conclusionOf(judgement: Judgement): CheckRunOutput['conclusion'] {
  const { mode, verdict } = judgement;
  if (isOverridden(judgement)) return 'success';
  switch (verdict.outcome) {
    case 'pass':
    case 'not-applicable':
      return 'success';
    case 'fail':
      return mode === 'warn' ? 'neutral' : 'action_required';
    case 'incomplete':
      return 'failure';
  }
}
