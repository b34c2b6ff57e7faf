// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { parsePolicy } from '../../policy/parse.ts';
import { wrap } from '../../report/wrap.ts';
import { ruleIds } from '../../rules/rules.ts';
import type { Start } from './choice.ts';
import { type Proposal, type Section, type Setting, startSettings } from './propose.ts';

const commentWidth = 110;

/** The policy's text for a proposal; `schema` is the JSON Schema's address for editors, null: none is known. */
export function policyText(proposal: Proposal, schema: string | null): string {
  const document = new Document({ version: 1 });
  for (const [id, settings] of proposal) {
    addSection(document, id, descriptions[id]);
    for (const setting of settings) put(document, id, setting);
  }
  return finished(document, schema, []);
}

/** The same for a preset's own text, comments and all. */
export function presetText(name: string, text: string, start: Start, schema: string | null): string {
  const { settings } = parsePolicy(text);
  const document = parseDocument(withoutHead(text));
  const active = start.mode === 'enforce' ? [] : ruleIds.filter((id) => settings?.[id].mode !== 'off');
  for (const id of active) {
    if (!document.has(id)) addSection(document, id, descriptions[id]);
    for (const setting of startSettings(start).toReversed()) put(document, id, setting, 'first');
  }
  return finished(document, schema, [`It began as the preset ${name}.`]);
}

type AnyDocument = Document | Document.Parsed;

const descriptions: { readonly [Id in Section]: string } = {
  dco: 'Every commit is signed off (git commit --signoff).',
  license: 'Only acceptable licenses come in: OSI-approved ones, unless it says otherwise here.',
  upstream: 'Changes to code from elsewhere say where they are upstream.',
  overrides: 'Who may let a failing check pass, and how.',
};

function addSection(document: AnyDocument, id: Section, description: string): void {
  const pair = document.createPair(id, {});
  if (isScalar(pair.key)) Object.assign(pair.key, { spaceBefore: true, commentBefore: ` ${description}` });
  document.add(pair);
}

function comment(text: string): string {
  return wrap(text, commentWidth)
    .map((line) => ` ${line}`)
    .join('\n');
}

function put(
  document: AnyDocument,
  id: Section,
  { key, value, because }: Setting,
  place: 'first' | 'last' = 'last',
): void {
  const section = document.get(id);
  if (!isMap(section)) throw new Error(`The section ${id} is no mapping`);
  section.flow = false;
  if (section.has(key)) return void section.set(key, value);
  const pair = document.createPair(key, value);
  if (because !== null && isScalar(pair.key)) pair.key.commentBefore = comment(because);
  if (isSeq(pair.value)) pair.value.flow = true;
  const mode = section.items.findIndex((item) => isScalar(item.key) && item.key.value === 'mode');
  if (place === 'first') section.items.splice(mode + 1, 0, pair);
  else section.items.push(pair);
}

/** A preset's license header, and its line for editors, belong to the file that ships. */
function withoutHead(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => line.startsWith('# yaml-language-server:'));
  return lines
    .slice(end + 1)
    .join('\n')
    .trimStart();
}

function finished(document: Document.Parsed | Document, schema: string | null, more: readonly string[]): string {
  const head = [
    ...(schema === null ? [] : [`yaml-language-server: $schema=${schema}`, '']),
    'What Countersign asks of the pull requests into this repository, once this file is on their base branch.',
    ...more,
    'Every key may be left out. To look for mistakes: countersign policy validate .github/countersign.yml',
    // An editor reports a schema that is not there as a mistake, so that no line names one.
    ...(schema === null
      ? ['For editors that complete keys, its JSON Schema is printed by: countersign policy schema']
      : []),
  ];
  const body = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
  const text = `${head.map((line) => (line === '' ? '\n' : `# ${line}\n`)).join('')}\n${body}\n`;
  const { problems } = parsePolicy(text);
  if (problems.length > 0) throw new Error(`The policy as it would be written is not valid:\n${text}`);
  return text;
}
