// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What an entry of `extends` names, as it is written. */
export type Target =
  | { readonly kind: 'preset'; readonly name: string }
  /** A file of the repository that the file with the entry lies in. */
  | { readonly kind: 'path'; readonly path: string }
  /** A file of another repository; a ref of null is its default branch. */
  | {
      readonly kind: 'remote';
      readonly owner: string;
      readonly name: string;
      readonly path: string;
      readonly ref: string | null;
    };

const longestEntry = 500;
const presetName = /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/;
const yamlPath = /^[^\p{Cc}\p{Cf}\\:]+\.ya?ml$/u;
const remote = /^([A-Za-z\d][\w-]{0,99})\/([\w.-]{1,100}):([^:@]+\.ya?ml)(?:@(.+))?$/;
/** Of what Git allows in a ref's name (git-check-ref-format), that which no revision's syntax gives a meaning. */
const plainRef = /^[A-Za-z\d_](?:[\w./@+-]*[\w@+-])?$/;

/** The entry, or what it would have to be, as the end of a sentence that starts with its place. */
export function readTarget(written: string): Target | { readonly problem: string } {
  if (written.length > longestEntry) return { problem: `must have at most ${longestEntry} characters` };
  if (presetName.test(written)) return { kind: 'preset', name: written };
  const match = remote.exec(written);
  if (match === null) {
    if (!isPlainPath(written)) return { problem };
    return { kind: 'path', path: written.replace(/^\.\//, '') };
  }
  const [, owner = '', name = '', path = '', ref = null] = match;
  if (!isPlainPath(path) || /^\.{1,2}$/.test(name)) return { problem };
  if (ref !== null && !isPlainRef(ref)) return { problem: 'must name a branch, a tag or a whole SHA after @' };
  return { kind: 'remote', owner, name, path, ref };
}

const problem =
  'must be the name of a preset, the path of a .yml or .yaml file in the repository, or OWNER/REPOSITORY:PATH@REF';

/** From the top of the repository, without ways out of it. */
function isPlainPath(path: string): boolean {
  if (!yamlPath.test(path) || path.startsWith('/')) return false;
  return path
    .replace(/^\.\//, '')
    .split('/')
    .every((step) => step !== '' && step !== '.' && step !== '..');
}

function isPlainRef(ref: string): boolean {
  return plainRef.test(ref) && !ref.includes('..') && !ref.includes('//') && !ref.endsWith('.lock');
}

/** Whether what the entry names can never become something else: a preset of this version, or a commit's file. */
export function isPinned(target: Target): boolean {
  return (
    target.kind === 'preset' || (target.kind === 'remote' && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(target.ref ?? ''))
  );
}
