// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { oncePerText } from '../once.ts';
import { bugForms } from './references/bugs.ts';
import { forgeForms } from './references/forges.ts';
import { mailForms } from './references/mail.ts';
import type { Address, Form, Reference } from './references/reference.ts';
import { repositoryForms } from './references/repositories.ts';

export type { Reference } from './references/reference.ts';

const longest = 2000;

/**
 * What a web address points at, by its form alone: nothing is fetched. `github` is the host of the GitHub that is
 * configured (`github.com`, or that of a GitHub Enterprise Server, with its port where it has one); github.com is
 * recognised beside it. null: no web address with http or https, one with credentials in it, or one too long.
 */
export function readReference(url: string, github: string): Reference | null {
  return readerFor(github)(url);
}

const readerFor = oncePerText((github) => oncePerText((url) => read(url, github)));

function read(url: string, github: string): Reference | null {
  if (url.length > longest || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const { host, pathname, hash, searchParams, username, password } = new URL(url);
  if (username !== '' || password !== '') return null;
  const path = pathname.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  const isGitHub = host === github.toLowerCase() || host === 'github.com' || host === 'www.github.com';
  const address: Address = {
    host: host === 'www.github.com' ? 'github.com' : host,
    path,
    hash,
    query: searchParams,
    isGitHub,
  };
  for (const form of forms) {
    const found = form(address);
    if (found !== null) return found;
  }
  return { service: 'unknown', host, thing: 'page' };
}

const forms: readonly Form[] = [...forgeForms, ...mailForms, ...repositoryForms, ...bugForms];
