// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Address, type Form, numberOf, type Reference } from './reference.ts';

/** Launchpad, Bugzilla, Debian's bug tracker, and what else lies on Sourceware. */
export const bugForms: readonly Form[] = [launchpad, bugzilla, debbugs, sourceware];

function launchpad({ host, path }: Address): Reference | null {
  if (host !== 'launchpad.net' && !host.endsWith('.launchpad.net')) return null;
  const service = 'launchpad';
  const bug = numberOf(/(?:^\/bugs|\/\+bug)\/(\d{1,10})(?:\/.*)?$/.exec(path)?.[1]);
  if (bug !== null) return { service, host, thing: 'issue', repository: projectOf(path), number: bug };
  const merge = numberOf(/\/\+merge\/(\d{1,10})(?:\/.*)?$/.exec(path)?.[1]);
  if (merge !== null) return { service, host, thing: 'pull-request', repository: projectOf(path), number: merge };
  return { service, host, thing: 'page' };
}

/** The project, for `/nova/+bug/1`, `/ubuntu/+source/linux/+bug/1` and `/~owner/project/+git/name/+merge/1`. */
function projectOf(path: string): string | null {
  return /^\/((?:~[\w.+-]{1,100}\/)?[\w.-]{1,100}(?:\/\+source\/[\w.+-]{1,100})?)\/\+/.exec(path)?.[1] ?? null;
}

function bugzilla({ host, path, query }: Address): Reference | null {
  const named = /^(?:bugzilla|bugs)\./.test(host) || path.startsWith('/bugzilla');
  const service = host === 'sourceware.org' || host.endsWith('.sourceware.org') ? 'sourceware' : 'bugzilla';
  const shown = path.endsWith('/show_bug.cgi') ? numberOf(query.get('id')) : null;
  const short = host.startsWith('bugzilla.') ? numberOf(/^\/(\d{1,10})$/.exec(path)?.[1]) : null;
  const number = shown ?? short;
  if (number !== null) return { service, host, thing: 'issue', repository: null, number };
  return named && path.endsWith('.cgi') && !path.endsWith('/bugreport.cgi') ? { service, host, thing: 'page' } : null;
}

function debbugs({ host, path, query }: Address): Reference | null {
  if (host !== 'bugs.debian.org' && host !== 'debbugs.gnu.org') return null;
  const number = numberOf(query.get('bug')) ?? numberOf(/^\/(\d{1,10})$/.exec(path)?.[1]);
  if (number === null) return { service: 'debbugs', host, thing: 'page' };
  return { service: 'debbugs', host, thing: 'issue', repository: null, number };
}

function sourceware({ host }: Address): Reference | null {
  if (host !== 'sourceware.org' && !host.endsWith('.sourceware.org')) return null;
  return { service: 'sourceware', host, thing: 'page' };
}
