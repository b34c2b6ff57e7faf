// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import type { Text } from '../../text.ts';
import type { Marker, Problem, Reading } from '../model.ts';

/** A line that was meant as something of the convention's and is not it. `suggestion` is the whole line to write. */
export function nearMiss(line: number, text: Text, suggestion: string | null): Problem {
  return { code: 'upstream.near-miss', line, text, suggestion };
}

/** A state whose evidence is not there. `suggestion` is the line to add. */
export function missingEvidence(line: number, text: Text, suggestion: string | null): Problem {
  return { code: 'upstream.missing-evidence', line, text, suggestion };
}

/** A line that the convention asks for beside the evidence, such as a bug. `suggestion` is the line to add. */
export function missingLine(line: number, text: Text, suggestion: string | null): Problem {
  return { code: 'upstream.missing-line', line, text, suggestion };
}

/** A marker whose value means nothing in the convention. */
export function unreadable(line: number, text: Text, suggestion: string | null): Problem {
  return { code: 'upstream.unreadable', line, text, suggestion };
}

const mostMarkers = 100;
const mostProblems = 20;

/** What was read, the first of each where somebody wrote more than anybody would look at. */
export function reading(markers: readonly Marker[], problems: readonly Problem[]): Reading {
  return { markers: markers.slice(0, mostMarkers), problems: problems.slice(0, mostProblems) };
}
