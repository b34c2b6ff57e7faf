// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { SaxesParser } from 'saxes';
import { notValid, type Problem, tooDeep } from './declared.ts';

/** An element without its namespace prefix. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  /** Its own character data, without its children's, trimmed. */
  readonly text: string;
  /** Where its start tag begins, from 1. */
  readonly line: number;
}

interface Open {
  name: string;
  attributes: Map<string, string>;
  children: Element[];
  text: string;
  line: number;
}

const deepest = 64;
const mostElements = 100_000;

/** Ends the parse: the parser has no other way to stop early. */
class Stop extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super('The parse was ended.');
    this.problem = problem;
  }
}

/**
 * Reads well-formed XML. Never throws, and takes linear time, whatever the text. A document type declaration is
 * refused: it is where entities that expand each other, or that name files to fetch, come from, and no manifest needs one.
 */
export function readXml(text: string): { readonly root: Element } | { readonly problem: Problem } {
  try {
    return { root: parse(text) };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { problem: error.problem };
  }
}

function parse(text: string): Element {
  const parser = new SaxesParser();
  const top: Open = { name: '', attributes: new Map(), children: [], text: '', line: 1 };
  const open: Open[] = [top];
  let elements = 0;
  parser.on('error', () => {
    throw new Stop(notValid('XML', parser.line));
  });
  parser.on('doctype', () => {
    const words = 'This XML has a document type declaration (<!DOCTYPE), which is not read. Remove it.';
    throw new Stop({ text: [words], line: parser.line });
  });
  parser.on('opentagstart', (tag) => {
    elements += 1;
    if (open.length > deepest) throw new Stop(tooDeep(parser.line));
    if (elements > mostElements) {
      throw new Stop({ text: [`This XML has more than ${mostElements} elements and is not read.`], line: parser.line });
    }
    open.push({ name: localName(tag.name), attributes: new Map(), children: [], text: '', line: parser.line });
  });
  parser.on('opentag', (tag) => {
    const current = open.at(-1);
    for (const [name, value] of Object.entries(tag.attributes)) current?.attributes.set(name, value);
  });
  const addText = (characters: string) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += characters;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed !== undefined) open.at(-1)?.children.push({ ...closed, text: closed.text.trim() });
  });
  parser.write(text).close();
  const root = top.children[0];
  if (root === undefined) throw new Stop(notValid('XML', 1));
  return root;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Every element that is reached from this one by these names in turn. */
export function below(element: Element, ...names: readonly string[]): readonly Element[] {
  return names.reduce<readonly Element[]>(
    (level, name) => level.flatMap((one) => one.children.filter((child) => child.name === name)),
    [element],
  );
}

/** The text of the first child of that name, undefined where there is none or it is empty. */
export function textOf(element: Element, name: string): string | undefined {
  return below(element, name)[0]?.text || undefined;
}
