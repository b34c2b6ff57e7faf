// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// REUSE-IgnoreStart
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

/** The pull requests of the benchmark: everything about one follows from its index, so that no process holds a list. */

export const installations = 20;
const repositoriesEach = 10;

/** Every fifth patch says that it is a commit of upstream's, which the App asks GitHub about; the others were sent. */
const backportEvery = 5;
/** Every tenth pull request has a commit without a sign-off, so that failures are rendered, too. */
const unsignedEvery = 10;

export interface PullRequest {
  readonly index: number;
  readonly installationId: number;
  readonly owner: string;
  readonly name: string;
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
}

export interface File {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

export function pullRequest(index: number): PullRequest {
  const installation = index % installations;
  const repository = Math.floor(index / installations) % repositoriesEach;
  return {
    index,
    installationId: installation + 1,
    owner: `octo-${installation + 1}`,
    name: `engine-${repository + 1}`,
    number: index + 1,
    headSha: shaOf('head', index),
    baseSha: shaOf('base', index),
  };
}

/** A commit id that ends in the index, so that an answer about a commit needs no memory. */
export function shaOf(kind: string, index: number): string {
  const hash = createHash('sha1').update(`${kind} ${index}`).digest('hex');
  return hash.slice(0, 32) + index.toString(16).padStart(8, '0');
}

export function indexOf(sha: string): number {
  return Number.parseInt(sha.slice(-8), 16);
}

export function isUnsigned(index: number): boolean {
  return index % unsignedEvery === unsignedEvery - 1;
}

/** The check runs that the App has to post, by name. */
export function expectedChecks(index: number): Readonly<Record<string, string>> {
  return {
    Policy: 'SUCCESS',
    DCO: isUnsigned(index) ? 'ACTION_REQUIRED' : 'SUCCESS',
    License: 'SUCCESS',
    'Upstream First': 'SUCCESS',
  };
}

/** All three rules on. Each repository has a file of its own, as far as a cache by object id can tell. */
export function policyOf({ owner, name }: PullRequest): string {
  return `# The policy of ${owner}/${name}
version: 1
dco:
  mode: enforce
license:
  mode: enforce
  scopes:
    - { paths: ["patches/**"], headers: off }
upstream:
  preset: yocto
  remotes:
    default: { repo: upstream/engine, branch: main }
`;
}

export const author = { name: 'Ada Example', email: 'ada@example.org' };

export function commitMessages(index: number): readonly string[] {
  const signOff = `Signed-off-by: ${author.name} <${author.email}>`;
  const why = 'The reason takes a few sentences, as it does in a project that wants to know later why a line is there. '
    .repeat(4)
    .trim();
  return [
    `Read the ${index}th register once\n\n${why}\n\n${signOff}\n`,
    `Test what is read\n\n${why}\n\n${signOff}\n`,
    `Carry the patch for it\n\n${why}\n${isUnsigned(index) ? '' : `\n${signOff}\n`}`,
  ];
}

const tag = 'SPDX-License-Identifier: Apache-2.0';
const comment = (n: number) => `// As the data sheet has it on page ${n}, and not as the errata do.\n`;
const line = (n: number) =>
  `${n % 8 === 0 ? comment(n) : ''}export const value${n} = read('register', ${n}).map(Number);\n`;
const code = (lines: number) => Array.from({ length: lines }, (_, n) => line(n)).join('');
const source = `// ${tag}\n\n${code(200)}`;
const test = `// ${tag}\n\n${code(120)}`;
const guide = `# Guide\n\n${'A paragraph of the guide that explains what the registers are for.\n\n'.repeat(40)}`;
const added = `// ${tag}\n\n${code(80)}`;

/** What a pull request changes: five files of some kilobytes. `web` is the address of GitHub's pages. */
export function filesOf(index: number, web: string): readonly File[] {
  const change = `export const last = ${index};\n`;
  return [
    { path: 'src/engine/registers.ts', before: source, after: source + change },
    { path: `src/engine/registers-${index}.ts`, before: null, after: added + change },
    { path: 'test/engine/registers.test.ts', before: test, after: test + change },
    { path: 'docs/guide.md', before: guide, after: `${guide}Number ${index}.\n` },
    { path: `patches/0001-read-register-${index}.patch`, before: null, after: patchOf(index, web) },
  ];
}

export const upstreamDiff = '@@ -1,2 +1,2 @@\n context\n-read();\n+readOnce();';
export const upstreamPath = 'src/read.c';

function patchOf(index: number, web: string): string {
  const isBackport = index % backportEvery === 0;
  const status = isBackport
    ? `Backport [${web}/upstream/engine/commit/${shaOf('upstream', index)}]`
    : `Submitted [https://lists.example.org/engine/${index}]`;
  return `From: ${author.name} <${author.email}>
Subject: [PATCH] Read the register once

Upstream-Status: ${status}
---
 ${upstreamPath} | 2 +-

--- a/${upstreamPath}
+++ b/${upstreamPath}
${upstreamDiff}
`;
}

const licenses = createRequire(import.meta.url)('spdx-license-list/full') as Record<string, { licenseText: string }>;

/** What lies at the root of every repository. */
export const rootFiles: Readonly<Record<string, string>> = { LICENSE: licenses['Apache-2.0']?.licenseText ?? '' };
// REUSE-IgnoreEnd
