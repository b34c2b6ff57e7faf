// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { readFileSync } from 'node:fs';

/** A pull request of one commit: its message and the files that it brings. */
export interface Change {
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Of a preset, a pull request that it takes, and ones that it does not, by the check that fails. */
export interface PresetCase {
  readonly passing: Change;
  readonly failing: Readonly<Record<string, Change>>;
}

/** The license of the repository that the pull requests are for. */
export const repositoryLicense = readFileSync(new URL('../../LICENSES/AGPL-3.0-or-later.txt', import.meta.url), 'utf8');

const sha = '0123456789abcdef0123456789abcdef01234567';
const signOff = 'Signed-off-by: Ada Example <ada@example.org>';
const license = (expression: string) => `// SPDX-License-${'Identifier'}: ${expression}\n`;

function change(message: string, files: Change['files'] = { 'src/a.ts': license('AGPL-3.0-or-later') }): Change {
  return { message, files };
}

function patch(path: string, header: string): Change {
  const diff = '--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n';
  const text = `From: Ada Example <ada@example.org>\nSubject: [PATCH] Mend it\n\n${header}\n---\n x.c | 2 +-\n\n${diff}`;
  return change('Carry a patch', { [path]: text });
}

const upstream = (passing: Change, failing: Change): PresetCase => ({
  passing,
  failing: { 'Upstream First': failing },
});
const signed = (subject: string, files?: Change['files']) => change(`${subject}\n\n${signOff}\n`, files);

const vendored = { 'vendor/x/LICENSE': repositoryLicense, 'vendor/x/x.ts': license('AGPL-3.0-or-later') };

/** By the preset's name. */
export const presetCases: Readonly<Record<string, PresetCase>> = {
  default: {
    passing: signed('Add it'),
    failing: { DCO: change('Add it'), License: signed('Add it', { 'a.ts': license('JSON') }) },
  },
  'dco-only': {
    passing: signed('Add it', { 'a.ts': license('JSON') }),
    failing: { DCO: change('Add it') },
  },
  'osi-only': {
    passing: change('Add it', { 'a.ts': license('MIT') }),
    failing: { License: change('Add it', { 'a.ts': license('LicenseRef-Ours') }) },
  },
  reuse: {
    passing: signed('Add it', { 'a.ts': license('CC0-1.0') }),
    failing: { License: signed('Add it', { 'a.ts': 'export const a = 1;\n' }) },
  },
  scs: {
    passing: signed('Add it\n\nUpstream-Status: Inappropriate [ours alone]', vendored),
    failing: {
      DCO: change('Add it'),
      License: signed('Add it', { 'src/a.ts': license('Apache-2.0') }),
      'Upstream First': signed('Add it', vendored),
    },
  },
  yocto: upstream(patch('a.patch', 'Upstream-Status: Denied [https://example.org/1 no]'), patch('a.patch', '')),
  dep3: upstream(patch('debian/patches/a', 'Forwarded: https://example.org/1'), patch('debian/patches/a', '')),
  buildroot: upstream(patch('package/a/1.patch', 'Upstream: https://example.org/1'), patch('package/a/1.patch', '')),
  openshift: upstream(change('UPSTREAM: <carry>: Mend it'), change('Mend it')),
  'android-kernel': upstream(change('ANDROID: mend it\n\nBug: 123\n'), change('mend it')),
  'chromeos-kernel': upstream(
    change('CHROMIUM: mend it\n\nBUG=b:1234567\nTEST=boots\nUPSTREAM-TASK=b:1234568\n'),
    change('CHROMIUM: mend it'),
  ),
  'linux-stable': upstream(change(`mend it\n\ncommit ${sha} upstream.\n`), change('mend it')),
  'rhel-kernel': upstream(
    change('mend it\n\nJIRA: https://issues.redhat.com/browse/RHEL-1\nUpstream Status: RHEL only\n'),
    change('mend it'),
  ),
  'suse-kernel': upstream(
    patch('patches.suse/a', 'Patch-mainline: Never, SUSE specific\nReferences: bsc#1234567'),
    patch('patches.suse/a', ''),
  ),
  'ubuntu-kernel': upstream(
    change('UBUNTU: SAUCE: mend it\n\nBugLink: https://bugs.launchpad.net/bugs/1\n'),
    change('mend it'),
  ),
  openwrt: upstream(
    patch('target/linux/generic/hack-6.6/210-mend-it.patch', ''),
    patch('target/linux/generic/pending-6.6/mend.patch', ''),
  ),
  custom: upstream(
    change('Mend it\n\nOnly-here: Our logo\n', { 'vendor/x.c': 'x\n' }),
    change('Mend it', { 'vendor/x.c': 'x\n' }),
  ),
};
