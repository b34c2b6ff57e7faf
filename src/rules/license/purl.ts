// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What of a package URL tells one package from another: https://github.com/package-url/purl-spec */
interface Package {
  readonly name: string;
  readonly version: string | null;
  /** Where it comes from, where that is not its ecosystem's own registry. */
  readonly origin: string;
}

/** Qualifiers by which a package of the same name is somebody else's. */
const origins = ['download_url', 'repository_url', 'vcs_url'];

/**
 * Whether a package is the one that the other names; one that names no version means all of them, and one that ends in
 * `/*` all packages of that namespace. Both have to come from the same place: an exception for the registry's package is
 * none for a fork that has its name.
 */
export function isPackage(purl: string, wanted: string): boolean {
  const [one, other] = [parse(purl), parse(wanted)];
  if (one.origin !== other.origin) return false;
  // Only as it is written: a package whose name has an encoded asterisk is that package.
  if (bareOf(wanted).endsWith('/*')) return one.name.startsWith(other.name.slice(0, -1));
  return one.name === other.name && (other.version === null || one.version === other.version);
}

const actionType = 'pkg:githubactions/';

/** `owner/repository`, and what follows it, of a GitHub Action, in lower case; null: it is none. */
export function actionName(purl: string): string | null {
  const { name } = parse(purl);
  return name.startsWith(actionType) && name.includes('/', actionType.length) ? name.slice(actionType.length) : null;
}

/** What a package is called, and where it comes from, whatever its version: equal for the same package. */
export function packageOf(purl: string): string {
  const { name, origin } = parse(purl);
  return `${name} ${origin}`;
}

/** Without qualifiers and what follows them. GitHub writes `pkg:/npm/…`, which the specification lets readers accept. */
function bareOf(purl: string): string {
  return (/^[^?#]*/.exec(purl)?.[0] ?? '').replace(/^pkg:\/+/, 'pkg:');
}

function parse(purl: string): Package {
  const bare = bareOf(purl);
  const qualifiers = (purl.split('#', 1)[0] ?? '').split(/\?(.*)/s)[1] ?? '';
  // The name may begin with @, as npm's scopes do; a version comes after the last slash.
  const slash = bare.lastIndexOf('/');
  const at = bare.lastIndexOf('@');
  const hasVersion = at > slash + 1;
  return {
    name: comparable(decoded(hasVersion ? bare.slice(0, at) : bare)),
    version: hasVersion ? decoded(bare.slice(at + 1)) : null,
    origin: originIn(qualifiers),
  };
}

/** Values may be written encoded or plain, and the keys in any order and case. */
function originIn(qualifiers: string): string {
  const pairs = qualifiers.split('&').map((pair) => {
    const [key = '', value = ''] = pair.split(/=(.*)/s);
    return [key.toLowerCase(), decoded(value)] as const;
  });
  const kept = pairs.filter(([key, value]) => origins.includes(key) && value !== '');
  return JSON.stringify(kept.sort());
}

/** Types whose names are the same in any letter case (https://github.com/package-url/purl-spec, "purl-types"). */
const caseless = ['bitbucket', 'composer', 'github', 'githubactions', 'nuget', 'pypi'].map((type) => `pkg:${type}`);

/** PyPI takes a run of dots, dashes and underscores for one dash (https://peps.python.org/pep-0503/#normalized-names). */
function comparable(written: string): string {
  const slash = written.indexOf('/');
  const type = written.slice(0, slash).toLowerCase();
  const rest = written.slice(slash);
  const name = caseless.includes(type) ? rest.toLowerCase() : rest;
  return type + (type === 'pkg:pypi' ? name.replace(/[-_.]+/g, '-') : name);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
