/**
 * Lets the code of a cell say, before each statement that can compute a tensor, which line runs: `cell$.at = 65537`.
 *
 * A function leaves the line of its caller behind it, so that in `loss(model(X), Y)` the loss belongs to this line and
 * not to the last one of `model`. Its result passes through `cell$.back(before, result)`, which sets the line again.
 */

import type MagicString from "magic-string";
import type ts from "typescript";
import type { RewriteOptions } from "./rewrite.ts";
import { SCOPE } from "./scope.ts";
import { typescript } from "./typescript.ts";

export interface Marks {
  /** Writes what stands before a node; call it before the node's own edits, and what it answers after them. */
  open(node: ts.Node): (() => void) | undefined;
}

/** Where a function keeps the line of its caller; no variable of the top level has such a name. */
const BEFORE = "at$cell";

/** Marks for a file whose edits are collected in `edits`; `cursorAt` numbers the line at a place. */
export function createMarks(
  file: ts.SourceFile,
  edits: MagicString,
  cursorAt: RewriteOptions["cursorAt"],
): Marks {
  const cursorOf = (node: ts.Node): number => cursorAt(file.getLineAndCharacterOfPosition(node.getStart()));
  const set = (node: ts.Node): string => `${SCOPE}.at = ${cursorOf(node)}`;

  function wrap(node: ts.Node, before: string, after: string): () => void {
    edits.appendRight(node.getStart(), before);
    return () => edits.appendRight(node.end, after);
  }

  function open(node: ts.Node): (() => void) | undefined {
    const { parent } = node;
    if (typescript.isBlock(node)) return restores(parent) ? openBody(node) : undefined;
    if (typescript.isStatement(node)) {
      if (typescript.isLabeledStatement(parent) || !computes(headOf(node))) return openReturn(node);
      if (!isInList(node)) return wrap(node, `{ ${set(node)}; `, " }");
      edits.appendRight(node.getStart(), `${set(node)}; `);
      return undefined;
    }
    if (isRepeated(node) && mayCompute(node)) return wrap(node, `(${set(node)}, `, ")");
    if (isResult(node) && mayCompute(node)) {
      return wrap(node, `${SCOPE}.back(${SCOPE}.at, (${set(node)}, `, "))");
    }
    if (typescript.isReturnStatement(parent) && isRestored(parent)) {
      return wrap(node, `${SCOPE}.back(${BEFORE}, (`, "))");
    }
    // While it waited, other code ran; what the statement does next is of this line again.
    const waits = typescript.isAwaitExpression(node) || typescript.isYieldExpression(node);
    if (waits && !isAllOf(node)) return wrap(node, `${SCOPE}.back(${cursorOf(node)}, `, ")");
    return undefined;
  }

  function openBody(body: ts.Block): () => void {
    const first = body.statements.find((statement) => !isDirective(statement)) as ts.Statement; // it restores: it has one
    edits.appendRight(first.getStart(), `const ${BEFORE} = ${SCOPE}.at; `);
    return () => edits.appendRight(body.end - 1, `; ${SCOPE}.at = ${BEFORE}; `);
  }

  /** A `return` without a value. */
  function openReturn(node: ts.Statement): undefined {
    if (!typescript.isReturnStatement(node) || node.expression || !isRestored(node)) return;
    edits.appendRight(node.getStart() + "return".length, ` void (${SCOPE}.at = ${BEFORE})`);
  }

  return { open };
}

/** Whether a function has a body in which lines are marked. */
function restores(node: ts.Node): boolean {
  if (!typescript.isFunctionLike(node) || !("body" in node) || !node.body) return false;
  const body = node.body as ts.ConciseBody; // of all that is like a function, none has another one
  return typescript.isBlock(body) && hasMarks(body);
}

function isRestored(statement: ts.ReturnStatement): boolean {
  let node: ts.Node = statement;
  while (!typescript.isFunctionLike(node)) node = node.parent;
  return restores(node);
}

function hasMarks(node: ts.Node): boolean {
  if (typescript.isFunctionLike(node)) return false;
  if (typescript.isStatement(node) && computes(headOf(node))) return true;
  if (isRepeated(node) && mayCompute(node)) return true;
  return typescript.forEachChild(node, (child) => hasMarks(child) || undefined) ?? false;
}

/** What of a statement is computed once and not in a statement inside it. */
function headOf(node: ts.Statement): readonly (ts.Node | undefined)[] {
  if (typescript.isExpressionStatement(node) || typescript.isReturnStatement(node)) return [node.expression];
  if (typescript.isVariableStatement(node)) return [node.declarationList];
  if (typescript.isThrowStatement(node) || typescript.isIfStatement(node)) return [node.expression];
  if (typescript.isSwitchStatement(node)) return [node.expression];
  if (typescript.isForOfStatement(node) || typescript.isForInStatement(node)) return [node.expression];
  if (typescript.isForStatement(node)) return [node.initializer];
  if (typescript.isLabeledStatement(node)) return headOf(node.statement);
  return typescript.isClassDeclaration(node) ? [node] : [];
}

function computes(nodes: readonly (ts.Node | undefined)[]): boolean {
  return nodes.some((node) => node && mayCompute(node));
}

/** Whether the library may be called where the node runs: also by a property, as in `X.T`. */
function mayCompute(node: ts.Node): boolean {
  if (typescript.isFunctionLike(node) || typescript.isClassStaticBlockDeclaration(node)) return false;
  if (typescript.isPropertyDeclaration(node)) return false;
  if (typescript.isCallExpression(node) || typescript.isNewExpression(node)) return true;
  if (typescript.isPropertyAccessExpression(node) || typescript.isTaggedTemplateExpression(node)) return true;
  if (typescript.isAwaitExpression(node) || typescript.isYieldExpression(node)) return true;
  return typescript.forEachChild(node, (child) => mayCompute(child) || undefined) ?? false;
}

/** Whether a statement may have another one before it; else it is all that an `if` or a loop holds. */
function isInList({ parent }: ts.Statement): boolean {
  return (
    typescript.isSourceFile(parent) ||
    typescript.isBlock(parent) ||
    typescript.isModuleBlock(parent) ||
    typescript.isCaseOrDefaultClause(parent)
  );
}

/** Whether the node is what a loop computes in every turn. */
function isRepeated(node: ts.Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (typescript.isForStatement(parent)) return node === parent.condition || node === parent.incrementor;
  const isLoop = typescript.isWhileStatement(parent) || typescript.isDoStatement(parent);
  return isLoop && node === parent.expression;
}

/** Whether the node is the value of an arrow function, or of a property of a class. */
function isResult(node: ts.Node): boolean {
  const { parent } = node;
  if (typescript.isArrowFunction(parent)) return node === parent.body;
  return typescript.isPropertyDeclaration(parent) && node === parent.initializer && !isAnonymous(node);
}

/** Whether the statement around an `await` has nothing to do any more when that is over. */
function isAllOf(node: ts.Expression): boolean {
  const { parent } = node;
  if (typescript.isParenthesizedExpression(parent)) return isAllOf(parent);
  if (typescript.isBinaryExpression(parent) && node === parent.right) return isAllOf(parent);
  return (
    typescript.isExpressionStatement(parent) ||
    typescript.isVariableDeclaration(parent) ||
    typescript.isReturnStatement(parent) ||
    typescript.isArrowFunction(parent)
  );
}

function isDirective(statement: ts.Statement): boolean {
  return typescript.isExpressionStatement(statement) && typescript.isStringLiteral(statement.expression);
}

/** Whether an assignment names the value: a wrapped one would stay without a name. */
export function isAnonymous(value: ts.Node): boolean {
  if (typescript.isParenthesizedExpression(value)) return isAnonymous(value.expression);
  if (typescript.isFunctionExpression(value) || typescript.isClassExpression(value)) return !value.name;
  return typescript.isArrowFunction(value);
}
