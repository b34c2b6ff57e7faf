// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { androidKernel } from './conventions/android-kernel.ts';
import { buildroot } from './conventions/buildroot.ts';
import { chromeosKernel } from './conventions/chromeos-kernel.ts';
import { customConvention } from './conventions/custom.ts';
import type { CustomSettings } from './conventions/custom-settings.ts';
import { dep3 } from './conventions/dep3.ts';
import { linuxStable } from './conventions/linux-stable.ts';
import { openshift } from './conventions/openshift.ts';
import { openwrt } from './conventions/openwrt.ts';
import { rhelKernel } from './conventions/rhel-kernel.ts';
import { scs } from './conventions/scs.ts';
import { suseKernel } from './conventions/suse-kernel.ts';
import { ubuntuKernel } from './conventions/ubuntu-kernel.ts';
import { yocto } from './conventions/yocto.ts';
import type { Convention } from './model.ts';

/** Every notation by its preset's name. A new one is a line here, and a line in `usualPlaces` if it lives in patches. */
const table = {
  yocto,
  dep3,
  buildroot,
  openshift,
  'android-kernel': androidKernel,
  'chromeos-kernel': chromeosKernel,
  'linux-stable': linuxStable,
  'rhel-kernel': rhelKernel,
  'suse-kernel': suseKernel,
  'ubuntu-kernel': ubuntuKernel,
  openwrt,
  scs,
} as const satisfies Readonly<Record<string, Convention>>;

export type ConventionId = keyof typeof table | 'custom';
export const conventionIds: readonly [ConventionId, ...ConventionId[]] = [
  'custom',
  ...(Object.keys(table) as (keyof typeof table)[]),
];

/** The convention of that name; `custom` as the policy describes it, null where it does not. */
export function conventionNamed(id: ConventionId, custom: CustomSettings | null): Convention | null {
  if (id !== 'custom') return table[id];
  return custom === null ? null : customConvention(custom);
}

/** Where each convention's community keeps its patches, as globs. */
const usualPlaces: Readonly<Partial<Record<ConventionId, readonly string[]>>> = {
  yocto: ['**/*.patch', '**/*.diff'],
  dep3: ['debian/patches/**'],
  buildroot: ['**/*.patch'],
  'suse-kernel': ['patches.*/**'],
  openwrt: ['**/patches*/*.patch', '**/backport-*/*.patch', '**/pending-*/*.patch', '**/hack-*/*.patch'],
  custom: ['**/*.patch'],
};

/** The usual places of a convention that lives in patch files; none for one that lives in commits. */
export function usualPatches(id: ConventionId): readonly string[] {
  return usualPlaces[id] ?? [];
}
