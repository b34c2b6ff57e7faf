// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Address, type Form, numberOf, type Reference, type Service, type Thing } from './reference.ts';

/** GitHub, GitLab, Gerrit and Gitiles. */
export const forgeForms: readonly Form[] = [gitHub, gitLab, gitiles, gerrit];

const gitHubPath = /^\/([A-Za-z0-9](?:[\w-]{0,99}))\/([\w.-]{1,100})(?:\/(.*))?$/;

function gitHub({ host, path, isGitHub }: Address): Reference | null {
  if (!isGitHub) return null;
  const [, owner, name = '', rest = ''] = gitHubPath.exec(path) ?? [];
  const repository = owner === undefined ? null : `${owner}/${name.replace(/\.git$/, '')}`;
  const thing = repository === null ? null : gitHubThing(repository, rest);
  return { service: 'github', host, ...(thing ?? { thing: 'page' }) };
}

function gitHubThing(repository: string, rest: string): Thing | null {
  const pull = numberOf(/^pull\/(\d{1,10})(?:\.(?:diff|patch)|\/.*)?$/.exec(rest)?.[1]);
  if (pull !== null) return { thing: 'pull-request', repository, number: pull };
  const issue = numberOf(/^issues\/(\d{1,10})$/.exec(rest)?.[1]);
  if (issue !== null) return { thing: 'issue', repository, number: issue };
  const sha = /^commits?\/([0-9a-f]{7,64})(?:\.(?:diff|patch))?$/i.exec(rest)?.[1];
  if (sha !== undefined) return { thing: 'commit', repository, sha: sha.toLowerCase() };
  const tag = /^releases\/tag\/([\w.+-]{1,200})$/.exec(rest)?.[1];
  return tag === undefined ? null : { thing: 'release', repository, tag };
}

const gitLabPath =
  /^\/([\w.-]{1,100}(?:\/[\w.-]{1,100}){1,10}?)\/-\/(merge_requests|commit|issues|work_items|tags)\/([\w.-]{1,200})(?:\/.*)?$/;
const oldGitLabPath =
  /^\/([\w.-]{1,100}(?:\/[\w.-]{1,100}){1,10}?)\/(merge_requests|commit|issues)\/([\w.-]{1,200})(?:\/.*)?$/;

/** `/-/` in a path is GitLab's; without it, as addresses once were, the host has to say so. */
function gitLab({ host, path }: Address): Reference | null {
  const named = /(?:^|\.)(?:gitlab|salsa)\./.test(host);
  const match = gitLabPath.exec(path) ?? (named ? oldGitLabPath.exec(path) : null);
  if (match === null) return named ? { service: 'gitlab', host, thing: 'page' } : null;
  const [, repository = '', kind = '', id = ''] = match;
  return { service: 'gitlab', host, ...gitLabThing(repository, kind, id) };
}

function gitLabThing(repository: string, kind: string, id: string): Thing {
  if (kind === 'tags') return { thing: 'release', repository, tag: id };
  const sha = /^[0-9a-f]{7,64}$/i.exec(id.replace(/\.(?:diff|patch)$/, ''))?.[0];
  if (kind === 'commit')
    return sha === undefined ? { thing: 'page' } : { thing: 'commit', repository, sha: sha.toLowerCase() };
  const number = numberOf(id.replace(/\.(?:diff|patch)$/, ''));
  if (number === null) return { thing: 'page' };
  return { thing: kind === 'merge_requests' ? 'pull-request' : 'issue', repository, number };
}

function gitiles({ host, path }: Address): Reference | null {
  if (!host.endsWith('.googlesource.com') || /-review\./.test(host)) return null;
  const [, repository, sha] = /^\/([\w./-]{1,300}?)\/\+\/([0-9a-f]{7,64})(?:[\^~!/].*)?$/i.exec(path) ?? [];
  const service: Service = 'gitiles';
  if (repository === undefined || sha === undefined) return { service, host, thing: 'page' };
  return { service, host, thing: 'commit', repository, sha: sha.toLowerCase() };
}

function gerrit({ host, path, hash }: Address): Reference | null {
  const named = /^(?:review|gerrit|codereview)\.|-review\.|^(?:crrev\.com)$/.test(host);
  const whole = /^#\/c\//.test(hash) ? hash.slice(1) : path;
  const [, repository, number] = /^(?:\/r|\/gerrit)?\/c\/([\w./-]{1,300}?)\/\+\/(\d{1,10})(?:\/.*)?$/.exec(whole) ?? [];
  if (repository !== undefined) return change(host, repository, number);
  if (!named) return null;
  return change(host, null, /^(?:\/r|\/gerrit)?(?:\/c)?\/(\d{1,10})(?:\/.*)?$/.exec(whole)?.[1]);
}

function change(host: string, repository: string | null, digits: string | undefined): Reference {
  const number = numberOf(digits);
  if (number === null) return { service: 'gerrit', host, thing: 'page' };
  return { service: 'gerrit', host, thing: 'pull-request', repository, number };
}
