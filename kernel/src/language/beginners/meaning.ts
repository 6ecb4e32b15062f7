/** What the type checker finds in a cell, and what it does not look for, in a sentence for whoever begins. */

import type ts from "typescript";
import { typescript } from "../typescript.ts";
import {
  called,
  constructed,
  counted,
  isKnown,
  joined,
  negated,
  ofNumbers,
  positional,
  remainder,
  tupled,
  walked,
} from "./calls.ts";
import { FUNCTIONS, LIBRARIES, MEMBERS, NAMES } from "./names.ts";
import {
  ancestor,
  type Checked,
  isTensorType,
  type Mistake,
  nodeAt,
  own,
  rangeOf,
  replaced,
} from "./nodes.ts";
import { arithmetic, compared, inPlace, signed } from "./operators.ts";

const { SyntaxKind } = typescript;

/** What to say of a problem that the type checker has found; `null` where its own words stand. */
export function meaningAdvice(
  checked: Checked,
  { start = 0, length = 0, code }: ts.Diagnostic,
): Mistake | null {
  const node = nodeAt(checked.file, start, start + length);
  for (const rule of RULES[code] ?? []) {
    const found = rule(checked, node);
    if (found !== null) return found;
  }
  return null;
}

type Rule = (checked: Checked, node: ts.Node) => Mistake | null;

const RULES: Readonly<Record<number, readonly Rule[]>> = {
  2304: [assigned, named],
  2552: [assigned, named],
  2345: [ofNumbers],
  2339: [member],
  2551: [member],
  2349: [notCallable, called],
  2356: [counted],
  2362: [arithmetic, remainder],
  2363: [arithmetic],
  2365: [arithmetic],
  2447: [arithmetic],
  2488: [walked],
  2554: [constructed],
  2559: [positional],
  2588: [inPlace, counted, reassigned],
  2693: [named],
  2695: [indexed, tupled],
  6234: [notCallable],
  7009: [constructed],
  7053: [indexed],
  7015: [indexed],
  18004: [named],
};

/** What is wrong although the compiler takes it: a sign before a tensor, == between two, a method without its (). */
export function silentMistakes(checked: Checked): Mistake[] {
  const found: Mistake[] = [];
  const visit = (node: ts.Node): void => {
    const one =
      signed(checked, node) ??
      negated(checked, node) ??
      joined(checked, node) ??
      compared(checked, node) ??
      uncalled(checked, node);
    if (one !== null) found.push(one);
    typescript.forEachChild(node, visit);
  };
  visit(checked.file);
  return found;
}

// Methods and properties of tensors.

function uncalled(checked: Checked, node: ts.Node): Mistake | null {
  if (!typescript.isPropertyAccessExpression(node)) return null;
  const { parent, name, expression } = node;
  const isUsed =
    (typescript.isCallExpression(parent) && parent.expression === node) ||
    (typescript.isPropertyAccessExpression(parent) && parent.expression === node) ||
    typescript.isTypeOfExpression(parent) ||
    typescript.isTaggedTemplateExpression(parent) ||
    typescript.isBinaryExpression(parent);
  if (isUsed || !isTensorType(checked.checker.getTypeAtLocation(expression))) return null;
  const type = checked.checker.getTypeAtLocation(node);
  if (type.getCallSignatures().length === 0 || type.getProperties().length > 0) return null;
  const call = `${node.getText()}()`;
  return {
    ...rangeOf(name),
    message: `${name.text} is a function: write ${call}`,
    fixes: [{ title: `Write ${call}`, start: node.end, end: node.end, text: "()" }],
  };
}

function notCallable(checked: Checked, node: ts.Node): Mistake | null {
  const call = ancestor(node, typescript.isCallExpression);
  const callee = call?.expression;
  if (call === null || callee === undefined || !typescript.isPropertyAccessExpression(callee)) return null;
  if (!isTensorType(checked.checker.getTypeAtLocation(callee.expression))) return null;
  const text = callee.getText();
  const isEmpty = call.arguments.length === 0;
  return {
    ...rangeOf(callee.name),
    message: isEmpty
      ? `${callee.name.text} needs no (): write ${text}`
      : `${callee.name.text} is no function: write ${text}`,
    fixes: isEmpty ? [replaced(call, text)] : [],
  };
}

function member(checked: Checked, node: ts.Node): Mistake | null {
  const access = ancestor(node, typescript.isPropertyAccessExpression);
  if (access === null) return null;
  if (!isTensorType(checked.checker.getTypeAtLocation(access.expression))) return null;
  const row = own(MEMBERS, access.name.text);
  if (row === null) return null;
  const { parent } = access;
  const isCalled = typescript.isCallExpression(parent) && parent.expression === access;
  const isProperty = row.write !== undefined && /^(size|rank|T|grad|shape)$/.test(row.write);
  const text = `${access.expression.getText()}.${row.write}`;
  const fix = isCalled && isProperty ? replaced(parent, text) : replaced(access.name, row.write ?? "");
  const message = row.say.replace(/^It\b/, access.name.text);
  return { ...rangeOf(access.name), message, fixes: row.write === undefined ? [] : [fix] };
}

/** X[0][1], X[0, 1], or X[0]. */
function indexed(checked: Checked, node: ts.Node): Mistake | null {
  let access = ancestor(node, typescript.isElementAccessExpression);
  if (access === null) return null;
  const indices: string[] = [];
  let base: ts.Expression = access;
  while (typescript.isElementAccessExpression(access.parent) && access.parent.expression === access)
    access = access.parent;
  for (base = access; typescript.isElementAccessExpression(base); base = base.expression) {
    indices.unshift(...base.argumentExpression.getText().split(/,\s*/)); // of X[0, 1], JavaScript drops the 0
  }
  if (!isTensorType(checked.checker.getTypeAtLocation(base))) return null;
  return entryAt(access, base, indices);
}

function entryAt(access: ts.Node, base: ts.Expression, indices: readonly string[]): Mistake {
  const text = `${base.getText()}.at(${indices.join(", ")})`;
  const message =
    indices.length === 1
      ? `A row of a tensor is ${text}, an entry ${base.getText()}.at(${indices[0]}, …)`
      : `An entry of a tensor is ${text}`;
  return { ...rangeOf(access), message, fixes: [replaced(access, text)] };
}

// Names.

/** X = tensor(…), without const. */
function assigned(_checked: Checked, node: ts.Node): Mistake | null {
  const { parent } = node;
  const isTarget =
    typescript.isBinaryExpression(parent) &&
    parent.operatorToken.kind === SyntaxKind.EqualsToken &&
    parent.left === node;
  if (!isTarget) return null;
  const name = node.getText();
  if (typescript.isExpressionStatement(parent.parent)) {
    return {
      ...rangeOf(node),
      message: `${name} is new, and a new name is declared: const ${name} = …`,
      fixes: [
        { title: `Write const ${name} = …`, start: node.getStart(), end: node.getStart(), text: "const " },
      ],
    };
  }
  const call = parent.parent;
  if (!typescript.isCallExpression(call)) return null;
  return keywords(call);
}

/** sum(X, axis=0), where options stand in braces. */
function keywords(call: ts.CallExpression): Mistake | null {
  const isKeyword = (argument: ts.Expression): argument is ts.BinaryExpression =>
    typescript.isBinaryExpression(argument) && argument.operatorToken.kind === SyntaxKind.EqualsToken;
  const positionals = call.arguments.filter((argument) => !isKeyword(argument)).map((one) => one.getText());
  const named = call.arguments
    .filter(isKeyword)
    .filter(({ left }) => !NEEDLESS.has(left.getText()))
    .map(({ left, right }) => {
      const name = OPTION_NAMES[left.getText()] ?? left.getText();
      return `${name}: ${right
        .getText()
        .replace(/^True$/, "true")
        .replace(/^False$/, "false")}`;
    });
  const callee = call.expression.getText();
  const last = callee.slice(callee.lastIndexOf(".") + 1);
  const name = LIBRARIES.has(callee.split(".")[0]) ? (own(FUNCTIONS, last) ?? last) : callee;
  const options = named.length === 0 ? [] : [`{ ${named.join(", ")} }`];
  const text = `${name}(${[...positionals, ...options].join(", ")})`;
  const message =
    named.length === 0 ? `Nothing needs to be switched on: ${text}` : `Options stand in braces: ${text}`;
  return { ...rangeOf(call), message, fixes: [replaced(call, text)] };
}

/** Options of other libraries that say what is so here anyway. */
const NEEDLESS: ReadonlySet<string> = new Set(["requires_grad", "device", "inplace", "retain_graph"]);

/** What options are called elsewhere. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  dim: "axis",
  keepdim: "keepdims",
  lr: "learningRate",
  learning_rate: "learningRate",
  batch_size: "batchSize",
};

function reassigned(_checked: Checked, node: ts.Node): Mistake | null {
  const { parent } = node;
  const statement = parent?.parent;
  const isStatement =
    statement !== undefined &&
    typescript.isExpressionStatement(statement) &&
    typescript.isBinaryExpression(parent) &&
    parent.operatorToken.kind === SyntaxKind.EqualsToken;
  if (!isStatement) return null;
  const name = node.getText();
  return {
    ...rangeOf(node),
    message: `${name} is a constant: const ${name} = … in a cell of its own gives it a new value; what changes in a loop is declared by let`,
    fixes: [
      { title: `Write const ${name} = …`, start: node.getStart(), end: node.getStart(), text: "const " },
    ],
  };
}

function named(checked: Checked, node: ts.Node): Mistake | null {
  const name = node.getText();
  const { parent } = node;
  if (LIBRARIES.has(name) && typescript.isPropertyAccessExpression(parent)) return prefixed(checked, parent);
  if (LIBRARIES.has(name)) {
    const message = `There is no ${name} here: its functions are there by their names alone, as in zeros(2, 3)`;
    return { ...rangeOf(node), message, fixes: [] };
  }
  const row = own(NAMES, name);
  if (row === null) return null;
  return {
    ...rangeOf(node),
    message: row.say.replace(/^It\b/, name),
    fixes: row.write === undefined ? [] : [replaced(node, row.write)],
  };
}

/** np.zeros(2): the longest chain of names before the call. */
function prefixed(checked: Checked, first: ts.PropertyAccessExpression): Mistake {
  let access = first;
  while (typescript.isPropertyAccessExpression(access.parent)) access = access.parent;
  const wanted = access.name.text;
  const [prefix] = access.getText().split(".");
  const name = own(FUNCTIONS, wanted) ?? wanted;
  const known = isKnown(checked, name);
  if (!known) {
    const hint = own(NAMES, wanted)?.say ?? own(MEMBERS, wanted)?.say ?? "help() lists what there is";
    return {
      ...rangeOf(access),
      message: `There is no ${prefix} here, and no ${wanted}: ${hint}`,
      fixes: [],
    };
  }
  return {
    ...rangeOf(access),
    message: `Names need no prefix here: ${access.getText()} is written ${name}`,
    fixes: [replaced(access, name)],
  };
}
