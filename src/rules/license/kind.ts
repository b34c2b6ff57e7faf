// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { skippableByPath } from './headers/skippable.ts';
import { isLock } from './locks/lock.ts';
import { isManifest } from './manifests/manifest.ts';
import { isLicenseFile } from './texts/license-file.ts';

/**
 * What a changed file is to this rule.
 * - `license`: a license's text; `notice`: NOTICE or PATENTS, which are not license texts and must not vanish either
 * - `reuse`: REUSE.toml or .reuse/dep5; `sidecar`: a .license file
 * - `source`: may say in a header under which license it is
 * - `manifest`, `lock`: of a package
 * - `modules`: .gitmodules
 * - `opaque`: binary by its name, so that it is not even read
 */
export type Kind = 'license' | 'notice' | 'reuse' | 'sidecar' | 'source' | 'manifest' | 'lock' | 'modules' | 'opaque';

const notice = /(?:^|[-_])(?:notices?|patents?)(?:[-_.].{0,80})?$/i;

const opaque =
  /\.(?:7z|a|aac|apk|avi|avif|bin|bmp|bz2|class|dll|dmg|doc|docx|dylib|eot|exe|flac|gif|gz|heic|ico|iso|jar|jpe?g|lz4|m4[av]|mkv|mo|mov|mp[34]|npy|o|od[pst]|ogg|otf|parquet|pdf|png|pptx?|psd|pyc|rar|so|sqlite|tar|tgz|tiff?|ttc|ttf|war|wasm|wav|web[mp]|whl|woff2?|xlsx?|xz|zip|zst)$/i;

export function kindOf(path: string): Kind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (path === '.gitmodules') return 'modules';
  if (name === 'REUSE.toml' || path === '.reuse/dep5') return 'reuse';
  if (name.endsWith('.license') && name !== '.license') return 'sidecar';
  if (isLicenseFile(path)) return notice.test(name) && !path.includes('LICENSES/') ? 'notice' : 'license';
  if (isManifest(path)) return 'manifest';
  if (isLock(path) || skippableByPath(path) === 'lock') return 'lock';
  return opaque.test(name) ? 'opaque' : 'source';
}

/** Files by which GitHub's dependency graph knows packages, beside those that this rule reads itself. */
const otherManifests =
  /^(?:(?:.*\/)?(?:go\.mod|Gemfile|Pipfile|requirements[\w.-]{0,40}\.txt|build\.gradle(?:\.kts)?|Package\.(?:swift|resolved)|pubspec\.ya?ml|mix\.exs|action\.ya?ml|packages\.config|packages\.lock\.json)|\.github\/workflows\/[^/]+\.ya?ml)$/;

/** Whether a change of this file may be one of dependencies. */
export function namesDependencies(path: string, kind: Kind): boolean {
  return kind === 'lock' || kind === 'manifest' || otherManifests.test(path);
}
