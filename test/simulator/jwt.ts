// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { verify } from 'node:crypto';
import { gitHubError, notFound } from './errors.ts';
import type { App } from './state/model.ts';

function unauthorized(message: string) {
  return gitHubError(message, { status: 401, type: 'UNAUTHORIZED' });
}

function decode(part: string | undefined): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
  } catch {
    return null;
  }
}

/** Clocks that differ by less are forgiven. */
const tolerance = 60;
const longest = 600;

/**
 * Checks the JSON Web Token with which an App authenticates as itself; throws GitHub's 401 where it is not good.
 * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function checkJwt(value: string, app: App, now: Date): void {
  const [header, payload, signature] = value.split('.');
  const claims = decode(payload);
  const signed = Buffer.from(`${header}.${payload}`);
  const genuine =
    decode(header)?.alg === 'RS256' &&
    verify('RSA-SHA256', signed, app.publicKey, Buffer.from(signature ?? '', 'base64url'));
  if (!claims || !genuine) throw unauthorized('A JSON web token could not be decoded');
  if (String(claims.iss) !== String(app.id) && claims.iss !== app.clientId) throw notFound('Integration not found');

  const seconds = now.getTime() / 1000;
  const { exp, iat } = claims;
  if (typeof exp !== 'number' || exp <= seconds) {
    const name = "'Expiration time' claim ('exp')";
    throw unauthorized(`${name} must be a numeric value representing the future time at which the assertion expires`);
  }
  if (typeof iat !== 'number' || !Number.isInteger(iat) || iat > seconds + tolerance) {
    const name = "'Issued at' claim ('iat')";
    throw unauthorized(`${name} must be an Integer representing the time that the assertion was issued`);
  }
  if (exp > seconds + longest || exp - iat > longest + tolerance) {
    throw unauthorized("'Expiration time' claim ('exp') is too far in the future");
  }
}
