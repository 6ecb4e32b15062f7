/**
 * Lets code that reads a name whose declaration has failed say why it has no value: `X` becomes `cell$.read(cell$X)`.
 * Other names are read as they are, at no cost.
 */

import type MagicString from "magic-string";
import type ts from "typescript";
import { PREFIX, SCOPE } from "./scope.ts";
import { typescript } from "./typescript.ts";

const { SyntaxKind } = typescript;

/** Writes what stands around an expression that reads and changes a name, such as `X += 1`; like `Marks.open`. */
export function openChange(
  edits: MagicString,
  node: ts.Node,
  isMissing: (name: ts.Identifier) => boolean,
): (() => void) | undefined {
  const name = changedBy(node);
  if (!name || !isMissing(name)) return undefined;
  edits.appendRight(node.getStart(), `(${SCOPE}.read(${PREFIX}${name.text}), `);
  return () => edits.appendRight(node.end, ")");
}

/** Whether a variable is only read where it stands here. */
export function isRead(identifier: ts.Identifier): boolean {
  return !typescript.isAssignmentTarget(identifier) && changedBy(identifier.parent) !== identifier;
}

function changedBy(node: ts.Node): ts.Identifier | undefined {
  if (typescript.isPrefixUnaryExpression(node) || typescript.isPostfixUnaryExpression(node)) {
    const changes =
      node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken;
    return changes && typescript.isIdentifier(node.operand) ? node.operand : undefined;
  }
  if (!typescript.isBinaryExpression(node) || !typescript.isIdentifier(node.left)) return undefined;
  const { kind } = node.operatorToken;
  const changes =
    kind !== SyntaxKind.EqualsToken &&
    kind >= SyntaxKind.FirstAssignment &&
    kind <= SyntaxKind.LastAssignment;
  return changes ? node.left : undefined;
}
