// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { domainToASCII } from 'node:url';
import { oncePerText } from '../once.ts';

// RFC 5321, 4.5.3.1, with the lengths that fit its path of 256 octets.
const longestLocalPart = 64;
const longestAddress = 254;

// RFC 5322's dot-atom, widened by RFC 6531 to everything beyond ASCII that can be seen.
const atom = String.raw`[^"(),.:;<>@[\\\]\p{C}\p{Z}]+`;
const dotAtom = new RegExp(`^${atom}(?:\\.${atom})*$`, 'u');
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainName = new RegExp(`^(?:${label}\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$`);

/**
 * Whether an e-mail address is written as one: international addresses are, quoted local parts, comments and bare
 * IP addresses are not, and the domain needs a top-level domain. A bot's no-reply address is let through with the
 * square brackets that GitHub gives it.
 *
 * None of the libraries fits: zod's patterns are either ASCII only or ask for no top-level domain, and validator
 * brings a hundred others along. What is hard, international domain names, is Node's (UTS #46).
 */
export const isEmail = oncePerText((address: string): boolean => {
  if (Buffer.byteLength(address.slice(0, longestAddress + 1)) > longestAddress) return false;
  const at = address.lastIndexOf('@');
  const written = address.slice(0, at);
  const local = isNoreply(address) ? written.replace(/\[bot\]$/, '') : written;
  if (at <= 0 || Buffer.byteLength(local) > longestLocalPart || !dotAtom.test(local)) return false;
  const domain = address.slice(at + 1);
  // URL rules would also take percent signs, spaces and tabs here, and leave out what follows a host name.
  if (/[%/?#\\\s\p{C}]/u.test(domain)) return false;
  return domainName.test(domainToASCII(domain));
});

/** Whether the address is one that GitHub gives its bots, who read nothing and sign nothing off. */
export function isBotAddress(address: string): boolean {
  return isNoreply(address) && /\[bot\]@/.test(address.slice(-longestAddress));
}

/** Whether the address is one of those behind which GitHub hides its users' own: `ID+LOGIN@users.noreply.HOST`. */
export function isNoreply(address: string): boolean {
  return /@users\.noreply\.[^@]+$/i.test(address.trim().slice(-longestAddress));
}
