// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { gitHubRepository } from '../../rules/git-address.ts';
import type { ConventionId } from '../../rules/upstream/conventions.ts';
import type { Surroundings } from './surroundings.ts';

/** A notation that this tree's changes are likely to use. */
export interface NoticedConvention {
  readonly id: ConventionId;
  /** Why, as what follows “because”. */
  readonly because: string;
  /** Globs of patch files, where they lie elsewhere than the notation's community has them. */
  readonly patches?: readonly string[];
}

interface Tree {
  readonly has: (path: string) => boolean;
  readonly any: (pattern: RegExp) => boolean;
}

/** What gives each kind of tree away; the more special ones first. */
const kinds: readonly (readonly [ConventionId, (tree: Tree) => string | null])[] = [
  ['suse-kernel', ({ any }) => (any(/^patches\.suse\//) ? 'patches.suse/ is here' : null)],
  ['rhel-kernel', ({ has }) => (has('Makefile.rhelver') ? 'Makefile.rhelver is here' : null)],
  ['ubuntu-kernel', ({ has }) => (has('debian.master/changelog') ? 'debian.master/ is here' : null)],
  ['chromeos-kernel', (tree) => (isKernel(tree) && tree.any(/^chromeos\//) ? 'it is a kernel with chromeos/' : null)],
  [
    'android-kernel',
    (tree) =>
      isKernel(tree) && tree.any(/^(?:build\.config\.|android\/)/) ? 'it is a kernel with Android’s files' : null,
  ],
  [
    'openwrt',
    ({ has, any }) => (has('feeds.conf.default') && any(/^target\/linux\//) ? 'feeds.conf.default is here' : null),
  ],
  ['buildroot', buildroot],
  ['yocto', ({ any }) => (any(/(?:^|\/)conf\/layer\.conf$/) ? 'it is a layer: conf/layer.conf is here' : null)],
  ['yocto', ({ any }) => (any(/\.bb(?:append)?$/) ? 'it has recipes (.bb, .bbappend)' : null)],
  ['dep3', ({ any }) => (any(/^debian\/patches\/./) ? 'patches lie in debian/patches/' : null)],
  [
    'openshift',
    ({ has, any }) => (has('.ci-operator.yaml') || any(/^openshift-hack\//) ? 'it has OpenShift’s build files' : null),
  ],
];

function isKernel({ has }: Tree): boolean {
  return has('Kbuild') && has('Kconfig') && has('include/linux/kernel.h');
}

function buildroot({ has, any }: Tree): string | null {
  if (has('external.desc')) return 'it is an external tree: external.desc is here';
  return has('Config.in') && any(/^package\/[^/]+\/[^/]+\.mk$/) ? 'package/ holds Buildroot’s packages' : null;
}

/** The notations that fit, the likeliest first. */
export async function noticeConventions(around: Surroundings): Promise<readonly NoticedConvention[]> {
  const files = new Set(around.files);
  const tree = {
    has: (path: string) => files.has(path),
    any: (pattern: RegExp) => around.files.some((path) => pattern.test(path)),
  };
  const found = kinds.flatMap(([id, sign]): NoticedConvention[] => {
    const because = sign(tree);
    return because === null ? [] : [{ id, because }];
  });
  if (isKernel(tree) && (await isStable(around)))
    found.push({ id: 'linux-stable', because: 'it is a stable Linux kernel' });
  const known = found.length > 0 ? [] : await byPatches(around);
  const fork: NoticedConvention[] =
    upstreamOf(around) === null ? [] : [{ id: 'scs', because: 'it is a fork: there is a remote named upstream' }];
  const all = [...found, ...known, ...fork];
  return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index);
}

/** Mainline's versions have a SUBLEVEL of 0. */
async function isStable(around: Surroundings): Promise<boolean> {
  const makefile = await around.text('Makefile');
  return makefile !== null && /^SUBLEVEL = [1-9]/m.test(makefile);
}

/** The repository of the remote `upstream`, where it is on the same GitHub as `origin`, which alone can be asked. */
export function upstreamOf({ remotes, upstreamBranch }: Pick<Surroundings, 'remotes' | 'upstreamBranch'>) {
  const [origin, upstream] = [remotes.get('origin'), remotes.get('upstream')];
  if (origin === undefined || upstream === undefined) return null;
  const host = hostOf(origin);
  const repo = host === null ? null : gitHubRepository(upstream, host);
  return repo === null ? null : { repo, branch: upstreamBranch };
}

function hostOf(address: string): string | null {
  return /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)/.exec(address)?.[1] ?? (URL.parse(address)?.host || null);
}

const patchFile = /\.(?:patch|diff)$/;
/** Patches in these are data of tests, or somebody else's. */
const passedOver = /(?:^|\/)(?:tests?|testdata|fixtures|__tests__|vendor|third_party|node_modules)\//;
/** Read to see which notation they are in. */
const mostPatches = 50;

/** What a line of a patch's header says about its notation. */
const headerLines: readonly (readonly [ConventionId, RegExp, string])[] = [
  ['yocto', /^Upstream-Status:/m, 'Upstream-Status:'],
  ['suse-kernel', /^Patch-mainline:/m, 'Patch-mainline:'],
  ['dep3', /^(?:Forwarded|Applied-Upstream):/m, 'Forwarded: or Applied-Upstream:'],
  ['buildroot', /^Upstream:/m, 'Upstream:'],
];

async function byPatches(around: Surroundings): Promise<NoticedConvention[]> {
  const paths = around.files.filter((path) => patchFile.test(path) && !passedOver.test(path));
  if (paths.length === 0) return [];
  const patches = globsOf(paths);
  const texts = await Promise.all(paths.slice(0, mostPatches).map((path) => around.text(path)));
  for (const [id, pattern, name] of headerLines) {
    if (!texts.some((text) => text !== null && pattern.test(text))) continue;
    return [{ id, patches, because: `its patches have ${name} in their headers` }];
  }
  const because = 'it carries patches, and any patch can have this notation’s line in its header';
  return [{ id: 'yocto', patches, because }];
}

/** The top directories of these files as globs; all patch files where those are many, or have unusual names. */
function globsOf(paths: readonly string[]): string[] {
  const tops = [...new Set(paths.map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')))];
  if (tops.length > 3 || tops.some((top) => !/^[\w.-]*$/.test(top))) return ['**/*.patch', '**/*.diff'];
  const endings = ['patch', 'diff'].filter((ending) => paths.some((path) => path.endsWith(`.${ending}`)));
  return tops.flatMap((top) => endings.map((ending) => (top === '' ? `*.${ending}` : `${top}/**/*.${ending}`)));
}
