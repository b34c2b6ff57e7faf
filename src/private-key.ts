// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { createPrivateKey } from 'node:crypto';
import { accessSync, constants, statSync } from 'node:fs';
import { getPrivateKey } from '@probot/get-private-key';
import { thisUser } from './this-user.ts';

/**
 * The App's private key, by PRIVATE_KEY or PRIVATE_KEY_PATH, else from the one .pem file in the working directory; null
 * where there is none. Throws an Error that names the variable and what is wrong with it.
 */
export function readPrivateKey(env: Readonly<Record<string, string | undefined>>): string | null {
  const path = env.PRIVATE_KEY_PATH;
  if (path !== undefined) assertReadable(path);
  const name = env.PRIVATE_KEY === undefined && path !== undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY';
  try {
    const key = getPrivateKey({ env: { ...env } });
    if (key !== null && !isRsaKey(key)) throw new Error(noKey);
    return key;
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${name}: ${inOurWords(message)}`);
  }
}

const noKey = "this is no private key as GitHub gives it, a .pem file. Generate one in the App's settings.";

function inOurWords(message: string): string {
  // Without either variable the library takes the one .pem file that lies in the working directory.
  if (message.includes('More than one file')) {
    return 'several .pem files are in this directory. Set PRIVATE_KEY_PATH to the right one.';
  }
  if (message.includes('could not be validated')) return noKey;
  return message.replace(/^\[[^\]]*\] /, '');
}

function assertReadable(path: string): void {
  const why = whyUnreadable(path);
  if (why !== null) throw new Error(`PRIVATE_KEY_PATH: ${why}`);
}

function whyUnreadable(path: string): string | null {
  try {
    accessSync(path, constants.R_OK);
    if (!statSync(path).isDirectory()) return null;
    return `${path} is a directory. Container engines make one where the file to be mounted does not exist.`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A file in a directory that is closed to this user is there all the same.
    return code === 'ENOENT' ? `there is no file ${path}.` : `${thisUser()} cannot read ${path} (${code}).`;
  }
}

/** A key that signs nothing would show only when the first webhook is worked on. */
function isRsaKey(key: string): boolean {
  try {
    return createPrivateKey(key).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
