// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Annotation, CheckRun, Repository } from '../state/model.ts';
import { newestRuns } from '../state/rollup.ts';
import { type Html, html } from './html.ts';
import { icon, runLabel, runTone, type Tone } from './icons.ts';
import { markdown } from './markdown.ts';

const tones: Readonly<Record<Annotation['level'], Tone>> = { FAILURE: 'bad', WARNING: 'warn', NOTICE: 'quiet' };

function lines(one: Annotation): string {
  const column = one.startColumn === null ? '' : `:${one.startColumn}`;
  return one.endLine === one.startLine ? `${one.startLine}${column}` : `${one.startLine}–${one.endLine}`;
}

function annotation(one: Annotation): Html {
  const title = one.title === null ? null : html`<p><b>${one.title}</b></p>`;
  const raw = one.rawDetails === null ? null : html`<pre><code>${one.rawDetails}</code></pre>`;
  return html`<div class="annotation ${tones[one.level]}"><div class="file"><code>${one.path}:${lines(one)}</code> · ${one.level.toLowerCase()}</div>${title}<p>${one.message}</p>${raw}</div>`;
}

function duration(run: CheckRun): string {
  if (!run.startedAt || !run.completedAt) return '';
  return `in ${Math.max(0, Math.round((run.completedAt.getTime() - run.startedAt.getTime()) / 1000))}s`;
}

function output(run: CheckRun): Html {
  const { title, summary, text, annotations } = run;
  return html`<div class="output">
<p class="small soft">${runLabel(run)} ${duration(run)} · ${run.suite.app.name} · <code>${run.suite.sha.slice(0, 7)}</code></p>
${title === null ? null : html`<h3 class="title">${title}</h3>`}
${summary === null ? null : html`<p class="part">Summary</p><div class="markdown">${markdown(summary)}</div>`}
${text === null ? null : html`<p class="part">Details</p><div class="markdown">${markdown(text)}</div>`}
${annotations.length === 0 ? null : html`<p class="part">Annotations</p>${annotations.map(annotation)}`}
</div>`;
}

function run(one: CheckRun): Html {
  const title = one.title === null ? null : html`<span class="soft"> — ${one.title}</span>`;
  return html`<details class="run" id="run-${one.id}" open>
<summary class="row">${icon(runTone(one), runLabel(one))}<span class="grow"><b>${one.name}</b>${title}</span><span class="more">${runLabel(one)}</span></summary>
${output(one)}</details>`;
}

function count(runs: readonly CheckRun[], tone: Tone): number {
  return runs.filter((one) => runTone(one) === tone).length;
}

/** One line for a set of runs, as under a pull request: what is worst decides. */
export function headline(runs: readonly CheckRun[]): { tone: Tone; text: string } {
  const [bad, warn, busy] = [count(runs, 'bad'), count(runs, 'warn'), count(runs, 'busy')];
  if (runs.length === 0) return { tone: 'busy', text: 'No check has reported yet' };
  if (bad > 0) return { tone: 'bad', text: `${bad} of ${runs.length} checks failed` };
  if (warn > 0)
    return { tone: 'warn', text: `${warn} of ${runs.length} checks ${warn === 1 ? 'needs' : 'need'} somebody to act` };
  if (busy > 0) return { tone: 'busy', text: `${busy} of ${runs.length} checks have not completed yet` };
  return { tone: 'good', text: 'All checks have passed' };
}

/** Every newest check run of a commit, each of them opened. */
export function checksSection(repository: Repository, sha: string): Html {
  const runs = newestRuns(repository, sha);
  const { tone, text } = headline(runs);
  const head = html`<div class="row head">${icon(tone, text)}<span class="grow">${text}</span></div>`;
  return html`<section id="checks"><h2>Checks</h2><div class="box">${head}<div>${runs.map(run)}</div></div></section>`;
}
