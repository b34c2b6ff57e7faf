// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Problem } from '../manifests/declared.ts';
import { type Block, blocksOf, contentLines } from './blocks.ts';
import { npmOrigin } from './npm-registry.ts';
import { originQualifiers } from './origin.ts';
import { collectPackages, type Lock, type Packages } from './packages.ts';

interface Entry {
  /** `name@range`, all of which this version satisfies. */
  readonly descriptors: readonly string[];
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Reads a yarn.lock of Yarn 1 or later. Both are read line by line as Yarn writes them, which leaves no room for
 * YAML's aliases and nesting; whatever it would not write is a problem.
 */
export function readYarnLock(text: string): Lock {
  const packages = collectPackages();
  // A key of more than 1,024 characters stands alone behind a question mark, its colon on the next line.
  const { blocks, stray } = blocksOf(
    contentLines(text).filter((one) => one.text !== ':'),
    '',
  );
  if (stray !== null) packages.complain(notYarn(stray.line));
  for (const block of blocks) {
    const fields = fieldsOf(block);
    const descriptors = descriptorsOf(block.text.startsWith('? ') ? `${block.text.slice(2)}:` : block.text);
    if ('notField' in fields) packages.complain(notYarn(fields.notField));
    else if (descriptors.length === 0) packages.complain(notYarn(block.line));
    else addEntry(packages, { descriptors, line: block.line, fields });
  }
  return packages.lock();
}

function notYarn(line: number): Problem {
  return { text: ['This is not as Yarn writes its lock file, so not all of its packages can be told.'], line };
}

/** `name@range, name@range:` with quotes where needed. */
function descriptorsOf(line: string): readonly string[] {
  const keys = line.endsWith(':') ? line.slice(0, -1).replaceAll('"', '').split(',') : [];
  return keys.map((key) => key.trim()).filter((key) => key !== '');
}

/** Fields of the entry itself are indented by two; what lies below them, by more, says nothing here. */
function fieldsOf({ body }: Block): ReadonlyMap<string, string> | { readonly notField: number } {
  const fields = new Map<string, string>();
  for (const { text, line } of body) {
    if (text.startsWith('   ')) continue;
    const [, key, value] = /^ {2}([A-Za-z]{1,50})(?::? (.+)|:)$/.exec(text) ?? [];
    if (key === undefined) return { notField: line };
    if (value !== undefined) fields.set(key, unquoted(value.trim()));
  }
  return fields;
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

function addEntry(packages: Packages, { descriptors, fields, line }: Entry): void {
  const [descriptor = ''] = descriptors;
  if (descriptor === '__metadata') return;
  const name = packageName(descriptor);
  const version = fields.get('version');
  const resolution = fields.get('resolution');
  const resolved = fields.get('resolved');
  // No Yarn writes such an entry, and one of them would install another package than the one that is named here.
  const isTwofold = resolution !== undefined && (resolved !== undefined || splitDescriptor(resolution)[0] !== name);
  if (version === undefined || isTwofold || descriptors.some((one) => packageName(one) !== name)) {
    packages.complain(notYarn(line));
  }
  if (version === undefined) return;
  if (resolution !== undefined && resolved === undefined) addBerry(packages, resolution, version, line);
  else if (resolved !== undefined || !isOwn(splitDescriptor(descriptor)[1])) {
    packages.add({ type: 'npm', name, ...npmOrigin(name, version, resolved), line });
  }
}

/** The package that a descriptor installs: `alias@npm:name@range` installs `name`. */
function packageName(descriptor: string): string {
  const [own, range] = splitDescriptor(descriptor);
  const aliased = /^npm:(@?[^@]+)@/.exec(range)?.[1];
  return aliased ?? own;
}

/** Whether the range is a place in the repository. */
function isOwn(range: string): boolean {
  return /^(?:file|link|portal|workspace):|^\.{0,2}\//.test(range);
}

/** A resolution is `name@protocol:reference`; workspaces and links are the repository's own. */
function addBerry(packages: Packages, resolution: string, version: string, line: number): void {
  const [name, reference] = splitDescriptor(resolution);
  if (isOwn(reference)) return;
  // A patch is kept in the repository; what it patches still comes from where its own descriptor says.
  const patched = /^patch:(?:@[^@/]*\/)?[^@]*@([^#]*)#/.exec(reference)?.[1];
  const source = decoded(patched ?? reference);
  const qualifiers = source === `npm:${version}` ? {} : originQualifiers(source);
  packages.add({ type: 'npm', name, version, qualifiers, line });
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

/** Name and range of `name@range`; the name may start with the scope's own `@`. */
function splitDescriptor(descriptor: string): readonly [string, string] {
  const at = descriptor.indexOf('@', 1);
  return at === -1 ? [descriptor, ''] : [descriptor.slice(0, at), descriptor.slice(at + 1)];
}
