// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** `owner/name` where a Git address leads to this GitHub, in any of the forms that Git takes; else null. */
export function gitHubRepository(url: string, host: string): string | null {
  const scp = /^(?:[\w.-]{1,100}@)?([\w.-]{1,255}(?::\d{1,5})?):(?!\/\/)\/?([^\s]{1,500})$/.exec(url);
  const [place, path] = scp === null ? parts(url) : [scp[1], scp[2]];
  if (place === undefined || path === undefined || place.toLowerCase() !== host.toLowerCase()) return null;
  const named = /^\/*([\w.-]{1,100}\/[\w.-]{1,100}?)(?:\.git)?\/?$/.exec(path);
  return named?.[1] ?? null;
}

function parts(url: string): [string?, string?] {
  if (url.length > 1000) return [];
  const parsed = URL.parse(url);
  if (parsed === null || !/^(?:https?|ssh|git):$/.test(parsed.protocol)) return [];
  return [parsed.host, parsed.pathname];
}

/** Git reads an address that starts with `./` or `../` as relative to the repository's own. */
export function absoluteAddress(
  url: string,
  { host, owner, name }: { readonly host: string; readonly owner: string; readonly name: string },
): string {
  if (!/^\.{1,2}\//.test(url)) return url;
  return URL.parse(url, `https://${host}/${owner}/${name}/`)?.href ?? url;
}
