// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Problem } from '../manifests/declared.ts';
import { type Block, blocksOf, contentLines } from './blocks.ts';
import { npmOrigin } from './npm-registry.ts';
import { originQualifiers } from './origin.ts';
import { collectPackages, type Lock, type Packages } from './packages.ts';

interface Entry {
  readonly descriptor: string;
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
    const descriptor = descriptorOf(block.text.startsWith('? ') ? `${block.text.slice(2)}:` : block.text);
    if (descriptor === null || 'notField' in fields) {
      packages.complain(notYarn('notField' in fields ? fields.notField : block.line));
    }
    if (descriptor !== null && !('notField' in fields)) addEntry(packages, { descriptor, line: block.line, fields });
  }
  return packages.lock();
}

function notYarn(line: number): Problem {
  return { text: ['This is not as Yarn writes its lock file, so not all of its packages can be told.'], line };
}

/** `name@range, name@range:` with quotes where needed, of which the first descriptor is enough. */
function descriptorOf(line: string): string | null {
  if (!line.endsWith(':')) return null;
  const keys = line.slice(0, -1);
  const quoted = /^"([^"]*)"/.exec(keys)?.[1];
  return (quoted ?? keys).split(',')[0]?.trim() || null;
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

function addEntry(packages: Packages, entry: Entry): void {
  if (entry.descriptor === '__metadata') return;
  const version = entry.fields.get('version');
  const resolution = entry.fields.get('resolution');
  if (version === undefined) {
    packages.complain({ text: ['This package has no version.'], line: entry.line });
  } else if (resolution === undefined) addClassic(packages, entry, version);
  else addBerry(packages, resolution, version, entry.line);
}

function addClassic(packages: Packages, { descriptor, fields, line }: Entry, version: string): void {
  const [own, range] = splitDescriptor(descriptor);
  // `alias@npm:name@range` installs `name`.
  const name = range.startsWith('npm:') ? splitDescriptor(range.slice(4))[0] : own;
  if (/^(?:file|link|portal|workspace):|^\.{0,2}\//.test(range)) return;
  packages.add({ type: 'npm', name, ...npmOrigin(name, version, fields.get('resolved')), line });
}

/** A resolution is `name@protocol:reference`; workspaces and links are the repository's own. */
function addBerry(packages: Packages, resolution: string, version: string, line: number): void {
  const [name, reference] = splitDescriptor(resolution);
  if (/^(?:workspace|link|portal|file):/.test(reference)) return;
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
