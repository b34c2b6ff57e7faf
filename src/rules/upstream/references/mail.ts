// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Address, Form, Reference } from './reference.ts';

/** lore.kernel.org and what else archives mail, and Patchwork. */
export const mailForms: readonly Form[] = [patchwork, lore, archive];

const word = "[\\w.@%=+~!$&*'()-]{1,300}";
const patchPath = new RegExp(`^(?:/patchwork)?(?:/project/(${word}))?/(?:patch|series|cover)/(${word})(?:/.*)?$`);

function patchwork({ host, path }: Address): Reference | null {
  const named = /^(?:patchwork|patches)\./.test(host) || path.startsWith('/patchwork/');
  if (!named) return null;
  const [, list = null, id = null] = patchPath.exec(path) ?? [];
  if (id === null) return { service: 'patchwork', host, thing: 'page' };
  return { service: 'patchwork', host, thing: 'message', list, id };
}

const messagePath = new RegExp(`^/(${word})/(${word})(?:/.*)?$`);

/** `https://lore.kernel.org/LIST/MESSAGE-ID/`, and `/r/` for any list; a message id holds an `@`. */
function lore({ host, path }: Address): Reference | null {
  if (host === 'patch.msgid.link' || host === 'msgid.link') {
    return { service: 'lore', host, thing: 'message', list: null, id: path.slice(1) === '' ? null : path.slice(1) };
  }
  if (host !== 'lore.kernel.org' && host !== 'lkml.kernel.org') return null;
  const [, list, id] = messagePath.exec(path) ?? [];
  if (list === undefined || id === undefined || !/@|%40/.test(id)) return { service: 'lore', host, thing: 'page' };
  return { service: 'lore', host, thing: 'message', list: list === 'r' ? null : list, id: id.replace('%40', '@') };
}

const archives =
  /^(?:marc\.info|lkml\.org|(?:www\.)?mail-archive\.com|(?:www\.)?spinics\.net|groups\.google\.com|public-inbox\.org|lists?[.-].+|inbox\..+|mail\..+|mailman\..+|.+\.lists\..+)$/;
const hyperkitty = new RegExp(`^(?:/[\\w-]{1,50})?/list/(${word})/(?:message|thread)/(\\w{1,100})(?:/.*)?$`);
const pipermail = new RegExp(`/(?:pipermail|archives?(?:/html)?)/(${word})/(?:.*/)?(?:msg)?(\\d{1,10})\\.html$`);

/** Mailman's archives, public-inbox and the well-known archives of mailing lists. */
function archive({ host, path }: Address): Reference | null {
  const match = hyperkitty.exec(path) ?? pipermail.exec(path);
  const service = host === 'sourceware.org' || host.endsWith('.sourceware.org') ? 'sourceware' : 'mailing-list';
  if (match !== null) return { service, host, thing: 'message', list: match[1] ?? null, id: match[2] ?? null };
  if (/\/pipermail\/|\/hyperkitty\//.test(path)) return { service, host, thing: 'page' };
  if (!archives.test(host)) return null;
  const [, list, id] = messagePath.exec(path) ?? [];
  if (list === undefined || id === undefined || !/@|%40/.test(id)) return { service, host, thing: 'page' };
  return { service, host, thing: 'message', list, id: id.replace('%40', '@') };
}
