// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';

/** The pages' whole style sheet; inline, so that a page is one file. */
export const style = `
:root { color-scheme: light dark; --ground: #fff; --raised: #f6f8fa; --line: #d1d9e0; --ink: #1f2328; --soft: #59636e;
  --link: #0969da; --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; --quiet: #59636e; --busy: #bf8700; --code: #818b981f; --merged: #8250df; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --raised: #151b23; --line: #3d444d; --ink: #f0f6fc; --soft: #9198a1;
  --link: #4493f8; --good: #3fb950; --bad: #f85149; --warn: #d29922; --quiet: #9198a1; --busy: #d29922; --code: #656c7633; --merged: #ab7df8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; overflow-wrap: break-word; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.top { background: var(--raised); border-bottom: 1px solid var(--line); padding: 12px 16px; }
main { max-width: 1012px; margin: 0 auto; } .top nav { max-width: 980px; margin: 0 auto; } .top nav { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: baseline; } .top b { font-weight: 600; }
.top .where { margin-left: auto; color: var(--soft); font-size: 12px; }
main { padding: 20px 16px 64px; }
h1 { font-size: 26px; font-weight: 400; line-height: 1.25; margin: 0 0 8px; } h1 .number { color: var(--soft); font-weight: 300; }
h2 { font-size: 16px; font-weight: 600; margin: 28px 0 8px; } .soft { color: var(--soft); } .small { font-size: 12px; }
.pill { display: inline-block; border-radius: 2em; padding: 3px 12px; font-weight: 500; color: #fff; background: var(--good); margin-right: 6px; }
.pill.closed { background: var(--bad); } .pill.merged { background: var(--merged); } .pill.draft { background: #59636e; }
@media (prefers-color-scheme: dark) { .pill { background: #238636; } .pill.closed { background: #da3633; } .pill.merged { background: #8957e5; } }
.branch, .sha, code { font-family: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, monospace; font-size: 12px; }
.branch { background: var(--code); color: var(--link); border-radius: 6px; padding: 2px 5px; }
.box { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; } .box > * + * { border-top: 1px solid var(--line); }
.row { display: flex; gap: 10px; padding: 10px 14px; align-items: flex-start; } .row > .grow { flex: 1; min-width: 0; } .row > .icon { margin-top: 2px; }
.row p { margin: 0; } .row.head { background: var(--raised); font-weight: 600; }
.icon { width: 18px; height: 18px; flex: none; fill: none; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.icon circle { stroke: currentColor; fill: currentColor; } .icon path { stroke: var(--ground); } .icon.busy circle, .icon.quiet circle { fill: none; } .icon.busy path, .icon.quiet path { stroke: currentColor; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .quiet { color: var(--quiet); } .busy { color: var(--busy); }
.badge { border: 1px solid var(--line); border-radius: 2em; font-size: 12px; padding: 0 8px; line-height: 18px; color: var(--soft); white-space: nowrap; } .badge .icon { width: 14px; height: 14px; } .checks .badge { display: inline-flex; gap: 4px; align-items: center; margin: 6px 4px 0 0; padding: 1px 8px 1px 4px; }
.badge.good { border-color: currentColor; color: var(--good); }
details > summary { cursor: pointer; list-style: none; } summary::-webkit-details-marker { display: none; } summary .more { color: var(--soft); font-size: 12px; }
.run + .run { border-top: 1px solid var(--line); } .output { padding: 4px 16px 18px 42px; }
.output h3.title { font-size: 20px; font-weight: 600; margin: 8px 0 0; } .part { color: var(--soft); font-size: 12px; text-transform: uppercase; letter-spacing: .04em; margin: 18px 0 0; }
.markdown { font-size: 14px; } .markdown > :first-child { margin-top: 8px; } .markdown h1, .markdown h2 { font-size: 18px; font-weight: 600; padding-bottom: .3em; border-bottom: 1px solid var(--line); } .markdown h3 { font-size: 15px; }
.markdown code, pre { background: var(--code); border-radius: 6px; } .markdown code { padding: .2em .4em; font-size: 85%; }
pre { padding: 14px; overflow-x: auto; line-height: 1.45; } .markdown pre code, pre code { background: none; padding: 0; font-size: 12px; overflow-wrap: normal; }
.markdown table { border-collapse: collapse; display: block; overflow-x: auto; max-width: 100%; } .markdown th, .markdown td { border: 1px solid var(--line); padding: 6px 13px; text-align: start; } .markdown tr:nth-child(2n) td { background: var(--raised); }
.markdown blockquote { margin-inline: 0; padding-inline: 1em; color: var(--soft); border-inline-start: .25em solid var(--line); } .markdown img { display: none; }
.annotation { border: 1px solid var(--line); border-inline-start: 4px solid currentColor; border-radius: 6px; padding: 8px 12px; margin-top: 8px; } .annotation > * { color: var(--ink); } .annotation .file { font-size: 12px; color: var(--soft); } .annotation .file, .row b, .row .small { overflow-wrap: anywhere; } .annotation p { margin: 2px 0; white-space: pre-wrap; }
@media (max-width: 600px) { h1 { font-size: 20px; } .output { padding: 4px 12px 16px; } .top .where { width: 100%; margin: 0; } }
`;

/** No script, no image, no font, nothing from anywhere: only this very style sheet. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
