// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Manifest } from '../../../../src/rules/license/manifests/declared.ts';
import { readManifest } from '../../../../src/rules/license/manifests/manifest.ts';

/** Each statement as `line form: expression`, in the order in which they stand; a problem as `line problem`. */
export function shown(path: string, text: string): readonly string[] {
  const manifest = readManifest(path, text);
  if (manifest === null) throw new Error(`${path} is not taken for a manifest.`);
  return showManifest(manifest);
}

function showManifest({ declared, problem }: Manifest): readonly string[] {
  const statements = declared.map(({ expression, form, line }) => `${line} ${form}: ${expression}`);
  return problem === null ? statements : [...statements, `${problem.line} problem`];
}
