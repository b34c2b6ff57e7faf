// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { startApp } from '../../demo/app-process.ts';
import { createRepository } from '../git/repository.ts';
import { freePort } from '../helpers/free-port.ts';
import { startSimulator } from '../simulator/index.ts';
import { countersign, root } from './command.ts';

// Tests reach no registry, so the tarball is not installed by npm: it is unpacked where npm would put it, and what it
// depends on, as its package.json says and nothing else, is linked beside it from the checkout.
const home = mkdtempSync(join(tmpdir(), 'countersign-package-'));
const installed = join(home, 'project/node_modules/countersign');
const bin = join(installed, 'bin/countersign.js');
const sources = ['package.json', 'bin', 'data', 'src', 'tools', 'policies', 'schemas', 'app.yml', 'LICENSES'];

/** What esbuild writes for an import of a package: at a line's end, or lazily. */
const importOf = /(?:^} from |^(?:im|ex)port .*from |^import |\bimport\()['"]([^'".][^'"]*)['"](?:;$|\))/gm;

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  bin: z.object({ countersign: z.string() }),
});
const manifest = () => manifestSchema.parse(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')));
const files = () => readdirSync(installed, { recursive: true, encoding: 'utf8' });

beforeAll(() => {
  const checkout = join(home, 'checkout');
  for (const path of sources) cpSync(join(root, path), join(checkout, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  mkdirSync(join(checkout, 'dist'));
  cpSync(join(root, 'package.json'), join(checkout, 'dist/left-over.js'));
  const env = { ...process.env, npm_config_cache: join(home, 'npm'), npm_config_offline: 'true' };
  execFileSync('npm', ['pack', '--silent', '--pack-destination', home], { cwd: checkout, env, stdio: 'pipe' });
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz')) ?? '';
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(home, tarball), '-C', installed, '--strip-components=1']);
  for (const name of Object.keys(manifest().dependencies)) {
    const link = join(home, 'project/node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the packed package', () => {
  test('holds what it runs on, built anew, and no sources or tests', () => {
    expect(files()).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/main.js', 'policies/default.yml', 'app.yml']));
    expect(files().filter((name) => /\.ts$|^src|^test|^tools|node_modules|left-over/.test(name))).toEqual([]);
  });

  test('drags no Node.js along', () => {
    const { dependencies, optionalDependencies } = manifest();
    expect(Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => /^node(-|$)/.test(name))).toEqual(
      [],
    );
    expect(optionalDependencies).toEqual({});
  });

  test('imports nothing that it does not depend on', () => {
    const code = files().filter((name) => name.endsWith('.js'));
    const named = code.flatMap((name) => [...readFileSync(join(installed, name), 'utf8').matchAll(importOf)]);
    const packages = named.map(([, name = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? '');
    const unknown = packages.filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
    expect(packages.length).toBeGreaterThan(20);
    expect([...new Set(unknown)].filter((name) => !(name in manifest().dependencies))).toEqual([]);
  });

  test('passes on the license of every package whose code it holds', () => {
    const text = readFileSync(join(installed, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const parts = text.split(/^={80}$/m).slice(1);
    const named = parts.map((part) => /^\s+(\S+) \S+ \((.+)\)\n\n([\s\S]+)$/.exec(part));
    expect(named.filter((match) => match === null || (match[3]?.length ?? 0) < 500)).toEqual([]);
    expect(named.map((match) => match?.[1])).toEqual(expect.arrayContaining(['probot', 'zod', '@octokit/core']));
  });

  test('holds no code in twice the memory for the sake of a single character', () => {
    const code = files().filter((name) => name.startsWith('dist/') && name.endsWith('.js'));
    expect(code.filter((name) => readFileSync(join(installed, name)).some((byte) => byte > 0x7f))).toEqual([]);
  });

  test('runs the App', async () => {
    const simulator = await startSimulator();
    const app = await startApp(simulator.environment(), join(installed, 'bin/app.js'));
    try {
      simulator.sendWebhooksTo(app.url);
      const repository = simulator.repository('acme/engine');
      await simulator.install('acme');
      simulator.user('ada');
      repository.commit('topic', { message: 'Not signed off\n', files: { 'a.txt': 'a\n' } });
      const pullRequest = await repository.openPullRequest({ author: 'ada', head: 'topic' });
      while (pullRequest.check('DCO')?.conclusion === undefined) await sleep(10);
      expect(pullRequest.check('DCO')?.conclusion).toBe('ACTION_REQUIRED');
    } finally {
      await app.stop();
      await simulator.close();
    }
  });

  test('opens the page that creates the App where there are no credentials', async () => {
    const place = join(home, 'new');
    mkdirSync(place);
    for (const name of ['app.yml', 'package.json']) cpSync(join(installed, name), join(place, name));
    const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(await freePort()) };
    const child = spawn(process.execPath, [join(installed, 'bin/app.js')], { cwd: place, env });
    let said = '';
    for await (const chunk of child.stdout) {
      said += chunk;
      if (said.includes('No credentials yet')) break;
    }
    child.kill('SIGKILL');
    expect(said).toContain('/probot to create the GitHub App');
  });

  test('checks a repository, as it does in the checkout', async () => {
    const repository = createRepository();
    const [base = ''] = repository.branch('main', null, [{ message: 'base\n' }]);
    repository.branch('topic', base, [{ message: 'one\n' }]);
    const args = ['-C', repository.directory, 'check', '--format', 'json', 'main..topic'];
    const [packed, here] = await Promise.all([countersign(args, { bin }), countersign(args)]);
    repository.remove();
    expect(packed).toEqual(here);
    expect(packed).toMatchObject({ code: 1, stderr: '' });
  });

  test('evaluates contributions and validates policies', async () => {
    const [validated, evaluated] = await Promise.all([
      countersign(['policy', 'validate', join(installed, 'policies/default.yml')], { bin }),
      countersign(['evaluate', '--contribution', '-'], { bin, input: '{"version":1}' }),
    ]);
    expect(validated).toMatchObject({ code: 0, stderr: '' });
    expect(evaluated.stderr).toContain('is not a contribution');
  });

  test('leaves an executable where package.json says', () => {
    expect(existsSync(join(installed, manifest().bin.countersign))).toBe(true);
    expect(readFileSync(bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});
