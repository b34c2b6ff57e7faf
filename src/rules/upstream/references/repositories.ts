// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Address, Form, Reference, Service } from './reference.ts';

/** Commits as cgit and gitweb show them. */
export const repositoryForms: readonly Form[] = [gitweb, cgit, shortened];

const objectId = /^[0-9a-f]{7,64}$/i;

/** `?p=glibc.git;a=commit;h=…`: gitweb separates by semicolons, which `URLSearchParams` does not. */
function gitweb({ host, query }: Address): Reference | null {
  const fields = new Map<string, string>();
  for (const [key, value] of query) {
    for (const part of `${key}=${value}`.split(';').slice(0, 20)) {
      const at = part.indexOf('=');
      if (at > 0) fields.set(part.slice(0, at), part.slice(at + 1));
    }
  }
  const [repository, sha] = [fields.get('p'), fields.get('h') ?? ''];
  if (repository === undefined) return null;
  return commit(serviceOf(host, 'gitweb'), host, repository, sha);
}

const cgitPath = /^\/(?:cgit\/)?(.{1,300}?)\/(?:commit|patch|diff|log|tree|commitdiff)(?:\/(.{0,300}))?$/;

/** `…/linux.git/commit/?id=…`, and gitweb's `…/linux.git/commit/…`. */
function cgit({ host, path, query }: Address): Reference | null {
  const [, repository, rest = ''] = cgitPath.exec(path) ?? [];
  if (repository === undefined) return null;
  const id = query.get('id') ?? query.get('h') ?? '';
  if (objectId.test(id)) return commit(serviceOf(host, 'cgit'), host, repository, id);
  const isGit = repository.endsWith('.git') || host.startsWith('git.') || host.startsWith('cgit.');
  return isGit ? commit(serviceOf(host, objectId.test(rest) ? 'gitweb' : 'cgit'), host, repository, rest) : null;
}

/** `https://git.kernel.org/torvalds/c/…` and `https://git.kernel.org/pub/scm/…/linux.git/c/…`. */
function shortened({ host, path }: Address): Reference | null {
  if (!host.startsWith('git.') && !host.startsWith('cgit.')) return null;
  const [, repository, sha = ''] = /^\/(.{1,300})\/(?:c|linus)\/([0-9a-f]{7,64})$/i.exec(path) ?? [];
  if (repository === undefined) return { service: serviceOf(host, 'cgit'), host, thing: 'page' };
  return commit('cgit', host, repository, sha);
}

function commit(service: Service, host: string, repository: string, sha: string): Reference {
  if (!objectId.test(sha)) return { service, host, thing: 'page' };
  return { service, host, thing: 'commit', repository, sha: sha.toLowerCase() };
}

function serviceOf(host: string, otherwise: Service): Service {
  return host === 'sourceware.org' || host.endsWith('.sourceware.org') ? 'sourceware' : otherwise;
}
