// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** As long as an expression may be; what is longer is refused by whoever evaluates it. */
const longest = 1_000;

/**
 * The SPDX expression for licenses of which anyone may be chosen. What is no license identifier and no expression
 * becomes a `LicenseRef-`, so that it stays one alternative and can neither hide nor spoil the others.
 */
export function anyOf(licenses: readonly string[]): string {
  const operands = licenses.map((license) => operand(license.trim()));
  if (operands.length === 1) return operands[0] ?? '';
  return operands.map((one) => (one.includes(' ') ? `(${one})` : one)).join(' OR ');
}

function operand(license: string): string {
  if (/^[A-Za-z0-9.+:-]+$/.test(license)) return license;
  return isExpression(license) ? license : licenseRef(license);
}

/** Whether words and operators take turns; parentheses have to match too, or they would reach beyond this operand. */
function isExpression(text: string): boolean {
  if (text.length > longest || !/^[A-Za-z0-9.+:() -]+$/.test(text)) return false;
  const words = text
    .replace(/[()]/g, ' ')
    .split(' ')
    .filter((word) => word !== '');
  const operators = words.filter((_word, index) => index % 2 === 1);
  return balanced(text) && words.length % 2 === 1 && operators.every((word) => ['AND', 'OR', 'WITH'].includes(word));
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** A reference to a license that SPDX has no identifier for, named for what was written. */
export function licenseRef(name: string): string {
  const words = name
    .slice(0, 100)
    .split(/[^A-Za-z0-9.]+/)
    .filter((word) => word !== '');
  return `LicenseRef-${words.join('-') || 'unnamed'}`;
}
