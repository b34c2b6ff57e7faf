// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Subject } from './subject.ts';

/** PostgreSQL's texts hold every character but NUL, and no half of one, as is left where a message was cut off. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** A subject with names that can be stored: one that cannot be would take along all that is put with it. */
export function storableSubject(subject: Subject): Subject {
  return JSON.parse(JSON.stringify(subject, (_, value) => (typeof value === 'string' ? storableText(value) : value)));
}
