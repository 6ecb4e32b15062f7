/** Tensors between signs: +, *, a minus before one, == between two. TypeScript has these for numbers only. */

import type ts from "typescript";
import { typescript } from "../typescript.ts";
import { type Checked, isTensorType, type Mistake, rangeOf, replaced, typeOf } from "./nodes.ts";

const { SyntaxKind } = typescript;

const OPERATORS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [SyntaxKind.PlusToken, "add"],
  [SyntaxKind.MinusToken, "sub"],
  [SyntaxKind.AsteriskToken, "mul"],
  [SyntaxKind.SlashToken, "div"],
  [SyntaxKind.AsteriskAsteriskToken, "pow"],
  [SyntaxKind.LessThanToken, "lt"],
  [SyntaxKind.GreaterThanToken, "gt"],
  [SyntaxKind.LessThanEqualsToken, "le"],
  [SyntaxKind.GreaterThanEqualsToken, "ge"],
]);

/** X += Y, by the operator that is meant. */
const COMPOUND: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [SyntaxKind.PlusEqualsToken, "add"],
  [SyntaxKind.MinusEqualsToken, "sub"],
  [SyntaxKind.AsteriskEqualsToken, "mul"],
  [SyntaxKind.SlashEqualsToken, "div"],
]);

export function arithmetic(checked: Checked, node: ts.Node): Mistake | null {
  let whole: ts.BinaryExpression | null = null;
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (isArithmetic(checked, at)) whole = at;
    else if (whole !== null && !typescript.isParenthesizedExpression(at) && !isSigned(at)) break;
  }
  if (whole === null) return null;
  const operator = OPERATORS.get(whole.operatorToken.kind) ?? COMPOUND.get(whole.operatorToken.kind) ?? "";
  const products = [false, true].map((isMatrix) => written(checked, whole as ts.BinaryExpression, isMatrix));
  const isProduct = hasProductOfTwo(checked, whole);
  const texts = isProduct ? [...new Set(products)] : [products[0]];
  const [left, right] = [whole.left, whole.right].map((side) => side.getText());
  const message = isProduct
    ? `Tensors multiply with ${texts[1] ?? texts[0]}, the matrix product, or ${texts[0]}, entry by entry (⊙)`
    : `Tensors have no ${whole.operatorToken.getText()}: ${operator} is written ${isShort(texts[0]) ? texts[0] : `${left}.${operator}(${right})`}`;
  return {
    ...rangeOf(whole),
    message,
    fixes: texts.toReversed().map((text) => replaced(whole as ts.Node, text)),
  };
}

function isShort(text: string): boolean {
  return text.length <= 60;
}

function isSigned(node: ts.Node): node is ts.PrefixUnaryExpression {
  return (
    typescript.isPrefixUnaryExpression(node) &&
    (node.operator === SyntaxKind.MinusToken || node.operator === SyntaxKind.PlusToken)
  );
}

function isArithmetic(checked: Checked, node: ts.Node): node is ts.BinaryExpression {
  if (!typescript.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  if (!OPERATORS.has(kind) && !COMPOUND.has(kind)) return false;
  return isTensor(checked, node.left) || isTensor(checked, node.right);
}

/** Whether an expression is a tensor, or would be one if tensors had arithmetic. */
function isTensor(checked: Checked, node: ts.Expression): boolean {
  if (typescript.isParenthesizedExpression(node)) return isTensor(checked, node.expression);
  if (isSigned(node)) return isTensor(checked, node.operand);
  return isArithmetic(checked, node) || isTensorType(typeOf(checked, node));
}

function hasProductOfTwo(checked: Checked, node: ts.Expression): boolean {
  if (typescript.isParenthesizedExpression(node)) return hasProductOfTwo(checked, node.expression);
  if (!isArithmetic(checked, node)) return false;
  const isProduct = /^\*=?$/.test(node.operatorToken.getText());
  if (isProduct && isTensor(checked, node.left) && isTensor(checked, node.right)) return true;
  return hasProductOfTwo(checked, node.left) || hasProductOfTwo(checked, node.right);
}

/** The expression in methods. */
function written(checked: Checked, node: ts.Expression, isMatrix: boolean): string {
  if (typescript.isParenthesizedExpression(node)) return written(checked, node.expression, isMatrix);
  if (isSigned(node) && isTensor(checked, node.operand)) {
    const inner = written(checked, node.operand, isMatrix);
    return node.operator === SyntaxKind.PlusToken ? inner : `${inner}.neg()`;
  }
  if (!isArithmetic(checked, node)) return node.getText();
  const { left, right, operatorToken } = node;
  const compound = COMPOUND.get(operatorToken.kind);
  const areTensors = isTensor(checked, left) && isTensor(checked, right);
  const name = compound ?? (OPERATORS.get(operatorToken.kind) as string); // one of the two, as it is arithmetic
  const method = name === "mul" && isMatrix && areTensors ? "matmul" : name;
  const [a, b] = [left, right].map((side) => written(checked, side, isMatrix));
  const value =
    isTensor(checked, left) || compound !== undefined ? `${a}.${method}(${b})` : `${method}(${a}, ${b})`;
  return compound === undefined ? value : `${a} = ${value}`;
}

export function signed(checked: Checked, node: ts.Node): Mistake | null {
  if (!isSigned(node) || !isTensor(checked, node.operand)) return null;
  for (let at = node.parent; typescript.isExpression(at); at = at.parent) {
    if (isArithmetic(checked, at)) return null; // the compiler finds that one, and its rewriting holds this one
  }
  const isMinus = node.operator === SyntaxKind.MinusToken;
  const text = written(checked, node, false);
  const message = isMinus
    ? `A minus before a tensor is written ${text}`
    : "A plus before a tensor says nothing: leave it out";
  return { ...rangeOf(node), message, fixes: [replaced(node, text)] };
}

// Two tensors with a sign of equality between them.

const EQUALITIES: ReadonlyMap<ts.SyntaxKind, boolean> = new Map([
  [SyntaxKind.EqualsEqualsToken, true],
  [SyntaxKind.ExclamationEqualsToken, false],
]);

export function compared(checked: Checked, node: ts.Node): Mistake | null {
  if (!typescript.isBinaryExpression(node)) return null;
  const isEqual = EQUALITIES.get(node.operatorToken.kind);
  if (isEqual === undefined) return null;
  const { left, right } = node;
  if (!isTensorType(checked.checker.getTypeAtLocation(left))) return null;
  if (/^(null|undefined)$/.test(right.getText())) return null;
  const [a, b] = [left.getText(), right.getText()];
  const sign = isEqual ? "" : "!";
  const message =
    `${node.operatorToken.getText()} asks whether two tensors are one and the same object: ` +
    `their numbers are compared by ${sign}allclose(${a}, ${b}), entry by entry by ${a}.${isEqual ? "eq" : "ne"}(${b})`;
  return { ...rangeOf(node), message, fixes: [replaced(node, `${sign}allclose(${a}, ${b})`)] };
}

/** X += Y of a constant. */
export function inPlace(checked: Checked, node: ts.Node): Mistake | null {
  const { parent } = node;
  if (!typescript.isBinaryExpression(parent) || !COMPOUND.has(parent.operatorToken.kind)) return null;
  if (!isArithmetic(checked, parent)) return null;
  const [name, value] = written(checked, parent, false).split(/ = (.*)/s);
  const text = `${name}.assign(${value})`;
  return {
    ...rangeOf(parent),
    message: `${name} is changed in place by ${text}`,
    fixes: [replaced(parent, text)],
  };
}
