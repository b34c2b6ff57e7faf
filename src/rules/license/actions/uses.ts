// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** An action, or a reusable workflow, in a repository of its own. */
export interface Use {
  /** `owner/name` */
  readonly repository: string;
  /** Where it lies there; empty: at the root. */
  readonly path: string;
  /** A tag, a branch or a commit. */
  readonly ref: string;
  readonly line: number;
}

/** Files in which GitHub looks for actions. */
const usingActions = /^(?:(?:.*\/)?action\.ya?ml|\.github\/workflows\/[^/]+\.ya?ml)$/;

/** Whether this file may say which actions are used. */
export function mayUseActions(path: string): boolean {
  return usingActions.test(path);
}

/**
 * `uses: owner/name/path@ref`. Local actions (`./…`) and images (`docker://…`) have no such form; what is written in another
 * way is not found, and then unknown. Each part has a longest length, so that no text takes more than linear time.
 */
const use =
  /(?:^|[\s{,])["']?uses["']?\s*:\s*["']?([\w-]{1,100}\/[\w.-]{1,100})(\/[\w./+-]{1,300})?@([\w./+@#$%&=!-]{1,250})(?=["'\s,}]|$)/gm;

/** The actions that a workflow or the file of a composite action uses, by its text. Never throws. */
export function usesIn(text: string): readonly Use[] {
  let line = 1;
  let counted = 0;
  return [...text.matchAll(use)].map((match) => {
    const [whole, repository = '', path = '', ref = ''] = match;
    // The line is that of the reference itself, which may stand below its key.
    const end = match.index + whole.length;
    for (; counted < end; counted += 1) if (text[counted] === '\n') line += 1;
    return { repository, path: path.replace(/^\/+|\/+$/g, ''), ref, line };
  });
}
