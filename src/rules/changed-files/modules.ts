// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** Path → address of a .gitmodules file, whose format is that of `git config`. Linear, and never throws. */
export function readModules(text: string): Map<string, string> {
  const modules = new Map<string, string>();
  let path: string | null = null;
  let url: string | null = null;
  const end = () => {
    if (path !== null && url !== null) modules.set(path, url);
    path = null;
    url = null;
  };
  for (const line of text.split('\n', 10_000)) {
    const trimmed = line.trim().slice(0, 2000);
    if (trimmed.startsWith('[')) end();
    const equals = trimmed.indexOf('=');
    const key = trimmed.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const value = trimmed
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    if (key === 'path') path = value;
    if (key === 'url') url = value;
  }
  end();
  return modules;
}
