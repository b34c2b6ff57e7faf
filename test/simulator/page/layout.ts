// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { type Html, html, trusted } from './html.ts';
import { style } from './style.ts';

/** A whole page. `trail` leads from the start to where we are. */
export function layout(title: string, trail: readonly { name: string; href: string }[], content: Html): string {
  const links = trail.map(({ name, href }) => html`<span class="soft">/</span><a href="${href}"><b>${name}</b></a>`);
  return html`${trusted('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${trusted(`<style>${style}</style>`)}
</head>
<body>
<header class="top"><nav aria-label="Breadcrumb"><a href="/">Pull requests</a>${links}<span class="where">simulated GitHub, on loopback</span></nav></header>
<main>
${content}
</main>
</body>
</html>
`.html;
}
