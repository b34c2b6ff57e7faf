// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

// Puts what each program and thread consists of into a few files: `npm run build` makes dist/, which the packed package and
// the image run. docs/performance.md says what that gains.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { bundledPackages, notices } from './notices.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));

export interface Program {
  /** Path of its file without the ending, in `dist/`, as `roles/worker-thread`. */
  readonly name: string;
  /** Its source, from the project's root. */
  readonly source: string;
  /** Packages that are imported from `node_modules` when it runs. */
  readonly apart: readonly string[];
}

/**
 * Packages that stay by themselves: those that only some installations load, those that find files of their own beside
 * their code, one whose modules find each other in a way that cannot be followed (jsonc-parser), and one that passes on
 * no text of its license (spdx-exceptions).
 */
const apart = ['pg', 'pg-boss', 'pino-pretty', 'jsonc-parser', 'spdx-exceptions'];

/** What is started: by `bin/`, and as threads. */
export const shippedPrograms: readonly Program[] = [
  { name: 'cli', source: 'src/cli.ts', apart },
  // Of Probot, this thread runs the set-up flow alone, with its pages.
  { name: 'main', source: 'src/main.ts', apart: [...apart, 'probot'] },
  { name: 'roles/worker-thread', source: 'src/roles/worker-thread.ts', apart },
  { name: 'storage/sqlite-thread', source: 'src/storage/sqlite-thread.ts', apart },
];

/**
 * Node.js fills in every name of a built-in module that is imported, and `WebSocket`, a name of `node:http`, costs it the
 * reading of all of undici: 50 ms in each thread. Where it is required, names are filled in when they are asked for.
 */
const httpWithoutUndici: Plugin = {
  name: 'http-without-undici',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:)?https?$/ }, ({ path }) => ({ path, namespace: 'built-in' }));
    onLoad({ filter: /.*/, namespace: 'built-in' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

/** What a package written for `require` finds where there is none. */
const requireHere = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);`;

/** Writes the programs into the directory `outdir`, with what is imported lazily in files beside them. */
export async function bundle(list: readonly Program[], outdir: string): Promise<readonly Metafile[]> {
  const built = await Promise.all(list.map((program) => bundleOne(program, outdir)));
  for (const { path, text } of built.flatMap(({ outputFiles }) => outputFiles)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, asciiOnly(text));
  }
  return built.map(({ metafile }) => metafile);
}

/**
 * V8 keeps code with a single other character in twice the memory. What esbuild leaves are those in comments and regular
 * expressions, where the escape means the same.
 */
function asciiOnly(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Each by itself: what two have in common would become files of its own, and each start would read more of them. */
function bundleOne({ name, source, apart: external }: Program, outdir: string) {
  return build({
    absWorkingDir: root,
    entryPoints: { [name]: source },
    outdir,
    chunkNames: `chunks/${name.replaceAll('/', '-')}-[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: { js: requireHere },
    external: [...external],
    plugins: [httpWithoutUndici],
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
}

if (import.meta.main) {
  const outdir = join(root, 'dist');
  rmSync(outdir, { recursive: true, force: true });
  const metafiles = await bundle(shippedPrograms, outdir);
  writeFileSync(join(outdir, 'THIRD-PARTY-NOTICES.txt'), notices(bundledPackages(metafiles)));
}
