// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Composer, type Document, isAlias, isMap, isScalar, isSeq, Lexer, Parser, type YAMLError } from 'yaml';
import { say } from '../rules/text.ts';
import { excerpt, type Mistake, mistake } from './mistakes.ts';
import { syntaxText } from './yaml-syntax.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value of the file as plain data, with the places of it and of everything inside it. */
export interface Located {
  readonly value: unknown;
  readonly at: Span;
  readonly members: ReadonlyMap<PropertyKey, { readonly key: Span; readonly node: Located }>;
}

export interface YamlTree {
  /** null for a file that holds nothing but comments, and where nothing could be read. */
  readonly root: Located | null;
  readonly mistakes: readonly Mistake[];
  /** false: the text is not well-formed, so that the tree is at best a guess. */
  readonly wellFormed: boolean;
}

/**
 * Far more than a policy needs, and far less than where recursion in the parser ends: at the edge of the stack, V8
 * ends the whole process when it has to compile one of the parser's regular expressions there.
 */
const deepest = 64;
const mostAliases = 20;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/;

/**
 * Reads the text of one YAML 1.2 document. Never throws, and takes linear time, whatever the text.
 * Duplicate keys, merge keys, tags, aliases beyond measure, deep nesting and a second document are mistakes.
 */
export function readYaml(text: string): YamlTree {
  const rubbish = control.exec(text);
  if (rubbish !== null) {
    const code = text.charCodeAt(rubbish.index).toString(16).toUpperCase().padStart(4, '0');
    const at = { start: rubbish.index, end: rubbish.index + 1 };
    const words = `A control character (U+${code}) stands here. Remove it: the file has to be plain text.`;
    return unreadable(mistake('policy.syntax', at, [words]));
  }
  const composed = compose(text);
  if ('tooDeep' in composed) {
    const at = { start: composed.tooDeep, end: composed.tooDeep + 1 };
    return unreadable(mistake('policy.too-deep', at, ['Lists and mappings are nested too deeply here. Flatten them.']));
  }
  const mistakes = [...syntaxMistakes(composed.document), ...composed.mistakes];
  const wellFormed = mistakes.length === 0;
  const { contents } = composed.document;
  if (isNothing(contents)) return { root: null, mistakes, wellFormed };
  const walk = { text, mistakes, anchors: new Map(), aliases: 0 };
  return { root: locate(contents, { start: 0, end: 0 }, walk), mistakes, wellFormed };
}

/** Whether the document has no content at all; `""` and `null` are content. */
function isNothing(contents: Document.Parsed['contents']): boolean {
  if (!isScalar(contents)) return contents === null;
  return contents.type === 'PLAIN' && contents.source === '' && contents.tag === undefined;
}

function unreadable(only: Mistake): YamlTree {
  return { root: null, mistakes: [only], wellFormed: false };
}

type Composed = { readonly tooDeep: number } | { readonly document: Document.Parsed; readonly mistakes: Mistake[] };

function compose(text: string): Composed {
  const parser = new Parser();
  const tokens = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    // Checked before the composer, which recurses, ever sees the tokens.
    if (parser.stack.length > deepest) return { tooDeep: Math.max(0, Math.min(parser.offset, text.length) - 1) };
  }
  tokens.push(...parser.end());
  // Duplicate keys are looked for below: the composer compares each key with every other.
  const options = { uniqueKeys: false, stringKeys: true, resolveKnownTags: false } as const;
  const documents = new Composer(options).compose(tokens, true, text.length);
  const first = documents.next();
  if (first.done) throw new Error('The YAML composer gave no document although one was asked for.');
  const second = documents.next();
  if (second.done) return { document: first.value, mistakes: [] };
  const start = second.value.range[0];
  const words = ['A second document starts here (---). Keep one document in the file.'];
  return {
    document: first.value,
    mistakes: [mistake('policy.syntax', { start, end: Math.min(start + 3, text.length) }, words)],
  };
}

function syntaxMistakes(document: Document.Parsed): Mistake[] {
  // Tags are reported where the nodes are read, known ones too.
  const warnings = document.warnings.filter((one) => one.code !== 'TAG_RESOLVE_FAILED');
  const complaints: YAMLError[] = [...document.errors, ...warnings];
  const mistakes = complaints.map((one) =>
    mistake('policy.syntax', { start: one.pos[0], end: Math.max(one.pos[1], one.pos[0] + 1) }, syntaxText(one)),
  );
  const { explicit, version } = document.directives.yaml;
  // YAML 1.1 would turn `yes` and `on` into booleans and bring merge keys.
  if (explicit && version !== '1.2') {
    const words = say`The file asks for YAML ${excerpt(version)}. It is read as YAML 1.2: remove the directive.`;
    mistakes.push(mistake('policy.syntax', { start: 0, end: 1 }, words));
  }
  return mistakes;
}

interface Walk {
  readonly text: string;
  readonly mistakes: Mistake[];
  /** null while the anchored value itself is being read. */
  readonly anchors: Map<string, { readonly node: Located; readonly plain: boolean } | null>;
  aliases: number;
}

/** The node with its places, or null where it cannot be used; `around` is where a value that is not there belongs. */
function locate(node: unknown, around: Span, walk: Walk): Located | null {
  if (isAlias(node)) return followAlias(node.source, spanOf(node.range, around, walk), walk);
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return { value: null, at: around, members: new Map() };
  const at = spanOf(node.range, around, walk);
  if (node.tag !== undefined) {
    const tag = excerpt(node.tag.replace('tag:yaml.org,2002:', '!!'));
    const words = say`Tags such as ${tag} are not read here. Remove the tag, or put the value in quotes.`;
    walk.mistakes.push(mistake('policy.syntax', at, words));
  }
  if (node.anchor !== undefined) walk.anchors.set(node.anchor, null);
  const before = walk.aliases;
  const located = locateInside(node, at, walk);
  if (node.anchor !== undefined) walk.anchors.set(node.anchor, { node: located, plain: walk.aliases === before });
  return located;
}

function locateInside(node: object, at: Span, walk: Walk): Located {
  if (isMap(node)) return locateMap(node.items, at, walk);
  if (isSeq(node)) return locateSeq(node.items, at, walk);
  return { value: isScalar(node) ? node.value : null, at, members: new Map() };
}

function locateSeq(items: readonly unknown[], at: Span, walk: Walk): Located {
  const nodes = items.map((item) => locate(item, at, walk)).filter((node) => node !== null);
  const members = new Map(nodes.map((node, index) => [index, { key: node.at, node }]));
  return { value: nodes.map((node) => node.value), at, members };
}

function locateMap(items: readonly { key: unknown; value: unknown }[], at: Span, walk: Walk): Located {
  // Without a prototype, so that no key of the file can reach one.
  const value: Record<string, unknown> = Object.create(null);
  const members = new Map<PropertyKey, { key: Span; node: Located }>();
  for (const item of items) {
    if (!isScalar(item.key)) continue;
    const name = String(item.key.value ?? '');
    const key = spanOf(item.key.range, at, walk);
    const node = locate(item.value, key, walk);
    if (!acceptKey(name, key, members, walk) || node === null) continue;
    value[name] = node.value;
    members.set(name, { key, node });
  }
  return { value, at, members };
}

function acceptKey(name: string, at: Span, members: Located['members'], walk: Walk): boolean {
  const words = () => {
    if (name === '<<') return ['Merge keys (<<) are not supported. Write the keys out.'];
    if (name === '__proto__') return say`There is no key ${name}. Remove it.`;
    if (members.has(name)) return say`The key ${excerpt(name)} is given twice. Keep one of them.`;
    return null;
  };
  const objection = words();
  if (objection === null) return true;
  const code = name === '__proto__' ? 'policy.unknown-key' : name === '<<' ? 'policy.syntax' : 'policy.duplicate-key';
  walk.mistakes.push(mistake(code, at, objection));
  return false;
}

/** Aliases of what itself holds aliases are refused: each level would multiply the one below. */
function followAlias(name: string, at: Span, walk: Walk): Located | null {
  walk.aliases += 1;
  const target = walk.anchors.get(name);
  const objection = () => {
    if (walk.aliases > mostAliases) return `This file has more than ${mostAliases} aliases (*). Write the values out.`;
    if (target === undefined)
      return 'A value that starts with * needs quotes: without them it is an alias, and no anchor (&) above has its name.';
    if (target === null) return 'This alias (*) stands inside the very value that it names. Write the value out.';
    if (!target.plain) return 'This alias (*) names a value that holds aliases itself. Write the value out.';
    return null;
  };
  const words = objection();
  if (words === null) return target?.node ?? null;
  walk.mistakes.push(mistake('policy.alias', at, [words]));
  return null;
}

/** The node's place without white space around it; where the node is not there, the place around it. */
function spanOf(range: readonly [number, number, number] | null | undefined, around: Span, walk: Walk): Span {
  if (range === null || range === undefined) return around;
  const [start, valueEnd] = range;
  const end = start + walk.text.slice(start, valueEnd).trimEnd().length;
  return end > start ? { start, end } : around;
}
