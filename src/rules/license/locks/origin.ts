// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Qualifiers } from './packages.ts';

const longestAddress = 1_000;
/** Addresses of version control by their form alone, as npm, pip and Bundler write them. */
const versionControl = /^(?:git|hg|svn|bzr)(?:\+|:\/\/|@)|^ssh:\/\/|^(?:github|gitlab|bitbucket):|\.git(?:#|$)/;

/**
 * The purl qualifier that says where a package comes from: `vcs_url` for version control, else `download_url`
 * (https://github.com/package-url/purl-spec). Passwords in the address are left out: it is shown in public.
 */
export function originQualifiers(address: string): Qualifiers {
  const plain = withoutPassword(address.trim()).slice(0, longestAddress).toWellFormed();
  return versionControl.test(plain) ? { vcs_url: plain } : { download_url: plain };
}

/** The qualifier for a package of another registry than its ecosystem's own. */
export function registryQualifiers(address: string, own: readonly string[]): Qualifiers {
  const plain = withoutPassword(address.trim()).slice(0, longestAddress).toWellFormed();
  return own.includes(plain.replace(/\/$/, '')) ? {} : { repository_url: plain };
}

/** The qualifier for a package that lies in a Git repository at a commit or tag. */
export function gitQualifiers(address: string, revision: string): Qualifiers {
  const plain = withoutPassword(address.trim());
  const prefixed = plain.startsWith('git+') ? plain : `git+${plain}`;
  const whole = revision === '' ? prefixed : `${prefixed}@${revision}`;
  return { vcs_url: whole.slice(0, longestAddress).toWellFormed() };
}

function withoutPassword(address: string): string {
  return address.replace(/^([a-z0-9+.-]{1,30}:\/\/)[^/@]{0,1000}@/i, '$1');
}
