// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

const named = /^(?:licen[cs]es?|copying|unlicen[cs]e|notices?|patents?)\d{0,2}(?:[-_.].{0,80})?$/i;
/** `MIT-LICENSE.txt`, `third_party_licenses.md`. */
const endingSo = /^[\w.+-]{1,60}[-_](?:licen[cs]es?|notices?)(?:\.(?:txt|md|rst))?$/i;
/** Programs and data that are only called so. */
const code =
  /\.(?:[cm]?[jt]sx?|go|py|rb|rs|java|kt|c|cc|cpp|h|hpp|cs|php|pl|sh|ps1|swift|scala|vue|svelte|css|scss|less|json|ya?ml|toml|xml|ini|cfg|lock|tmpl|tpl|j2|erb|snap|png|jpe?g|gif|svg|pdf|zip|gz|license|spdx)$/i;

/**
 * Whether a path's name says that the file holds the text of a license or what belongs to one: `LICENSE*`, `LICENCE*`, `COPYING*`,
 * `UNLICENSE*`, `NOTICE*`, `PATENTS*` in any case and any directory, and all of `LICENSES/` (REUSE).
 */
export function isLicenseFile(path: string): boolean {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  if (name === '' || code.test(name)) return false;
  return parts.includes('LICENSES') || named.test(name) || endingSo.test(name);
}
