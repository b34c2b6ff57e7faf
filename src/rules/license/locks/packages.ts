// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createRequire } from 'node:module';
import type { PackageURL } from 'packageurl-js';
import { say } from '../../text.ts';
import { excerpt, type Problem } from '../manifests/declared.ts';

/** A package that a lock file brings in. Everything here is what the file claims. */
export interface LockedPackage {
  /**
   * Its package URL (https://github.com/package-url/purl-spec). One that does not come from its ecosystem's own
   * registry has a qualifier that says where from, so that it never passes for the registry's package of that name.
   */
  readonly purl: string;
  /** The SPDX expression that the lock file itself gives; null where it gives none. */
  readonly license: string | null;
  readonly line: number | null;
}

export interface Lock {
  readonly packages: readonly LockedPackage[];
  /** Why the file, or a part of it, could not be read; what could be read of it is in `packages` all the same. */
  readonly problem: Problem | null;
}

/** A package as its lock file names it. */
export interface Named {
  readonly type: 'cargo' | 'composer' | 'gem' | 'golang' | 'maven' | 'npm' | 'pypi';
  /** Up to the last slash the namespace: `@scope/name`, `vendor/name`, `github.com/owner/name`. */
  readonly name: string;
  readonly version?: string | undefined;
  readonly qualifiers?: Qualifiers | undefined;
  readonly license?: string | null;
  readonly line: number | null;
}

export type Qualifiers = Readonly<Record<string, string>>;

/** Collects the packages of one lock file, each purl and license once. */
export interface Packages {
  add(named: Named): void;
  /** Notes what stands in the way; the first is kept. */
  complain(problem: Problem): void;
  lock(): Lock;
}

/** Registries allow fewer than 300 characters for a name; Go's and Maven's may be made of several. */
const longestPart = 1_000;

/** More than the largest of projects have; a file of twice as many takes a third of a second. */
const mostPackages = 10_000;

export function collectPackages(): Packages {
  const packages = new Map<string, LockedPackage>();
  let first: Problem | null = null;
  const complain = (problem: Problem) => {
    first ??= problem;
  };
  return {
    add: (named) => {
      if (packages.size >= mostPackages) {
        complain({
          text: [`It names more than ${mostPackages.toLocaleString('en')} packages.`],
          line: named.line ?? 1,
        });
        return;
      }
      const purl = purlOf(named);
      const license = named.license ?? null;
      if (purl === null) {
        const text = say`This name and version cannot be those of a package: ${excerpt(`${named.name} ${named.version ?? ''}`)}.`;
        complain({ text, line: named.line ?? 1 });
        return;
      }
      const key = `${purl}\0${license}`;
      if (!packages.has(key)) packages.set(key, { purl, license, line: named.line });
    },
    complain,
    lock: () => ({ packages: [...packages.values()], problem: first }),
  };
}

/** A lock file of which nothing can be used. */
export function unreadableLock(problem: Problem): Lock {
  return { packages: [], problem };
}

/** Loaded with the first package, since it takes longer to load than most lock files to read. */
let library: { readonly PackageURL: typeof PackageURL } | undefined;

/** The package URL, null where the name cannot be one. */
export function purlOf({ type, name, version = '', qualifiers = {} }: Named): string | null {
  if (name.length > longestPart || version.length > longestPart) return null;
  const slash = name.lastIndexOf('/');
  const namespace = name.slice(0, Math.max(slash, 0));
  const own = name.slice(slash + 1);
  // A name is never made of blanks and control characters, and what is lost by normalising must not join two names.
  if (own === '' || /[\p{Cc}\s]/u.test(name + version) || `/${name}`.includes('//')) return null;
  try {
    library ??= createRequire(import.meta.url)('packageurl-js') as { readonly PackageURL: typeof PackageURL };
    const purl = new library.PackageURL(type, namespace, own, version, qualifiers, undefined).toString();
    // The library writes some values that it can't read again, such as a lone % in an address.
    return library.PackageURL.fromString(purl).toString() === purl ? purl : null;
  } catch {
    // The library has no error of one kind for what cannot be written: lone surrogates, a Maven name without a group.
    return null;
  }
}
