// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { openshift } from '../../../../src/rules/upstream/conventions/openshift.ts';
import { brief, readCommit } from '../commits.ts';

describe('the examples of the specification', () => {
  test.each([
    ['UPSTREAM: 12345: A kube fix', 'submitted #12345'],
    ['UPSTREAM: <carry>: A carried kube change', 'downstream-only "A carried kube change"'],
    ['UPSTREAM: <drop>: A dropped kube change', 'drop "A dropped kube change"'],
    ['UPSTREAM: revert: 12345: undo the kube fix', 'revert submitted #12345'],
    ['UPSTREAM: revert: <carry>: undo a carried change', 'revert downstream-only "undo a carried change"'],
    ['UPSTREAM: revert: <drop>: undo a dropped change', 'revert drop "undo a dropped change"'],
    ['UPSTREAM: k8s.io/heapster: 12345: fix memory leak in heapster', 'submitted k8s.io/heapster#12345'],
    ['UPSTREAM: revert: k8s.io/heapster: 12345: undo it', 'revert submitted k8s.io/heapster#12345'],
    ['UPSTREAM: coreos/etcd: <carry>: add TLS configuration', 'downstream-only "add TLS configuration"'],
    ['UPSTREAM: coreos/etcd: <drop>: regenerate protobuf', 'drop "regenerate protobuf"'],
    ['UPSTREAM: gopkg.in/ldap.v2: 51: expose better API', 'submitted gopkg.in/ldap.v2#51'],
  ])('%s', (subject, expected) => {
    expect(brief(readCommit(openshift, subject, '', 'Some words.'))).toEqual([expected]);
  });
});

describe('a near miss is mended', () => {
  test.each([
    ['Upstream: <carry>: x', 'UPSTREAM: <carry>: x'],
    ['UPSTREAM <carry>: x', 'UPSTREAM: <carry>: x'],
    ['UPSTREAM:<carry>: x', 'UPSTREAM: <carry>: x'],
    ['UPSTREAM: <carry> x', 'UPSTREAM: <carry>: x'],
    ['UPSTREAM: carry: x', 'UPSTREAM: <carry>: x'],
    ['UPSTREAM: <CARRY>: x', 'UPSTREAM: <carry>: x'],
    ['UPSTREAM: [drop]: x', 'UPSTREAM: <drop>: x'],
    ['[UPSTREAM] <drop> x', 'UPSTREAM: <drop>: x'],
    ['UPSTREAM: #12345: x', 'UPSTREAM: 12345: x'],
    ['UPSTREAM: PR 12345: x', 'UPSTREAM: 12345: x'],
    ['UPSTREAM: 12345 x', 'UPSTREAM: 12345: x'],
    ['UPSTREAM: https://github.com/coreos/etcd/pull/51: x', 'UPSTREAM: coreos/etcd: 51: x'],
    ['UPSTREAM: Revert: <carry>: x', 'UPSTREAM: revert: <carry>: x'],
    ['Revert "UPSTREAM: 95252: Shrink the chain"', 'UPSTREAM: revert: 95252: Shrink the chain'],
    ['OCPBUGS-1: UPSTREAM: <carry>: x', 'UPSTREAM: <carry>: x'],
  ])('%s', (subject, suggestion) => {
    expect(brief(readCommit(openshift, subject))).toEqual([`near-miss: ${suggestion}`]);
  });

  test('what says neither number, <carry> nor <drop> has no certain correction', () => {
    expect(brief(readCommit(openshift, 'UPSTREAM: whoopsie daisy'))).toEqual(['near-miss: ?']);
  });
});

test('a tag without a description lacks its reason', () => {
  expect(brief(readCommit(openshift, 'UPSTREAM: <carry>:'))).toEqual([
    'downstream-only',
    'missing-evidence: UPSTREAM: <carry>: DESCRIPTION',
  ]);
});

test.each(['Fix the scheduler', 'Upstream the driver', 'upstream sync', ''])('%j says nothing', (subject) => {
  expect(readCommit(openshift, subject, '', 'UPSTREAM: <carry>: not the subject')).toEqual(
    subject === '' ? expect.objectContaining({ problems: [] }) : { markers: [], problems: [] },
  );
});

test.each([
  [null, ['UPSTREAM: NUMBER: SUBJECT', 'UPSTREAM: <carry>: SUBJECT', 'UPSTREAM: <drop>: SUBJECT']],
  [
    { state: 'merged', evidence: [{ kind: 'url', url: 'https://github.com/coreos/etcd/pull/51' }] } as const,
    ['UPSTREAM: 51: SUBJECT'],
  ],
  [
    { state: 'submitted', evidence: [{ kind: 'pull-request', number: 51, repository: 'coreos/etcd' }] } as const,
    ['UPSTREAM: coreos/etcd: 51: SUBJECT'],
  ],
  [{ state: 'downstream-only', modifiers: { revert: true } } as const, ['UPSTREAM: revert: <carry>: SUBJECT']],
])('for %j it suggests %j', (marker, lines) => {
  expect(openshift.suggest(marker)).toEqual(lines);
});
