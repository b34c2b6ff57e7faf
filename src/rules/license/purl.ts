// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A package URL without qualifiers and subpath: https://github.com/package-url/purl-spec */
interface Package {
  readonly name: string;
  readonly version: string | null;
}

/** Whether a package is the one that the other names; one that names no version means all of them. */
export function isPackage(purl: string, wanted: string): boolean {
  const [one, other] = [parse(purl), parse(wanted)];
  return one.name === other.name && (other.version === null || one.version === other.version);
}

function parse(purl: string): Package {
  // GitHub's dependency review writes `pkg:/npm/…`, which the specification lets readers accept.
  const bare = (purl.split(/[?#]/, 1)[0] ?? '').replace(/^pkg:\/+/, 'pkg:');
  // The name may begin with @, as npm's scopes do; a version comes after the last slash.
  const slash = bare.lastIndexOf('/');
  const at = bare.lastIndexOf('@');
  const hasVersion = at > slash + 1;
  return {
    name: typeLowered(decoded(hasVersion ? bare.slice(0, at) : bare)),
    version: hasVersion ? decoded(bare.slice(at + 1)) : null,
  };
}

function typeLowered(name: string): string {
  const slash = name.indexOf('/');
  return name.slice(0, slash).toLowerCase() + name.slice(slash);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
