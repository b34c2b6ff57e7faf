// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { ChangedFile, Entry, Facts } from '../../contribution/contribution.ts';
import { comparedWith } from '../changed-files/compared-with.ts';
import { entriesIn } from '../contents.ts';
import { oncePer } from '../once.ts';
import type { Lookup } from '../rule.ts';
import { isOnlyCalledSo } from './called-so.ts';
import { type Exceptions, exceptionsOn } from './exceptions.ts';
import { type Kind, kindOf } from './kind.ts';
import { type Scope, scopesOf } from './scope.ts';
import type { LicenseSettings } from './settings.ts';
import { vendoredIn } from './vendored-paths.ts';

export { textFile, wholeText } from '../contents.ts';

/** A changed file. */
export interface Subject {
  /** At the head; of a deleted file, at the base. */
  readonly path: string;
  /** Where it lay at the base; null where it is new. */
  readonly former: string | null;
  readonly deleted: boolean;
  readonly kind: Kind;
  /** The outermost directory for code from elsewhere that it lies in; null for the repository's own files. */
  readonly vendored: string | null;
}

/** The facts and settings as this rule looks at them. */
export interface Case {
  readonly facts: Facts;
  readonly settings: LicenseSettings;
  /** The commit that files are compared with; null: none, everything is new; undefined: not known yet. */
  readonly base: string | null | undefined;
  readonly subjects: readonly Subject[];
  readonly exceptions: Exceptions;
  scopeOf(path: string): Scope;
  /** What lies there at the head, or at the base; null: nothing does; undefined: nobody looked. */
  atHead(path: string): Entry | undefined;
  atBase(path: string): Entry | undefined;
  /** The same before the contribution: at the base or, where a whole tree is judged at once, in it. */
  atOutset(path: string): Entry | undefined;
  /** Whether the source already looked there. */
  has(lookup: Pick<Lookup, 'commit' | 'path'>): boolean;
}

export const caseOf = oncePer((facts: Facts, settings: LicenseSettings): Case => {
  const base = comparedWith(facts);
  const at = entriesIn(facts.contents);
  const atHead = (path: string) => at(facts.head.sha, path);
  const atBase = (path: string) => (base == null ? null : at(base, path));
  return {
    facts,
    settings,
    base,
    subjects: facts.files === null ? [] : judgedAs(subjectsOf(facts.files, settings), facts, atHead, atBase),
    exceptions: exceptionsOn(settings, facts.judgedOn),
    scopeOf: scopesOf(settings),
    atHead,
    atBase,
    atOutset: (path) => at(base ?? facts.head.sha, path),
    has: ({ commit, path }) => at(commit, path) !== undefined,
  };
});

type At = (path: string) => Entry | undefined;

/** The same list where each file is what its name says. */
function judgedAs(subjects: readonly Subject[], facts: Facts, atHead: At, atBase: At): readonly Subject[] {
  const onlyCalledSo = (one: Subject) => isOnlyCalledSo(one, atHead(one.path), atBase(one.former ?? one.path), facts);
  if (!subjects.some(onlyCalledSo)) return subjects;
  return subjects.map((one) => (onlyCalledSo(one) ? { ...one, kind: 'source' } : one));
}

const subjectsOf = oncePer((files: readonly ChangedFile[], settings: LicenseSettings): readonly Subject[] => {
  const vendored = vendoredIn(settings.vendored);
  return files.flatMap(({ path, change, previousPath }) => {
    const common = { path, kind: kindOf(path), vendored: vendored(path) };
    switch (change) {
      case 'added':
      case 'copied':
        return [{ ...common, former: null, deleted: false }];
      case 'deleted':
        return [{ ...common, former: path, deleted: true }];
      case 'renamed':
        return renamed({ ...common, former: previousPath ?? null, deleted: false }, vendored);
      default:
        return [{ ...common, former: path, deleted: false }];
    }
  });
});

/** A license file that is renamed to something else is gone, as the list of files would hide. */
function renamed(subject: Subject, vendored: (path: string) => string | null): Subject[] {
  const { former, kind } = subject;
  if (former === null || kindOf(former) === kind) return [subject];
  const before = { path: former, former, deleted: true, kind: kindOf(former), vendored: vendored(former) };
  return [before, subject];
}
