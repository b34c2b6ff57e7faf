// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { PatchConvention, Reading } from '../../../src/rules/upstream/model.ts';

/** A diff that changes one line. */
export const diff = `diff --git a/a.c b/a.c
index 0123456..789abcd 100644
--- a/a.c
+++ b/a.c
@@ -1 +1 @@
-old
+new
`;

/** A patch as `git format-patch` writes it, around the lines of its message. */
export function mail(message: string, statistics = ' a.c | 2 +-\n'): string {
  return `From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001
From: Ada Example <ada@example.org>
Date: Thu, 1 Jan 2026 12:00:00 +0000
Subject: [PATCH] Mend the frobnicator

${message}
---
${statistics} 1 file changed, 1 insertion(+), 1 deletion(-)

${diff}-- 
2.50.1
`;
}

/** What a convention reads of a header in front of a diff. */
export function readingOf(convention: PatchConvention, header: string, path = 'patches/0001-mend.patch'): Reading {
  return convention.read({ path, text: `${header}\n\n${diff}` });
}

/** State and evidence of each marker. */
export function stated(reading: Reading) {
  return reading.markers.map(({ state, evidence }) => [state, ...evidence]);
}

/** Code and suggestion of each problem. */
export function mended(reading: Reading) {
  return reading.problems.map(({ code, suggestion }) => [code.replace(/^upstream\./, ''), suggestion]);
}
