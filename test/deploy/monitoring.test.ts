// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { createFigures } from '../helpers/figures.ts';
import { read, readJson, root } from '../house/tree.ts';
import { has, run } from './programs.ts';

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}
interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const alerts = (parse(read('deploy/prometheus/alerts.yaml')) as Rules).groups.flatMap(({ rules }) => rules);
const { panels } = readJson('deploy/grafana/countersign.json') as { readonly panels: readonly Panel[] };
const shown = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));
const temporary = mkdtempSync(join(tmpdir(), 'countersign-deploy-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Names and labels of every figure that the App keeps. */
async function kept(): Promise<string> {
  const { observer, text } = createFigures();
  observer.webhook({ event: 'push', status: 200, seconds: 1 });
  return text(async () => ({ depth: 0, oldestAgeMs: 0, deadLetters: 0 }));
}

describe('Alert rules and dashboard', () => {
  test('ask for figures that the App keeps', async () => {
    const text = await kept();
    const known = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => String(name)));
    const asked = [...alerts, ...shown].flatMap(
      ({ expr }) => expr.match(/\b(?:countersign|process|nodejs)_\w+/g) ?? [],
    );
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((name) => !known.has(name) && !known.has(name.replace(/_(?:bucket|sum|count)$/, '')))).toEqual(
      [],
    );
  });

  test('show every figure of ours, or alert on it', async () => {
    const names = [...(await kept()).matchAll(/^# TYPE (countersign_\w+) /gm)].map(([, name]) => String(name));
    const all = [...alerts, ...shown].map(({ expr }) => expr).join('\n');
    // What a look took in requests is for those who wonder about its points.
    expect(names.filter((name) => !all.includes(name))).toEqual(['countersign_look_api_requests']);
  });

  test('of panels none covers another', () => {
    const taken = new Map<string, string>();
    for (const { title, gridPos } of panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect([title, taken.get(`${x} ${y}`)]).toEqual([title, undefined]);
          expect(x).toBeLessThan(24);
          taken.set(`${x} ${y}`, title);
        }
      }
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  test('say of each alert what is wrong and what to do', () => {
    expect(alerts.filter((alert) => JSON.stringify(alert).includes('"description"'))).toHaveLength(alerts.length);
  });
});

const withPromtool = has('promtool', '--version') ? describe : describe.skip;

withPromtool('By Prometheus’ own tool', () => {
  const inFolder = (...args: string[]) => run('promtool', args, join(root, 'deploy/prometheus'));

  test('the configuration and its rules are right', () => {
    expect(inFolder('check', 'config', 'prometheus.yaml')).toMatchObject({ status: 0 });
  });

  test('each alert fires where it should, and none where all is well', () => {
    expect(inFolder('test', 'rules', 'alerts.test.yaml')).toMatchObject({ status: 0 });
    const tested = read('deploy/prometheus/alerts.test.yaml');
    for (const { alert } of alerts) expect(tested.split(`alertname: ${alert}`)).toHaveLength(3);
  });

  test('every question of the dashboard can be asked', () => {
    const asked = shown.map(({ expr }, index) => ({
      record: `panel:number_${index}`,
      expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'countersign'),
    }));
    const path = join(temporary, 'dashboard.yaml');
    writeFileSync(path, stringify({ groups: [{ name: 'dashboard', rules: asked }] }));
    expect(run('promtool', ['check', 'rules', path])).toMatchObject({ status: 0 });
  });
});
