// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { say, type Text } from '../../text.ts';
import { successorOfException, successorOfLicense } from './deprecated.ts';
import { exceptionWithId, fold, licenseWithId, type Ternary } from './spdx.ts';
import { suggestionFor } from './suggest.ts';

/** The smallest part of an expression, which has no operators but WITH. */
export interface Leaf {
  /**
   * - `listed`: a license of the SPDX list, perhaps with a plus sign and a listed exception
   * - `reference`: a license or an addition that is explained elsewhere, by LicenseRef-, DocumentRef- or AdditionRef-
   * - `statement`: NONE, UNLICENSED or NOASSERTION
   * - `unrecognised`: none of these; `name` is then what a stranger wrote
   */
  readonly kind: 'listed' | 'reference' | 'statement' | 'unrecognised';
  /** In its canonical spelling: `Apache-2.0`, `Apache-1.1+`, `GPL-2.0-only WITH Classpath-exception-2.0`. */
  readonly name: string;
  /** The listed license's id, without plus sign and exception; null for every other kind. */
  readonly license: string | null;
  /** The id of the listed exception, where there is one. */
  readonly exception: string | null;
  readonly osi: Ternary;
  /** Why it isn't recognised, or what its writer may have mistaken; null where there is nothing to say. */
  readonly problem: Text | null;
  /** What the writer may have meant. Only ever a question: no other part of the judgement uses it. */
  readonly suggestion: string | null;
}

interface Statement {
  readonly name: string;
  readonly osi: Ternary;
  readonly problem: Text | null;
}

/** SPDX has NONE and NOASSERTION (SPDX 3.0, Annex B); npm has UNLICENSED for what nobody may use. */
const statements = new Map<string, Statement>([
  ['none', { name: 'NONE', osi: 'no', problem: null }],
  ['noassertion', { name: 'NOASSERTION', osi: 'unknown', problem: null }],
  [
    'unlicensed',
    {
      name: 'UNLICENSED',
      osi: 'no',
      problem: say`UNLICENSED says that no license is granted. The license that gives up all rights is Unlicense.`,
    },
  ],
]);

const licenseReference = /^(?:DocumentRef-([A-Za-z0-9.-]+):)?LicenseRef-([A-Za-z0-9.-]+)$/i;
const additionReference = /^(?:DocumentRef-([A-Za-z0-9.-]+):)?AdditionRef-([A-Za-z0-9.-]+)$/i;
const longestQuote = 64;

/**
 * Reads a license's name and the exception that follows WITH, if one does, each as written and of ASCII characters
 * only. Deprecated ids come out as what the list has for them today; anything that isn't on the list is unrecognised.
 */
export function readLeaf(word: string, exception: string | null): Leaf {
  const plus = word.endsWith('+');
  const id = plus ? word.slice(0, -1) : word;
  const reference = referenceTo(id, licenseReference, 'LicenseRef-');
  const statement = statements.get(fold(id));
  if (reference === null && statement === undefined) return readLicense(id, plus, exception);
  if (plus) return unrecognised(word, say`${cut(id)} can’t be followed by a plus sign.`);
  if (reference !== null) return readReference(reference, exception);
  if (exception !== null || statement === undefined) return unrecognised(word, say`${cut(word)} takes no exception.`);
  const suggestion = statement.name === 'UNLICENSED' ? 'Unlicense' : null;
  return { kind: 'statement', ...statement, license: null, exception: null, suggestion };
}

function readLicense(id: string, plus: boolean, exceptionWord: string | null): Leaf {
  const written = { license: licenseWithId(id)?.id ?? '', plus, exception: null };
  const now = successorOfLicense(id, plus) ?? written;
  const license = licenseWithId(now.license);
  if (license === null) {
    return unrecognised(`${id}${plus ? '+' : ''}`, say`${cut(id)} is not on the SPDX License List.`);
  }
  const fixed = /-(?:only|or-later)$/.exec(now.license);
  if (now.plus && fixed !== null) {
    const suggestion = now.license.replace(/-only$/, '-or-later');
    return unrecognised(`${id}+`, say`${cut(id)} can’t be followed by a plus sign.`, suggestion);
  }
  const name = `${license.id}${now.plus ? '+' : ''}`;
  const osi = license.osiApproved ? 'yes' : 'no';
  const listed = { kind: 'listed', license: license.id, osi, problem: null, suggestion: null } as const;
  if (exceptionWord === null) return { ...listed, name: withException(name, now.exception), exception: now.exception };
  if (now.exception !== null) {
    return unrecognised(id, say`${cut(id)} has an exception already: it means ${withException(name, now.exception)}.`);
  }
  const exception = readException(exceptionWord);
  if (exception !== null) return { ...listed, name: withException(name, exception), exception };
  return withUnlisted(name, exceptionWord);
}

/** A license with an exception that isn't on the list: whatever the license is, the whole is unknown. */
function withUnlisted(license: string, exceptionWord: string): Leaf {
  const addition = referenceTo(exceptionWord, additionReference, 'AdditionRef-');
  if (addition !== null) return referenced(withException(license, addition));
  const meant = suggestionFor(exceptionWord, 'exception');
  return unrecognised(
    `${license} WITH ${exceptionWord}`,
    say`${cut(exceptionWord)} is not an exception on the SPDX License List.`,
    meant === null ? null : withException(license, meant),
  );
}

function readReference(reference: string, exceptionWord: string | null): Leaf {
  if (exceptionWord === null) return referenced(reference);
  const exception = readException(exceptionWord);
  return exception === null ? withUnlisted(reference, exceptionWord) : referenced(withException(reference, exception));
}

function readException(word: string): string | null {
  return exceptionWithId(successorOfException(word) ?? word);
}

/** The letter case of what stands before the dash has no meaning; the rest is kept as it was chosen. */
function referenceTo(word: string, pattern: RegExp, prefix: string): string | null {
  const match = pattern.exec(word);
  if (match === null) return null;
  const [, document, name = ''] = match;
  return `${document === undefined ? '' : `DocumentRef-${document}:`}${prefix}${name}`;
}

function referenced(name: string): Leaf {
  return { kind: 'reference', name, license: null, exception: null, osi: 'unknown', problem: null, suggestion: null };
}

function unrecognised(written: string, problem: Text, suggestion = suggestionFor(written, 'license')): Leaf {
  const name = cut(written);
  return { kind: 'unrecognised', name, license: null, exception: null, osi: 'unknown', problem, suggestion };
}

function withException(license: string, exception: string | null): string {
  return exception === null ? license : `${license} WITH ${exception}`;
}

/** A stranger's word, short enough for a sentence. */
export function cut(word: string): string {
  return word.length <= longestQuote ? word : `${word.slice(0, longestQuote)}…`;
}
