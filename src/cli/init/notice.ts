// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { parseDcoApp } from '../../policy/dco-app.ts';
import type { Tree } from '../../policy/tree.ts';
import { evaluate } from '../../rules/license/expressions/evaluate.ts';
import { isLicenseFile } from '../../rules/license/texts/license-file.ts';
import { expressionOf, identified, isKnown } from '../../rules/license/texts.ts';
import { type NoticedConvention, noticeConventions, upstreamOf } from './conventions.ts';
import type { Surroundings } from './surroundings.ts';

/** What a repository shows of itself that a policy for it should know. */
export interface Noticed {
  /** What the DCO App's own file sets, as sections of a policy; null: there is none; `broken`: it has mistakes. */
  readonly dcoApp: Tree | 'broken' | null;
  /** The license file at the root and what it holds, null where nobody knows it. */
  readonly license: { readonly path: string; readonly expression: string | null } | null;
  /** Licenses that the repository has itself and that are not OSI-approved, each with a file that says so. */
  readonly notApproved: readonly { readonly id: string; readonly path: string }[];
  /** What shows that the repository follows REUSE. */
  readonly reuse: string | null;
  /** Names of directories with code from elsewhere, beside those that every policy knows. */
  readonly vendored: readonly string[];
  readonly submodules: boolean;
  readonly conventions: readonly NoticedConvention[];
  readonly fork: { readonly repo: string; readonly branch: string | null } | null;
}

/** Looks through the repository for what a policy should know of it. */
export async function notice(around: Surroundings): Promise<Noticed> {
  const { files } = around;
  const [license, conventions] = await Promise.all([rootLicense(around), noticeConventions(around)]);
  return {
    dcoApp: await dcoApp(around),
    license,
    notApproved: notApproved(license, files),
    reuse:
      reuseFiles.map((name) => files.find((path) => path.startsWith(name))).find((path) => path !== undefined) ?? null,
    vendored: vendoredNames.filter((name) => holdsLicenses(name, files)),
    submodules: files.includes('.gitmodules'),
    conventions,
    fork: upstreamOf(around),
  };
}

const reuseFiles = ['REUSE.toml', '.reuse/dep5', 'LICENSES/'];

async function dcoApp({ files, text }: Surroundings): Promise<Noticed['dcoApp']> {
  const path = '.github/dco.yml';
  const content = files.includes(path) ? await text(path) : null;
  return content === null ? null : (parseDcoApp(content).written?.sections ?? 'broken');
}

async function rootLicense({ files, text }: Surroundings): Promise<Noticed['license']> {
  const path = files.find(
    (one) => !one.includes('/') && /^(?:licen[cs]e|copying|unlicense)/i.test(one) && isLicenseFile(one),
  );
  if (path === undefined) return null;
  const found = identified((await text(path)) ?? '');
  const known = found.length > 0 && found.every(isKnown);
  return { path, expression: known ? [...new Set(found.map(expressionOf))].join(' AND ') : null };
}

function notApproved(license: Noticed['license'], files: readonly string[]): Noticed['notApproved'] {
  const named = files.flatMap((path) => {
    const id = /^LICENSES\/([\w.+-]+)\.txt$/.exec(path)?.[1];
    return id === undefined ? [] : [{ id, path }];
  });
  const own = license?.expression == null ? [] : [{ id: license.expression, path: license.path }];
  const all = [...own, ...named].flatMap(({ id: expression, path }) => {
    const { ids } = evaluate(expression);
    return ids.filter((id) => evaluate(id).osi === 'no').map((id) => ({ id, path }));
  });
  return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index);
}

/** As usual as `vendor` and `third_party`, but also used for other things: a license inside tells. */
const vendoredNames = ['3rdparty', 'deps', 'extern', 'external', 'third-party', 'thirdparty', 'vendored'];

function holdsLicenses(name: string, files: readonly string[]): boolean {
  return files.some((path) => `/${path}`.includes(`/${name}/`) && isLicenseFile(path));
}
