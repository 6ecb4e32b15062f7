/** Calls as other languages and JavaScript itself write them: sum(X, 0), X(1, 2), Math.exp(X), new Tensor([1]). */

import type ts from "typescript";
import { typescript } from "../typescript.ts";
import { ancestor, type Checked, isTensorType, type Mistake, rangeOf, replaced, typeOf } from "./nodes.ts";

/** Finds a name as the compiler does, in the declarations of earlier cells too; the published types leave it out. */
export type Resolving = ts.TypeChecker & {
  resolveName(
    name: string,
    location: ts.Node,
    meaning: ts.SymbolFlags,
    excludeGlobals: boolean,
  ): ts.Symbol | undefined;
};

/** Whether a name stands for a value here. */
export function isKnown({ checker, file }: Checked, name: string): boolean {
  return (checker as Resolving).resolveName(name, file, typescript.SymbolFlags.Value, false) !== undefined;
}

const isTensor = ({ checker }: Checked, node: ts.Node): boolean =>
  isTensorType(checker.getTypeAtLocation(node));

/** sum(X, 0) and X.sum(0), where the axis has its name; tensor([1, 2], [3, 4]), where rows stand in a list. */
export function positional(_checked: Checked, node: ts.Node): Mistake | null {
  const call = ancestor(node, typescript.isCallExpression);
  if (call === null || !call.arguments.some((argument) => argument === node)) return null;
  const callee = call.expression.getText();
  if (callee === "tensor") {
    const isList = call.arguments.every((one) => one === node || !typescript.isObjectLiteralExpression(one));
    const text = `tensor([${call.arguments.map((one) => one.getText()).join(", ")}])`;
    const message = `All numbers, or all rows, stand in one list: ${text}`;
    return isList ? { ...rangeOf(call), message, fixes: [replaced(call, text)] } : null;
  }
  if (!/^-?\d+$/.test(node.getText())) return null;
  const before = call.arguments.filter((one) => one !== node).map((one) => one.getText());
  const text = `${callee}(${[...before, `{ axis: ${node.getText()} }`].join(", ")})`;
  return { ...rangeOf(call), message: `The axis has its name: ${text}`, fixes: [replaced(call, text)] };
}

/** X(1, 2), which counts from 1. */
export function called(checked: Checked, node: ts.Node): Mistake | null {
  const call = ancestor(node, typescript.isCallExpression);
  if (call === null || !typescript.isIdentifier(call.expression) || !isTensor(checked, call.expression))
    return null;
  const indices = call.arguments.map((one) => one.getText());
  if (!indices.every((one) => /^[1-9]\d*$/.test(one))) return null;
  const text = `${call.expression.text}.at(${indices.map((one) => Number(one) - 1).join(", ")})`;
  const what = indices.length === 1 ? "A row" : "An entry";
  const message = `${what} of a tensor is ${text}: rows and columns are counted from 0`;
  return { ...rangeOf(call), message, fixes: [replaced(call, text)] };
}

/** Math.exp(X), whose arguments are numbers. */
export function ofNumbers(checked: Checked, node: ts.Node): Mistake | null {
  const call = ancestor(node, typescript.isCallExpression);
  const callee = call?.expression;
  if (!callee || !typescript.isPropertyAccessExpression(callee) || callee.expression.getText() !== "Math")
    return null;
  const asked = callee.name.text;
  // Of several, entry by entry.
  const name = call.arguments.length > 1 && /^(?:max|min)$/.test(asked) ? `${asked}imum` : asked;
  if (!call.arguments.some((one) => isTensor(checked, one)) || !isKnown(checked, name)) return null;
  const text = `${name}(${call.arguments.map((one) => one.getText()).join(", ")})`;
  const message = `Math.${asked} takes numbers: of a tensor it is ${text}`;
  return { ...rangeOf(callee), message, fixes: [replaced(callee, name)] };
}

/** new Tensor([1, 2]). */
export function constructed(_checked: Checked, node: ts.Node): Mistake | null {
  const made = ancestor(node, typescript.isNewExpression);
  if (made === null || !/^[tT]ensor$/.test(made.expression.getText())) return null;
  const text = `tensor(${(made.arguments ?? []).map((one) => one.getText()).join(", ")})`;
  return {
    ...rangeOf(made),
    message: `A tensor is made without new: ${text}`,
    fixes: [replaced(made, text)],
  };
}

/** zeros((2, 3)), where lengths stand one by one. */
export function tupled(_checked: Checked, node: ts.Node): Mistake | null {
  const tuple = ancestor(node, typescript.isParenthesizedExpression);
  const call = tuple?.parent;
  if (!tuple || !call || !typescript.isCallExpression(call) || !call.arguments.includes(tuple)) return null;
  const lengths = tuple.expression.getText();
  const text = call.arguments.map((one) => (one === tuple ? lengths : one.getText())).join(", ");
  return {
    ...rangeOf(tuple),
    message: `Lengths stand one by one: ${call.expression.getText()}(${text})`,
    fixes: [replaced(tuple, lengths)],
  };
}

/** [...X] and for (const row of X): a tensor is not a list. */
export function walked(checked: Checked, node: ts.Node): Mistake | null {
  if (!typescript.isExpression(node) || !isTensor(checked, node)) return null;
  const text = `${node.getText()}.toArray()`;
  return {
    ...rangeOf(node),
    message: `A tensor is not a list: its rows are walked in ${text}`,
    fixes: [replaced(node, text)],
  };
}

/** X % 2, which no tensor has. */
export function remainder(checked: Checked, node: ts.Node): Mistake | null {
  const whole = ancestor(node, typescript.isBinaryExpression);
  if (whole === null || whole.operatorToken.kind !== typescript.SyntaxKind.PercentToken) return null;
  if (!isTensor(checked, whole.left)) return null;
  const [x, n] = [whole.left.getText(), whole.right.getText()];
  const text = `${x}.sub(${x}.div(${n}).floor().mul(${n}))`;
  return { ...rangeOf(whole), message: `Tensors have no %: it is ${text}`, fixes: [replaced(whole, text)] };
}

/** X++ of a constant. */
export function counted(checked: Checked, node: ts.Node): Mistake | null {
  const { parent } = node;
  const isCounting =
    parent && (typescript.isPostfixUnaryExpression(parent) || typescript.isPrefixUnaryExpression(parent));
  if (!isCounting || !typescript.isExpression(node) || !isTensorType(typeOf(checked, node))) return null;
  const isUp = parent.operator === typescript.SyntaxKind.PlusPlusToken;
  const text = `${node.getText()}.assign(${node.getText()}.${isUp ? "add" : "sub"}(1))`;
  return {
    ...rangeOf(parent),
    message: `${node.getText()} is changed in place by ${text}`,
    fixes: [replaced(parent, text)],
  };
}

/** !X and ~X, of which the first is always false, and the second a number. */
export function negated(checked: Checked, node: ts.Node): Mistake | null {
  if (!typescript.isPrefixUnaryExpression(node) || !isTensor(checked, node.operand)) return null;
  const { ExclamationToken, TildeToken } = typescript.SyntaxKind;
  if (node.operator !== ExclamationToken && node.operator !== TildeToken) return null;
  const text = `${node.operand.getText()}.eq(0)`;
  const sign = node.operator === TildeToken ? "~" : "!";
  return {
    ...rangeOf(node),
    message: `${sign} before a tensor says nothing of its numbers: where they are 0 is ${text}`,
    fixes: [replaced(node, text)],
  };
}

/** X && Y, which is one of the two, whatever its numbers are. */
export function joined(checked: Checked, node: ts.Node): Mistake | null {
  if (!typescript.isBinaryExpression(node) || !isTensor(checked, node.left)) return null;
  const { AmpersandAmpersandToken, BarBarToken } = typescript.SyntaxKind;
  const { kind } = node.operatorToken;
  if (kind !== AmpersandAmpersandToken && kind !== BarBarToken) return null;
  const [x, y] = [node.left.getText(), node.right.getText()];
  const text = kind === BarBarToken ? `maximum(${x}, ${y})` : `mul(${x}, ${y})`;
  return {
    ...rangeOf(node),
    message: `${node.operatorToken.getText()} between tensors says nothing of their numbers: of zeros and ones it is ${text}`,
    fixes: [replaced(node, text)],
  };
}
