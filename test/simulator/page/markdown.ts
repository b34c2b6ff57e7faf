// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type Html, trusted } from './html.ts';

/**
 * GitHub's Markdown as HTML. Raw HTML in it comes out as text and dangerous link targets come out empty: micromark
 * does both unless told otherwise.
 */
export function markdown(text: string): Html {
  return trusted(micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] }));
}
