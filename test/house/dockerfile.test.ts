// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import * as z from 'zod';
import { read, readJson, root } from './tree.ts';

const dockerfile = DockerfileParser.parse(read('Dockerfile'));
const stages = dockerfile.getFROMs();
const last = stages.at(-1);

/** Instructions named so, in every stage. */
function all(keyword: string): readonly Instruction[] {
  return dockerfile.getInstructions().filter((instruction) => instruction.getKeyword() === keyword);
}

/** The arguments of the last such instruction in the final stage; empty where there is none. */
function final(keyword: string): readonly string[] {
  const from = last?.getRange().start.line ?? Number.POSITIVE_INFINITY;
  const instruction = all(keyword).findLast((candidate) => candidate.getRange().start.line > from);
  return instruction?.getArguments().map((argument) => argument.getValue()) ?? [];
}

/** A JSON array that ends an instruction: the exec form. */
function execForm(keyword: string): readonly string[] {
  const text = final(keyword).join(' ');
  return z.array(z.string()).parse(JSON.parse(text.slice(text.indexOf('['))));
}

describe('Dockerfile', () => {
  test('every stage begins with the image that can be pinned by its digest', () => {
    expect(dockerfile.getInitialARGs().map((arg) => arg.getProperty()?.getName())).toEqual(['NODE_IMAGE']);
    expect(stages.map((from) => from.getImage())).toEqual(stages.map(() => `\${NODE_IMAGE}`));
    expect(stages.length).toBeGreaterThan(1);
  });

  test('the image runs the major version of Node that the package asks for', () => {
    const { engines } = z.object({ engines: z.object({ node: z.string() }) }).parse(readJson('package.json'));
    const major = /\d+/.exec(engines.node)?.[0];
    expect(dockerfile.getInitialARGs()[0]?.getProperty()?.getValue()).toMatch(new RegExp(`^node:${major}-.*slim$`));
  });

  test('it does not run as root, and says so in a number that Kubernetes can verify', () => {
    expect(final('USER').join()).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  test('nothing belongs to the user who runs it, so that the App cannot rewrite itself', () => {
    expect(all('COPY').filter((copy) => copy.getRawArgumentsContent()?.includes('--chown'))).toEqual([]);
    const changes = all('RUN').filter((run) => /\b(chown|chmod)\b/.test(run.getRawArgumentsContent() ?? ''));
    expect(changes.map((run) => run.getRawArgumentsContent())).toEqual(['chmod -R u=rwX,go=rX .']);
  });

  test('who runs it can read what comes from the checkout, whatever its modes are there', () => {
    const { line } = last?.getRange().start ?? { line: 0 };
    const copies = dockerfile.getCOPYs().filter((copy) => copy.getRange().start.line > line);
    const from = copies.map((copy) => copy.getFromFlag()?.getValue());
    expect(from).toEqual(['dependencies', 'files', 'build']);
    const files = stages.findIndex((stage) => stage.getBuildStage() === 'files');
    const end = stages[files + 1]?.getRange().start.line ?? 0;
    const lastOfFiles = dockerfile.getInstructions().findLast((one) => one.getRange().start.line < end);
    expect(lastOfFiles?.toString()).toContain('chmod');
  });

  test('the command is found by its name', () => {
    const { bin } = z.object({ bin: z.record(z.string(), z.string()) }).parse(readJson('package.json'));
    for (const [name, path] of Object.entries(bin)) {
      expect(final('RUN').join(' ')).toContain(`ln -s ${final('WORKDIR').join()}/${path} /usr/local/bin/${name}`);
    }
  });

  test('a signal reaches Node, since no shell stands between', () => {
    expect(execForm('CMD')[0]).toBe('node');
    expect(final('ENTRYPOINT')).toEqual([]);
    expect(final('STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  test('the health check asks /healthz and needs nothing but Node', () => {
    const [command, flag, script] = execForm('HEALTHCHECK');
    expect([command, flag]).toEqual(['node', '-e']);
    expect(script).toContain('/healthz');
    expect(() => new Function(String(script))).not.toThrow();
  });

  test('it runs in production mode, reachable from outside the container', () => {
    expect(final('ENV')).toEqual(expect.arrayContaining(['NODE_ENV=production', 'HOST=0.0.0.0']));
  });

  test('nothing is fetched from an address', () => {
    expect(all('ADD')).toEqual([]);
    expect(all('RUN').filter((run) => /https?:|\b(curl|wget)\b/.test(run.getRawArgumentsContent() ?? ''))).toEqual([]);
  });

  test('dependencies come from the lock, without install scripts and without a second Node', () => {
    const installs = all('RUN').filter((run) => /\bnpm (ci|i|install)\b/.test(run.getRawArgumentsContent() ?? ''));
    expect(installs.length).toBe(2);
    for (const install of installs) {
      expect(install.getRawArgumentsContent()).toMatch(/^npm ci\b.* --workspaces=false .*--ignore-scripts\b/);
    }
    expect(installs.at(-1)?.getRawArgumentsContent()).toContain('--omit=dev');
  });

  test('everything that is copied from the checkout exists and passes .dockerignore', () => {
    const allowed = new Set([...read('.dockerignore').matchAll(/^!(.+)$/gm)].map((match) => match[1]));
    const sources = dockerfile
      .getCOPYs()
      .filter((copy) => copy.getFromFlag() === null)
      .flatMap((copy) => copy.getArguments().slice(0, -1));
    const paths = sources.map((source) => source.getValue().replace(/^\.\//, ''));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(paths.filter((path) => !allowed.has(path))).toEqual([]);
    expect([...allowed].filter((path) => !paths.includes(String(path)))).toEqual([]);
  });

  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(readJson('package.json'));

  test('it starts the App as npm start does', () => {
    expect(execForm('CMD').join(' ')).toBe(scripts.start);
  });

  test('npm scripts that it calls exist', () => {
    const called = all('RUN').flatMap((run) => [...(run.getRawArgumentsContent() ?? '').matchAll(/npm run (\S+)/g)]);
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((match) => scripts[String(match[1])] === undefined).map((match) => match[1])).toEqual([]);
  });
});
