// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readReference } from '../../../src/rules/upstream/references.ts';

const id = 'c31e73121f4c1ec41143423ac6ce3ce6dafdcec1';

function read(url: string, github = 'github.com') {
  const { host: _, ...reference } = readReference(url, github) ?? { host: '', service: null };
  return Object.values(reference).map(String).join(' ');
}

describe('GitHub', () => {
  test.each([
    ['https://github.com/openstack/nova/pull/12', 'github pull-request openstack/nova 12'],
    ['https://github.com/openstack/nova/pull/12/', 'github pull-request openstack/nova 12'],
    ['https://github.com/openstack/nova/pull/12/files#diff-1', 'github pull-request openstack/nova 12'],
    [`https://github.com/openstack/nova/pull/12/commits/${id}`, 'github pull-request openstack/nova 12'],
    ['https://github.com/openstack/nova/pull/12.patch', 'github pull-request openstack/nova 12'],
    ['https://www.github.com/openstack/nova/pull/12', 'github pull-request openstack/nova 12'],
    ['HTTPS://GitHub.com/OpenStack/nova/pull/12', 'github pull-request OpenStack/nova 12'],
    ['https://github.com/openstack/nova/issues/3#issuecomment-4', 'github issue openstack/nova 3'],
    [`https://github.com/openstack/nova/commit/${id}`, `github commit openstack/nova ${id}`],
    [`https://github.com/openstack/nova/commit/${id}.patch`, `github commit openstack/nova ${id}`],
    [
      `https://github.com/openstack/nova/commit/${id.slice(0, 7).toUpperCase()}`,
      'github commit openstack/nova c31e731',
    ],
    ['https://github.com/openstack/nova/releases/tag/v2.3', 'github release openstack/nova v2.3'],
    ['https://github.com/openstack/nova', 'github page'],
    ['https://github.com/openstack/nova/pull/0', 'github page'],
    ['https://github.com/openstack/nova/pull/99999999999', 'github page'],
    ['https://github.com/../nova/pull/12', 'github page'],
    ['https://github.com/a%2Fb/nova/pull/12', 'github page'],
    ['https://github.com.example.org/openstack/nova/pull/12', 'unknown page'],
  ])('%s', (url, expected) => {
    expect(read(url)).toBe(expected);
  });

  test('the configured server counts, with its port', () => {
    const url = 'https://github.example.com:8443/a/b/pull/1';
    expect(readReference(url, 'github.example.com:8443')).toEqual({
      service: 'github',
      host: 'github.example.com:8443',
      thing: 'pull-request',
      repository: 'a/b',
      number: 1,
    });
    expect(read(url)).toBe('unknown page');
  });

  test('github.com is recognised beside it, by its own host', () => {
    const reference = readReference('https://github.com/a/b/pull/1', 'github.example.com');
    expect([reference?.service, reference?.host]).toEqual(['github', 'github.com']);
  });
});

describe('other forges', () => {
  test.each([
    ['https://gitlab.com/group/sub/project/-/merge_requests/5/diffs', 'gitlab pull-request group/sub/project 5'],
    [`https://gitlab.com/group/project/-/commit/${id}`, `gitlab commit group/project ${id}`],
    ['https://gitlab.example.org/group/project/-/issues/5', 'gitlab issue group/project 5'],
    ['https://code.example.org/group/project/-/merge_requests/5', 'gitlab pull-request group/project 5'],
    ['https://gitlab.com/group/project/merge_requests/5', 'gitlab pull-request group/project 5'],
    ['https://gitlab.com/group/project/-/tags/v1.2', 'gitlab release group/project v1.2'],
    ['https://salsa.debian.org/a/b', 'gitlab page'],
    ['https://review.opendev.org/c/openstack/nova/+/123456', 'gerrit pull-request openstack/nova 123456'],
    ['https://review.opendev.org/c/openstack/nova/+/123456/2/nova/x.py', 'gerrit pull-request openstack/nova 123456'],
    ['https://review.opendev.org/123456', 'gerrit pull-request null 123456'],
    ['https://review.openstack.org/#/c/123456/', 'gerrit pull-request null 123456'],
    [
      'https://chromium-review.googlesource.com/c/chromiumos/third_party/kernel/+/4763407',
      'gerrit pull-request chromiumos/third_party/kernel 4763407',
    ],
    [`https://android.googlesource.com/kernel/common/+/${id}`, `gitiles commit kernel/common ${id}`],
  ])('%s', (url, expected) => {
    expect(read(url)).toBe(expected);
  });
});

describe('mail', () => {
  const mail = '20190619171517.GA17557@example.org';
  test.each([
    [`https://lore.kernel.org/lkml/${mail}/`, `lore message lkml ${mail}`],
    [`https://lore.kernel.org/lkml/${mail}/T/#u`, `lore message lkml ${mail}`],
    [`https://lore.kernel.org/r/${mail}`, `lore message null ${mail}`],
    [`https://lore.kernel.org/all/${mail.replace('@', '%40')}/`, `lore message all ${mail}`],
    [`https://patch.msgid.link/${mail}`, `lore message null ${mail}`],
    ['https://lore.kernel.org/lkml/', 'lore page'],
    ['https://patchwork.kernel.org/patch/13190708/', 'patchwork message null 13190708'],
    [
      'https://patchwork.kernel.org/project/linux-media/patch/1-a@example.org/',
      'patchwork message linux-media 1-a@example.org',
    ],
    ['https://lore.kernel.org/patchwork/patch/1060242/', 'patchwork message null 1060242'],
    ['https://patchwork.ozlabs.org/project/buildroot/list/', 'patchwork page'],
    ['https://lists.gnu.org/archive/html/qemu-devel/2020-01/msg00001.html', 'mailing-list message qemu-devel 00001'],
    ['https://lists.openembedded.org/g/openembedded-core/message/1', 'mailing-list page'],
    [
      'https://mail.python.org/archives/list/dev@python.org/thread/ABC123/',
      'mailing-list message dev@python.org ABC123',
    ],
    ['http://lists.busybox.net/pipermail/buildroot/2020-January/123456.html', 'mailing-list message buildroot 123456'],
    ['https://marc.info/?l=linux-kernel&m=1', 'mailing-list page'],
  ])('%s', (url, expected) => {
    expect(read(url)).toBe(expected);
  });
});

describe('repositories and bugs', () => {
  test.each([
    [
      `https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=${id}`,
      `cgit commit pub/scm/linux/kernel/git/torvalds/linux.git ${id}`,
    ],
    [
      `https://git.kernel.org/pub/scm/linux/kernel/git/next/linux-next.git/commit/drivers/x.c?h=master&id=${id}`,
      `cgit commit pub/scm/linux/kernel/git/next/linux-next.git ${id}`,
    ],
    [`https://git.kernel.org/torvalds/c/${id.slice(0, 12)}`, `cgit commit torvalds ${id.slice(0, 12)}`],
    [`https://git.savannah.gnu.org/cgit/grep.git/commit/?id=${id}`, `cgit commit grep.git ${id}`],
    [`https://git.example.org/gitweb/?p=x.git;a=commit;h=${id}`, `gitweb commit x.git ${id}`],
    [`https://git.example.org/?p=x.git&a=commitdiff&h=${id}`, `gitweb commit x.git ${id}`],
    [`https://sourceware.org/git/?p=glibc.git;a=commit;h=${id}`, `sourceware commit glibc.git ${id}`],
    [`https://sourceware.org/git/gitweb.cgi?p=glibc.git;h=${id}`, `sourceware commit glibc.git ${id}`],
    ['https://sourceware.org/bugzilla/show_bug.cgi?id=25719', 'sourceware issue null 25719'],
    ['https://sourceware.org/pipermail/libc-alpha/2020-May/113961.html', 'sourceware message libc-alpha 113961'],
    ['https://sourceware.org/glibc/', 'sourceware page'],
    ['https://bugs.launchpad.net/bugs/1865402', 'launchpad issue null 1865402'],
    ['https://bugs.launchpad.net/nova/+bug/1865402', 'launchpad issue nova 1865402'],
    ['https://bugs.launchpad.net/ubuntu/+source/linux/+bug/1/comments/2', 'launchpad issue ubuntu/+source/linux 1'],
    ['https://code.launchpad.net/~ada/nova/+git/nova/+merge/7', 'launchpad pull-request ~ada/nova 7'],
    ['https://bugzilla.redhat.com/show_bug.cgi?id=1', 'bugzilla issue null 1'],
    ['https://bugzilla.kernel.org/218000', 'bugzilla issue null 218000'],
    ['https://bugs.debian.org/cgi-bin/bugreport.cgi?bug=12', 'debbugs issue null 12'],
    ['https://bugs.debian.org/12', 'debbugs issue null 12'],
    ['https://example.org/anything', 'unknown page'],
  ])('%s', (url, expected) => {
    expect(read(url)).toBe(expected);
  });
});

test.each([
  'github.com/a/b/pull/1',
  'ftp://github.com/a/b',
  'javascript:alert(1)',
  'https://user:secret@github.com/a/b/pull/1',
  'https://',
  `https://github.com/${'a'.repeat(2000)}`,
])('%s is no web address to go by', (url) => {
  expect(readReference(url, 'github.com')).toBeNull();
});

test('it never throws, and names no repository with anything but what a path may hold', () => {
  const part = fc.constantFrom(
    'github.com',
    'gitlab.com',
    'a',
    '/',
    '//',
    '-',
    '+',
    'pull',
    'commit',
    '..',
    '%',
    '%2e',
    '?id=',
    '#/c/',
    '@',
    '1',
    id,
    ' ',
    '\n',
    'lore.kernel.org',
    'c',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 5 })), { maxLength: 15 }), (parts) => {
      const reference = readReference(`https://${parts.join('')}`, 'github.com');
      if (reference?.service !== 'github' || reference.thing === 'page') return;
      expect('repository' in reference ? reference.repository : null).toMatch(/^[\w-]+\/[\w.-]+$/);
    }),
  );
});
