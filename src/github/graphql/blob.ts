// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import * as z from 'zod';

/** What a query asks of a file, as `...Text`. */
export const blobFragment = 'fragment Text on Blob { oid byteSize isBinary isTruncated text }';

/** What it is answered. */
export const blob = z.object({
  oid: z.string(),
  byteSize: z.int(),
  isBinary: z.boolean().nullable(),
  isTruncated: z.boolean(),
  text: z.string().nullable(),
});
export type BlobAnswer = z.output<typeof blob>;
