// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../../text.ts';
import { bounded } from '../evidence.ts';
import type { Problem } from '../model.ts';
import type { Field } from '../patch/fields.ts';
import type { Mainline } from './suse-mainline.ts';

const most = 50;

/** The tags by their names in lower case, in which they are compared. */
export type Tags = ReadonlyMap<string, readonly Field[]>;

/** The header's fields, at most 50 of each name. */
export function readTags(fields: readonly Field[]): Tags {
  const tags = new Map<string, Field[]>();
  for (const field of fields) {
    const name = field.name.toLowerCase();
    const known = tags.get(name);
    if (known === undefined) tags.set(name, [field]);
    else if (known.length < most) known.push(field);
  }
  return tags;
}

/** Every tag of a name, in the order in which they stand there. */
export function tagged(tags: Tags, name: string): readonly Field[] {
  return tags.get(name.toLowerCase()) ?? [];
}

/** A value of `Git-commit`. */
export const shaLine = /^([0-9a-f]{40})(?:\s{1,8}\(partial\))?$/i;

/** The tags that a value of `Patch-mainline` needs, and that aren't there. */
export function missing({ line, raw }: Field, { requires }: Mainline, tags: Tags): readonly Problem[] {
  return requires
    .filter((name) => tagged(tags, name).length === 0)
    .map((name) => {
      const text = say`${bounded(raw)} needs a tag ${[name]} beside it.`;
      return {
        code: 'upstream.missing-evidence',
        line,
        text,
        suggestion: `${name}: ${name === 'Git-repo' ? 'URL' : 'SHA'}`,
      };
    });
}

/** The tags that a value of `Patch-mainline` rules out, and that are there. */
export function excluded({ raw }: Field, { excludes }: Mainline, tags: Tags): readonly Problem[] {
  return excludes.flatMap((name) =>
    tagged(tags, name).map(({ line }) => {
      const text = say`${bounded(raw)} and ${[name]} exclude each other. One of the two lines has to go, or to be changed.`;
      return { code: 'upstream.contradiction', line, text, suggestion: null };
    }),
  );
}

/** What is wrong with the tags by themselves. */
export function tagProblems(tags: Tags): readonly Problem[] {
  const problem = (code: string, { line }: Field, text: Text, suggestion: string | null) => ({
    code,
    line,
    text,
    suggestion,
  });
  const mainlines = tagged(tags, 'Patch-mainline');
  const [first] = [...mainlines, ...tagged(tags, 'Git-commit'), ...tagged(tags, 'Git-repo')];
  if (first === undefined) return [];
  const problems: Problem[] = mainlines
    .slice(1)
    .map((field) =>
      problem(
        'upstream.duplicate',
        field,
        ['Patch-mainline may stand there only once, even with the same value.'],
        null,
      ),
    );
  for (const field of tagged(tags, 'Git-commit')) {
    if (shaLine.test(field.value)) continue;
    problems.push(
      problem(
        'upstream.near-miss',
        field,
        say`${bounded(field.raw)} has to be all 40 digits of the commit, and (partial) where the patch is a part of it.`,
        null,
      ),
    );
  }
  for (const field of tagged(tags, 'Git-repo').filter(({ value }) => !value.includes('/'))) {
    problems.push(
      problem(
        'upstream.near-miss',
        field,
        say`${bounded(field.raw)} has to be the address of the repository.`,
        'Git-repo: URL',
      ),
    );
  }
  if (mainlines.length === 0) {
    problems.push(
      problem(
        'upstream.missing-evidence',
        first,
        say`${bounded(first.raw)} needs a tag Patch-mainline beside it.`,
        `Patch-mainline: VERSION`,
      ),
    );
  } else if (tagged(tags, 'References').length === 0) {
    problems.push(
      problem(
        'upstream.missing-reference',
        first,
        ['References is missing: the bug or feature that the patch is for.'],
        'References: bsc#NUMBER',
      ),
    );
  }
  return problems;
}
