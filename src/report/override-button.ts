// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A button on a check run. GitHub takes 20 characters for the label and the identifier, 40 for the description. */
export interface Action {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** Asks that a failing check be overridden, where the policy lets that be done without a reason. */
export const overrideButton: Action = {
  label: 'Override',
  description: 'Let it pass; your name is recorded.',
  identifier: 'override',
};
