// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readCargoToml } from './cargo.ts';
import { readChart } from './chart.ts';
import { readComposerJson } from './composer.ts';
import { readDebian } from './debian.ts';
import { type Manifest, unreadable } from './declared.ts';
import { readGemspec } from './gemspec.ts';
import { readMsbuild, readNuspec } from './nuget.ts';
import { readPackageJson } from './package-json.ts';
import { readPom } from './pom.ts';
import { readPyproject } from './pyproject.ts';
import { readSetupCfg } from './setup-cfg.ts';

type Reader = (text: string) => Manifest;

/** Manifests by their file's whole name; a new kind is one line here or below. */
const byName: ReadonlyMap<string, Reader> = new Map([
  ['package.json', readPackageJson],
  ['Cargo.toml', readCargoToml],
  ['pyproject.toml', readPyproject],
  ['setup.cfg', readSetupCfg],
  ['pom.xml', readPom],
  ['composer.json', readComposerJson],
  ['Chart.yaml', readChart],
  ['Directory.Build.props', readMsbuild],
]);

const byEnding: readonly (readonly [string, Reader])[] = [
  ['.gemspec', readGemspec],
  ['.nuspec', readNuspec],
  ['.csproj', readMsbuild],
  ['.fsproj', readMsbuild],
  ['.vbproj', readMsbuild],
];

/** In UTF-16 code units: ten times what any manifest needs, and under a second's work for every parser here. */
export const longestManifest = 1024 * 1024;
/** The YAML parser is slower by far, and charts are short. */
export const longestChart = 64 * 1024;

/** Whether `readManifest` reads a file of this path, by its name alone. */
export function isManifest(path: string): boolean {
  return readerOf(path) !== null;
}

/**
 * What the manifest at this path says of its package's license; null where the path is no manifest's.
 * Nothing is run or fetched. Never throws, and takes linear time, whatever the text: it comes from a stranger.
 */
export function readManifest(path: string, text: string): Manifest | null {
  const read = readerOf(path);
  if (read === null) return null;
  const longest = read === readChart ? longestChart : longestManifest;
  if (text.length <= longest) return read(text);
  const words = `The file is longer than ${longest / 1024} KiB, so its license is not read.`;
  return unreadable({ text: [words], line: 1 });
}

function readerOf(path: string): Reader | null {
  if (path === 'debian/copyright' || path.endsWith('/debian/copyright')) return readDebian;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return byName.get(name) ?? byEnding.find(([ending]) => name.endsWith(ending))?.[1] ?? null;
}
