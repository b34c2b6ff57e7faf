// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Option } from 'commander';

/** Which policy to judge by; `otherwise` ends the sentence with what holds without the option. */
export function policyOption(otherwise: string): Option {
  const help = 'a policy file, or the name of a preset that ships with countersign';
  return new Option('--policy <file>', `${help}${otherwise}`);
}

export function floorOption(): Option {
  return new Option('--floor <file>', "a copy of your organisation's policy file, whose floor is to hold here too");
}

export function extendedOption(): Option {
  const help =
    'a copy of a file in another repository that the policy extends, such as acme/policies:base.yml@v1=base.yml';
  return new Option('--extended <source=file>', help).argParser(
    (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
  );
}

export function offlineOption(): Option {
  return new Option('--offline', 'ask no GitHub, though GH_TOKEN or GITHUB_TOKEN is set');
}
