// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { verifyWithFallback } from '@octokit/webhooks-methods';

/** The form of `x-hub-signature-256`. What has another cannot be right, so that its body need not be read. */
const signatureForm = /^sha256=[0-9a-f]{64}$/;

/** Whether a webhook's signature could be one. */
export function mayBeSignature(signature: string | null): signature is string {
  return signature !== null && signatureForm.test(signature);
}

/**
 * Whether one of the secrets signed the body. Each comparison takes the same time whatever the signature; which of the
 * secrets it was, an attacker who knows neither can't find out.
 */
export async function isSigned(secrets: readonly string[], body: string, signature: string): Promise<boolean> {
  const [secret, ...others] = secrets;
  if (secret === undefined || body === '') return false;
  return verifyWithFallback(secret, body, signature, others);
}
