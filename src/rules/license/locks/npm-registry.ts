// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { originQualifiers } from './origin.ts';
import type { Qualifiers } from './packages.ts';

const registries = ['https://registry.npmjs.org/', 'https://registry.yarnpkg.com/'];

/** The version and the qualifiers of a package that npm, Yarn or pnpm fetches from this address. */
export function npmOrigin(
  name: string,
  version: string,
  resolved: unknown,
): { readonly version: string; readonly qualifiers: Qualifiers } {
  if (typeof resolved !== 'string' || resolved === '') return { version, qualifiers: {} };
  if (isFromRegistry(name, version, resolved)) return { version, qualifiers: {} };
  return { version, qualifiers: originQualifiers(resolved) };
}

/**
 * Whether the address is the registry's own for just this name and version. What is installed is what lies there, so
 * that an address of another package must not lend it this name.
 */
function isFromRegistry(name: string, version: string, resolved: string): boolean {
  const address = resolved.replace(/#[^#]*$/, '').replace(/%2f/gi, '/');
  const file = `${name.slice(name.lastIndexOf('/') + 1)}-${version}.tgz`;
  return registries.some((registry) => address === `${registry}${name}/-/${file}`);
}
