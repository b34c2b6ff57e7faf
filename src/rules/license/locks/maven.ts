// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { below, type Element, readXml, textOf } from '../manifests/xml.ts';
import { originQualifiers } from './origin.ts';
import { collectPackages, type Lock, type Packages, unreadableLock } from './packages.ts';

/** Properties of the POM and the versions that it manages; what its parents say is in other files. */
interface Context {
  readonly properties: ReadonlyMap<string, string>;
  readonly managed: ReadonlyMap<string, string>;
}

/**
 * Reads the dependencies of a Maven POM, those of its profiles included. Properties are resolved where this file
 * gives them; a version that it does not give is left out (https://maven.apache.org/pom.html#Dependencies).
 */
export function readPomDependencies(text: string): Lock {
  const xml = readXml(text);
  if ('problem' in xml) return unreadableLock(xml.problem);
  const parts = [xml.root, ...below(xml.root, 'profiles', 'profile')];
  const properties = propertiesOf(xml.root, parts);
  const context: Context = { properties, managed: managedVersions(parts, properties) };
  const packages = collectPackages();
  for (const dependency of parts.flatMap((part) => below(part, 'dependencies', 'dependency'))) {
    addDependency(packages, dependency, context);
  }
  return packages.lock();
}

function propertiesOf(project: Element, parts: readonly Element[]): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  const [parent] = below(project, 'parent');
  for (const name of ['groupId', 'version']) {
    const value = textOf(project, name) ?? (parent === undefined ? undefined : textOf(parent, name));
    if (value !== undefined) properties.set(`project.${name}`, value);
  }
  for (const part of parts) {
    for (const property of below(part, 'properties').flatMap((one) => one.children)) {
      properties.set(property.name, property.text);
    }
  }
  return properties;
}

function managedVersions(
  parts: readonly Element[],
  properties: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const managed = new Map<string, string>();
  for (const one of parts.flatMap((part) => below(part, 'dependencyManagement', 'dependencies', 'dependency'))) {
    const version = resolve(textOf(one, 'version'), properties);
    const name = `${resolve(textOf(one, 'groupId'), properties)}/${resolve(textOf(one, 'artifactId'), properties)}`;
    if (version !== null) managed.set(name, version);
  }
  return managed;
}

function addDependency(packages: Packages, dependency: Element, { properties, managed }: Context): void {
  const { line } = dependency;
  const group = resolve(textOf(dependency, 'groupId'), properties);
  const artifact = resolve(textOf(dependency, 'artifactId'), properties);
  if (group === null || artifact === null || `${group}${artifact}`.includes('/')) {
    packages.complain({ text: ['The name of this dependency cannot be told from this file.'], line });
    return;
  }
  const name = `${group}/${artifact}`;
  const version = resolve(textOf(dependency, 'version'), properties) ?? managed.get(name) ?? '';
  const classifier = resolve(textOf(dependency, 'classifier'), properties);
  const type = resolve(textOf(dependency, 'type'), properties);
  const path = textOf(dependency, 'systemPath');
  const qualifiers = {
    ...(path === undefined ? {} : originQualifiers(path)),
    ...(classifier === null ? {} : { classifier }),
    ...(type === null || type === 'jar' ? {} : { type }),
  };
  // A range names no one version.
  packages.add({ type: 'maven', name, version: /^[[(]/.test(version) ? '' : version, qualifiers, line });
}

const longestValue = 300;

/** The value with its properties put in, once and one step inside each other; null where one of them is not known. */
function resolve(value: string | undefined, properties: ReadonlyMap<string, string>): string | null {
  let resolved = value ?? '';
  for (let step = 0; step < 3 && resolved.length <= longestValue && resolved.includes('${'); step += 1) {
    resolved = resolved.replace(/\$\{([^${}]{1,100})\}/g, (whole, name: string) => properties.get(name) ?? whole);
  }
  return resolved === '' || resolved.length > longestValue || resolved.includes('${') ? null : resolved;
}
