// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { describe, expect, test } from '@jest/globals';
import { type Subject, subjectKey } from '../../src/inbox/subject.ts';
import { pull, repository } from './contract.ts';

describe('A subject’s key', () => {
  test('ignores the case of names, as GitHub does', () => {
    const shouted: Subject = { kind: 'pull-request', repository: { ...repository, owner: 'OCTO' }, number: 1 };
    expect(subjectKey(shouted)).toBe(subjectKey(pull(1)));
  });

  test('differs for different subjects', () => {
    const group = { headRef: 'q', baseSha: 'b', baseRef: 'main' };
    const subjects: Subject[] = [
      pull(1),
      pull(2),
      pull(1, 2),
      { kind: 'merge-group', repository, headSha: 'a', ...group },
      { kind: 'merge-group', repository, headSha: 'b', ...group },
      { kind: 'open-pull-requests', repository, base: null, headSha: null },
      { kind: 'open-pull-requests', repository, base: 'main', headSha: null },
      { kind: 'open-pull-requests', repository, base: null, headSha: 'a' },
      { kind: 'policy-files', repository, base: 'main', sha: 'a', paths: [] },
      { kind: 'policy-files', repository, base: 'main', sha: 'b', paths: [] },
      { kind: 'extended-files', repository, ref: 'main', isDefault: true, sha: 'a', paths: [] },
      { kind: 'extended-files', repository, ref: 'v1', isDefault: false, sha: 'a', paths: null },
      { kind: 'installation', installationId: 1 },
      { kind: 'installation', installationId: 2 },
    ];
    expect(new Set(subjects.map(subjectKey)).size).toBe(subjects.length);
  });
});
