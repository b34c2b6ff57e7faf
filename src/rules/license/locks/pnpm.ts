// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Problem } from '../manifests/declared.ts';
import { type Block, blocksOf, contentLines } from './blocks.ts';
import { npmOrigin } from './npm-registry.ts';
import { collectPackages, type Lock, type Packages } from './packages.ts';

interface Entry {
  readonly key: string;
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Reads the `packages` of a pnpm-lock.yaml, versions 5 to 9, line by line as pnpm writes them. A lock file has
 * megabytes, of which a YAML parser would make a tree; whatever pnpm would not write is a problem.
 */
export function readPnpmLock(text: string): Lock {
  const packages = collectPackages();
  const sections = blocksOf(contentLines(text), '');
  if (sections.stray !== null) packages.complain(notPnpm(sections.stray.line));
  for (const section of sections.blocks) {
    const name = sectionName(section.text);
    if (name === null) packages.complain(notPnpm(section.line));
    if (name !== 'packages') continue;
    const { blocks, stray } = blocksOf(section.body, '  ');
    if (stray !== null) packages.complain(notPnpm(stray.line));
    for (const block of blocks) {
      const key = keyOf(block.text);
      const fields = fieldsOf(block);
      if (key === null || fields === null) packages.complain(notPnpm(block.line));
      else addEntry(packages, { key, line: block.line, fields });
    }
  }
  return packages.lock();
}

function notPnpm(line: number): Problem {
  return { text: ['This is not as pnpm writes its lock file, so not all of its packages can be told.'], line };
}

/** A key of the file's top; after `packages` nothing follows, or else it is written as pnpm never does. */
function sectionName(line: string): string | null {
  if (line === '---') return line;
  const [, name, rest] = /^([A-Za-z]{1,50}):\s?(.*)$/.exec(line) ?? [];
  if (name === undefined || (name === 'packages' && rest !== '' && rest !== '{}')) return null;
  return name;
}

function keyOf(line: string): string | null {
  const key = /^ {2}(?:'([^']+)'|"([^"]+)"|([^'"\s{[&*!|>%@`?#-][^\s]*)):$/.exec(line);
  return key?.[1] ?? key?.[2] ?? key?.[3] ?? null;
}

const longestLine = 5_000;

/**
 * The name and version that the entry itself gives (four blanks in), and what stands in its `resolution`; null where
 * that is not there once and as pnpm writes it, since another way of writing it may hide where the package comes from.
 */
function fieldsOf({ body }: Block): ReadonlyMap<string, string> | null {
  const fields = new Map<string, string>();
  const lines = body.map(({ text }) => text.slice(0, longestLine));
  for (const line of lines) {
    const [, field, value] = /^ {4}(name|version): '?([^']*)/.exec(line) ?? [];
    if (field !== undefined && value !== undefined) fields.set(field, value);
  }
  const [start, again] = lines.flatMap((line, index) => (line.startsWith('    resolution:') ? [index] : []));
  if (start === undefined || again !== undefined) return null;
  return resolutionItems(lines, start).every((item) => readItem(fields, item)) ? fields : null;
}

/** `key: value` between braces on the line itself, or one to a line below it, six blanks in. */
function resolutionItems(lines: readonly string[], start: number): readonly string[] {
  const inline = /^ {4}resolution: \{(.*)\}$/.exec(lines[start] ?? '')?.[1];
  if (inline !== undefined) return inline.split(/, ?/);
  const below = lines.slice(start + 1);
  const end = below.findIndex((line) => !line.startsWith('      '));
  const items = below.slice(0, end === -1 ? below.length : end).map((line) => line.trim());
  // What is neither of the two forms is an item that cannot be read.
  return lines[start] === '    resolution:' && items.length > 0 ? items : [''];
}

function readItem(fields: Map<string, string>, item: string): boolean {
  const [, key, quoted, plain] = /^([A-Za-z]{1,50}):(?: '([^']*)'| ([^\s'"{[&*!|>%@`][^\s']*))?$/.exec(item) ?? [];
  if (key === undefined) return false;
  fields.set(`resolution.${key}`, quoted ?? plain ?? '');
  return true;
}

function addEntry(packages: Packages, { key, line, fields }: Entry): void {
  if (fields.get('resolution.type') === 'directory') return;
  const keyed = readKey(key);
  const name = fields.get('name') ?? keyed?.name;
  if (name === undefined) {
    packages.complain({ text: ['The name of this package cannot be told.'], line });
    return;
  }
  const repository = fields.get('resolution.repo');
  const inKey = keyed === null ? key : keyed.version.includes(':') ? keyed.version : undefined;
  const address = repository === undefined ? (fields.get('resolution.tarball') ?? inKey) : `git+${repository}`;
  const version = fields.get('version') ?? (inKey === undefined ? (keyed?.version ?? '') : '');
  packages.add({ type: 'npm', name, ...npmOrigin(name, version, address), line });
}

/** `/name/1.0.0_peers` (version 5), `/name@1.0.0(peers)` (6), `name@1.0.0` (9); null for a key that is an address. */
function readKey(key: string): { readonly name: string; readonly version: string } | null {
  const plain = (key.startsWith('/') ? key.slice(1) : key).replace(/\(.*$/, '');
  const at = plain.indexOf('@', 1);
  const name = plain.slice(0, Math.max(at, 0));
  if (/^(?:@[^/]+\/)?[^/]+$/.test(name)) return { name, version: plain.slice(at + 1) };
  if (!key.startsWith('/')) return null;
  const slash = plain.lastIndexOf('/');
  return { name: plain.slice(0, slash), version: plain.slice(slash + 1).replace(/_.*$/, '') };
}
