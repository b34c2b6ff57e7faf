// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Whether REUSE asks for licensing information about a path (REUSE Specification 3.3, "Covered and ignored Files"):
 * not for license files, sidecars, REUSE.toml itself, what lies in `.reuse/` and SPDX documents. Symbolic links, empty
 * and ignored files and submodules, which a path doesn't show, are not covered either.
 */
export function isCovered(path: string): boolean {
  if (path.startsWith('LICENSES/') || path.startsWith('.reuse/')) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(?:LICEN[CS]E|COPYING)(?:[-.].*)?$/.test(name) || name === 'REUSE.toml') return false;
  return !/\.license$|\.spdx(?:\.(?:json|ya?ml|rdf|xml))?$/.test(name);
}
