// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { expressionField, type Manifest, manifestOf, type Statement, unreadable } from './declared.ts';
import { type Mapping, readYaml } from './yaml.ts';

/**
 * Annotations of a Chart.yaml that name the license: Artifact Hub's, and the one that Bitnami's charts brought up
 * (https://artifacthub.io/docs/topics/annotations/helm/). Helm itself has no field for it.
 */
const annotations = ['artifacthub.io/license', 'licenses', 'license'] as const;

/** Reads a Helm chart's Chart.yaml. */
export function readChart(text: string): Manifest {
  const yaml = readYaml(text);
  if ('problem' in yaml) return unreadable(yaml.problem);
  const member = yaml.top.get('annotations');
  if (member === null) return manifestOf([]);
  if (member.repeated)
    return unreadable({ text: ['The key annotations is given twice. Keep one.'], line: member.line });
  if (member.mapping !== null) return manifestOf(statementsOf(member.mapping));
  if (member.scalar === null && member.empty) return manifestOf([]);
  return unreadable({ text: ['The annotations have to be a mapping, written out here.'], line: member.line });
}

function statementsOf(mapping: Mapping): readonly Statement[] {
  const merged = mapping.get('<<');
  const statements: Statement[] = [];
  if (merged !== null) {
    statements.push({ text: ['Merge keys (<<) are not read here. Write the annotations out.'], line: merged.line });
  }
  for (const key of annotations) {
    const member = mapping.get(key);
    if (member === null) continue;
    statements.push(
      member.repeated
        ? { text: ['This license annotation is given twice. Keep one.'], line: member.line }
        : expressionField(member.scalar, member.line),
    );
  }
  return statements;
}
