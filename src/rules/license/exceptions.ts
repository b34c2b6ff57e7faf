// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createHash } from 'node:crypto';
import { glob } from '../glob.ts';
import { say, type Text } from '../text.ts';
import type { Finding } from '../verdict.ts';
import { isPackage } from './purl.ts';
import type { LicenseException, LicenseSettings } from './settings.ts';

/** What an exception says of something that would not be accepted otherwise. */
export interface Exempt {
  /** Whether it holds today; where not, it expired. */
  readonly holds: boolean;
  readonly text: Text;
}

/** What there may be an exception for. */
export interface Excepted {
  readonly path?: string;
  /** Package URLs, each of which it may go by. */
  readonly purls?: readonly string[];
  /** Text of a license file, whole. */
  readonly license?: string | null;
}

export interface Exceptions {
  /** The first exception that holds for any of these, else one that has expired, else null. */
  find(subject: Excepted): Exempt | null;
  /** Those that have expired, for whoever keeps the policy. */
  readonly expired: readonly Finding[];
}

/**
 * The policy's exceptions as they are on a day (`YYYY-MM-DD`, UTC). Where the day is not known, one that expires does
 * not hold: it may have.
 */
export function exceptionsOn(settings: LicenseSettings, judgedOn: string | null): Exceptions {
  const all = settings.exceptions.map((exception, index) => ({
    ...exempt(exception, index, judgedOn),
    covers: covers(exception),
  }));
  return {
    find(subject) {
      const found = all.filter((one) => one.covers(subject));
      return found.find(({ holds }) => holds) ?? found[0] ?? null;
    },
    expired: all.flatMap(({ holds, text }) =>
      holds ? [] : [{ code: 'license.exception-expired', level: 'warning', at: null, text } as const],
    ),
  };
}

function exempt(exception: LicenseException, index: number, judgedOn: string | null): Exempt {
  const { expires, reason, approvedBy } = exception;
  const key = [`\`license.exceptions[${index}]\``];
  const why = say`${reason} (approved by ${approvedBy})`;
  if (expires === null) return { holds: true, text: say`It is accepted by ${key}: ${why}.` };
  if (judgedOn !== null && judgedOn <= expires) {
    return { holds: true, text: say`It is accepted by ${key} until ${[expires]}: ${why}.` };
  }
  return {
    holds: false,
    text: say`The exception ${key} for ${what(exception)} ended on ${[expires]}: ${why}. Renew it or remove it.`,
  };
}

function what({ path, purl, sha256 }: LicenseException): string {
  return path ?? purl ?? `the license text with the SHA-256 ${sha256}`;
}

function covers({ path, purl, sha256 }: LicenseException): (subject: Excepted) => boolean {
  if (path !== undefined) {
    const matches = glob(path);
    return (subject) => subject.path !== undefined && matches(subject.path);
  }
  if (purl !== undefined) return ({ purls = [] }) => purls.some((one) => isPackage(one, purl));
  return (subject) =>
    subject.license != null && createHash('sha256').update(subject.license, 'utf8').digest('hex') === sha256;
}
