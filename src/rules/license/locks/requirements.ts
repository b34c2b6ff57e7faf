// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Problem } from '../manifests/declared.ts';
import { linesOf } from '../manifests/lines.ts';
import { originQualifiers, registryQualifiers } from './origin.ts';
import { collectPackages, type Lock, type Packages, type Qualifiers } from './packages.ts';

interface Requirement {
  readonly text: string;
  readonly line: number;
}

const longestLine = 2_000;
const pypi = ['https://pypi.org/simple'];

/**
 * Reads a pip requirements file: names, pinned versions, addresses. What is not pinned has no version. Other files
 * that it includes (`-r`, `-c`) are looked at when they change themselves
 * (https://pip.pypa.io/en/stable/reference/requirements-file-format/).
 */
export function readRequirements(text: string): Lock {
  const packages = collectPackages();
  const requirements = requirementsOf(text);
  const registry = requirements.map(({ text }) => otherRegistry(text)).find((one) => one !== null) ?? {};
  for (const requirement of requirements) readRequirement(packages, requirement, registry);
  return packages.lock();
}

/** The lines without comments, those joined that end with a backslash. */
function requirementsOf(text: string): readonly Requirement[] {
  const requirements: Requirement[] = [];
  let whole = '';
  let start = 0;
  const lines = linesOf(text);
  for (const [index, line] of lines.entries()) {
    if (whole === '') start = index + 1;
    const continued = line.endsWith('\\') && index + 1 < lines.length;
    // Most of what is continued are hashes, which say nothing here.
    if (whole.length <= longestLine) whole += ` ${continued ? line.slice(0, -1) : line}`;
    if (continued) continue;
    const cut = whole.slice(0, longestLine);
    const comment = cut.search(/\s#/);
    const requirement = (comment === -1 ? cut : cut.slice(0, comment)).trim();
    if (requirement !== '') requirements.push({ text: requirement, line: start });
    whole = '';
  }
  return requirements;
}

/** An option by which pip takes packages of any name from elsewhere than PyPI, if this is one. */
function otherRegistry(requirement: string): Qualifiers | null {
  const address = /^(?:-i|-f|--index-url|--extra-index-url|--find-links)[\s=]\s*(\S+)/.exec(requirement)?.[1];
  const qualifiers = address === undefined ? {} : registryQualifiers(address, pypi);
  return Object.keys(qualifiers).length === 0 ? null : qualifiers;
}

function readRequirement(packages: Packages, { text, line }: Requirement, registry: Qualifiers): void {
  const editable = /^(?:-e|--editable)[\s=]\s*(.*)$/.exec(text)?.[1];
  if (editable === undefined && text.startsWith('-')) return;
  const wanted = editable ?? text;
  const isAddress = /^[a-z+]{2,20}:\/\/|^git@|^\.{0,2}\/|^\.{1,2}$/.test(wanted);
  if (!(isAddress ? addAddress(packages, wanted, line) : addName(packages, wanted, line, registry))) {
    packages.complain(untold(line));
  }
}

/** `name[extras] == version ; markers`, or `name @ address` (https://peps.python.org/pep-0508/). */
function addName(packages: Packages, requirement: string, line: number, registry: Qualifiers): boolean {
  const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*/.exec(requirement);
  if (match?.[1] === undefined) return false;
  const [whole, name] = match;
  const rest = requirement.slice(whole.length);
  const url = /^@\s*(\S+)/.exec(rest)?.[1];
  if (url !== undefined) {
    packages.add({ type: 'pypi', name, qualifiers: originQualifiers(url), line });
    return true;
  }
  if (!/^(?:$|[;(<>=!~]|--)/.test(rest)) return false;
  const pinned = /^\(?\s*={2,3}\s*([^\s;,)]+)/.exec(rest)?.[1];
  // `== 1.*` pins nothing.
  const version = pinned?.includes('*') ? undefined : pinned;
  packages.add({ type: 'pypi', name, version, qualifiers: registry, line });
  return true;
}

/** An address may say by `#egg=`, or by the name of a wheel, what it holds; a directory is the repository's own. */
function addAddress(packages: Packages, address: string, line: number): boolean {
  const url = address.split(/\s/)[0] ?? '';
  if (/^\./.test(url) && !/\.(?:whl|zip|tar\.\w+)$/.test(url)) return true;
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(url)?.[1];
  const wheel = /\/([A-Za-z0-9._]+)-[^/]*\.whl$/.exec(url.split('#')[0] ?? '')?.[1];
  const name = egg ?? wheel;
  if (name === undefined) return false;
  packages.add({ type: 'pypi', name, qualifiers: originQualifiers(url), line });
  return true;
}

function untold(line: number): Problem {
  return { text: ['The name of this package cannot be told.'], line };
}
