/**
 * Turns the JavaScript of a cell, an ES module, into the function that a session runs.
 *
 * `let s = 1; const f = () => s + before` becomes `cell$s = 1; cell$f = { f: () => cell$s + cell$before }.f`:
 * names of the top level go to the session's variables (scope.ts), imports become `require`, and the last
 * expression is kept, and each line says that it runs (marks.ts). All else stays as it was written, at the line where it was.
 */

import MagicString from "magic-string";
import type ts from "typescript";
import { bindingOf, boundNames, isShorthand, isVariable, parseBound } from "./binding.ts";
import { createMarks, isAnonymous } from "./marks.ts";
import { exportedNames, importCode, importedNames, isDynamicImport, mustWait } from "./module-syntax.ts";
import { isRead, openChange } from "./reads.ts";
import { PREFIX, SCOPE } from "./scope.ts";
import { typescript } from "./typescript.ts";

/** What the rewriting knows besides the code. */
export interface RewriteOptions {
  /** Whether a name is a value of an earlier cell, or preloaded. */
  readonly isKnown: (name: string) => boolean;
  /** Enums and namespaces: their code adds to what is there, so a second run must start from nothing. */
  readonly startsEmpty: (name: string) => boolean;
  /** Whether to keep the value of the last statement, an expression. */
  readonly keepLast: boolean;
  /** Whether the cell that should have declared a name left it without a value. */
  readonly isLost: (name: string) => boolean;
  /** The number of the source's line from which the code at a place comes (cursor.ts); the place counts from 0. */
  readonly cursorAt: (place: ts.LineAndCharacter) => number;
}

export interface Rewritten {
  /** The function's code, as edits of the given JavaScript. */
  readonly code: MagicString;
  /** The cell's top-level values. */
  readonly declared: ReadonlySet<string>;
  /** The names that have their values after so many steps of the cell: after none, one, two … */
  readonly steps: readonly (readonly string[])[];
  readonly hasTopLevelAwait: boolean;
}

const { SyntaxKind } = typescript;

/** What counts the steps of a cell; no variable of the top level has such a name. */
const DONE = "done$cell";

/** The operators that name an anonymous function after the variable they assign it to. */
const ASSIGNMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.EqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);

/** Rewrites a module that ends with `export { … }` over all its top-level values, as tslab's converter emits. */
export function rewriteCell(code: string, options: RewriteOptions): Rewritten {
  const file = parseBound(code);
  const declared = exportedNames(file);
  const edits = new MagicString(code);
  const marks = createMarks(file, edits, options.cursorAt);
  const functions: string[] = [];
  const steps: string[][] = [functions];
  let hasTopLevelAwait = false;

  const isShared = (identifier: ts.Identifier): boolean => {
    const binding = bindingOf(identifier);
    return binding === "free"
      ? options.isKnown(identifier.text)
      : binding === "top" && declared.has(identifier.text);
  };

  const isMissing = (name: ts.Identifier): boolean =>
    options.isLost(name.text) && bindingOf(name) === "free" && isShared(name);

  /** The code by which a cell says that it has given some names their values. */
  const step = (names: readonly string[]): string => `${DONE}.steps = ${steps.push([...names])}`;

  const visitEach = (node: ts.Node): void => typescript.forEachChild(node, visit);

  const visitAllBut = (name: ts.Node | undefined, node: ts.Node): void =>
    typescript.forEachChild(node, (child) => {
      if (child !== name) visit(child);
    });

  let last: ts.ExpressionStatement | undefined;

  function visit(node: ts.Node): void {
    const close = marks.open(node);
    const closeChange = openChange(edits, node, isMissing);
    if (node === last) edits.appendRight(last.expression.getStart(), `${SCOPE}.result = (`);
    visitInside(node);
    if (node === last) edits.appendRight(last.expression.end, ")");
    closeChange?.();
    close?.();
  }

  function visitInside(node: ts.Node): void {
    if (typescript.isIdentifier(node)) visitIdentifier(node);
    else if (typescript.isVariableDeclarationList(node)) visitDeclarations(node);
    else if (typescript.isBindingElement(node)) visitElement(node);
    else if (typescript.isImportDeclaration(node)) visitImport(node);
    else if (typescript.isExportDeclaration(node)) edits.update(node.getStart(), node.end, "");
    else if (typescript.isFunctionDeclaration(node)) visitFunction(node);
    else if (typescript.isClassDeclaration(node)) visitClass(node);
    else if (typescript.isBinaryExpression(node)) visitBinary(node);
    else {
      if (isDynamicImport(node)) visitDynamicImport(node);
      if (isTopLevelAwait(node)) hasTopLevelAwait = true;
      visitEach(node);
    }
  }

  function visitIdentifier(node: ts.Identifier): void {
    if (!isVariable(node) || !isShared(node)) return;
    const asks = isRead(node) && isMissing(node);
    edits.appendRight(
      node.getStart(),
      (isShorthand(node) ? `${node.text}: ` : "") + (asks ? `(${SCOPE}.read(` : "") + PREFIX,
    );
    if (asks) edits.appendRight(node.end, "))");
  }

  function visitImport(node: ts.ImportDeclaration): void {
    const names = importedNames(node.importClause).map(([name]) => name);
    if (mustWait(node)) hasTopLevelAwait = true;
    edits.update(node.getStart(), node.end, `${importCode(node)} ${step(names)};`);
  }

  // A declaration becomes an assignment: `let a = 1, { b } = o` is `cell$a = 1, ({ b: cell$b } = o)`.
  function visitDeclarations(list: ts.VariableDeclarationList): void {
    const names = list.declarations.flatMap((declaration) => boundNames(declaration.name));
    if (!names.some(isShared)) {
      visitEach(list);
      return;
    }
    const isHead = typescript.isForOfStatement(list.parent) || typescript.isForInStatement(list.parent);
    const isLet = (list.flags & typescript.NodeFlags.BlockScoped) !== 0;
    edits.update(list.getStart(), list.declarations[0].getStart(), "");
    for (const declaration of list.declarations) {
      if (isHead) visit(declaration.name);
      else if (declaration.initializer || isLet || startsEmpty(declaration)) visitDeclaration(declaration);
      else edits.update(declaration.getStart(), declaration.end, "void 0");
      if (!typescript.isVariableStatement(list.parent) || !declaration.initializer) continue;
      const given = boundNames(declaration.name).map(({ text }) => text);
      if (typescript.isSourceFile(list.parent.parent)) edits.appendRight(declaration.end, `, ${step(given)}`);
    }
  }

  function startsEmpty({ name }: ts.VariableDeclaration): boolean {
    return typescript.isIdentifier(name) && options.startsEmpty(name.text);
  }

  function visitDeclaration({ name, initializer }: ts.VariableDeclaration): void {
    const isObject = typescript.isObjectBindingPattern(name);
    if (isObject) edits.appendRight(name.getStart(), "(");
    visit(name);
    if (initializer) visitNamed(initializer, typescript.isIdentifier(name) ? name.text : undefined);
    else edits.appendRight(name.end, " = void 0");
    if (isObject && initializer) edits.appendRight(initializer.end, ")");
  }

  function visitElement({ propertyName, name, initializer }: ts.BindingElement): void {
    if (propertyName) visit(propertyName);
    visit(name);
    const shares = typescript.isIdentifier(name) && isShared(name);
    if (initializer) visitNamed(initializer, shares ? name.text : undefined);
  }

  function visitBinary(node: ts.BinaryExpression): void {
    const { left, right, operatorToken } = node;
    const names = typescript.isIdentifier(left) && ASSIGNMENTS.has(operatorToken.kind) && isShared(left);
    visit(left);
    visitNamed(right, names ? left.text : undefined);
  }

  // `cell$f = () => 1` would call the function "cell$f"; as the property f of an object it is "f".
  function visitNamed(value: ts.Expression, name: string | undefined): void {
    const wraps = name !== undefined && isAnonymous(value);
    if (wraps) edits.appendRight(value.getStart(), `{ ${name}: `);
    visit(value);
    if (wraps) edits.appendRight(value.end, ` }.${name}`);
  }

  // Hoisted with its name and place, and shared before the first statement runs.
  function visitFunction(node: ts.FunctionDeclaration): void {
    if (node.name && isShared(node.name)) functions.push(node.name.text);
    visitAllBut(node.name, node);
  }

  function visitClass(node: ts.ClassDeclaration): void {
    const shares = node.name && isShared(node.name);
    if (shares) edits.appendRight(node.getStart(), `${PREFIX}${node.name.text} = `);
    visitAllBut(node.name, node);
    if (shares) edits.appendRight(node.end, `; ${step([node.name.text])};`);
  }

  function visitDynamicImport({ expression, arguments: [specifier] }: ts.CallExpression): void {
    edits.update(expression.getStart(), expression.end, `${SCOPE}.load`);
    edits.appendRight(specifier.getStart(), "require, ");
  }

  if (options.keepLast) last = lastExpressionOf(file.statements);
  for (const statement of file.statements) if (!isHelper(statement)) visit(statement);
  const head = [
    `(${hasTopLevelAwait ? "async " : ""}function (${SCOPE}, require, ${DONE}) { "use strict"; ${DONE} ??= {}; ${SCOPE}.result = void 0;`,
    declared.size > 0 ? `${SCOPE}.declare(${JSON.stringify([...declared])});` : "",
    ...functions.map((name) => `${PREFIX}${name} = ${name};`),
    `${DONE}.steps = 1;`,
    "",
  ].join(" ");
  return {
    code: edits.prepend(head).append("\n})"),
    declared,
    steps,
    hasTopLevelAwait,
  };
}

/** The last statement, also where the compiler has put what follows a `using` into a `try`. */
function lastExpressionOf(statements: readonly ts.Statement[]): ts.ExpressionStatement | undefined {
  const last = statements.findLast((statement) => !typescript.isExportDeclaration(statement));
  if (last && typescript.isTryStatement(last)) return lastExpressionOf(last.tryBlock.statements);
  return last && typescript.isExpressionStatement(last) ? last : undefined;
}

/** Whether a statement is a function of the compiler's own, for what JavaScript does not have yet. */
function isHelper(statement: ts.Statement): boolean {
  if (!typescript.isVariableStatement(statement)) return false;
  const [{ name, initializer }] = statement.declarationList.declarations;
  const begins = typescript.isIdentifier(name) && name.text.startsWith("__");
  return begins && initializer?.getText().startsWith(`(this && this.${name.text})`) === true;
}

function isTopLevelAwait(node: ts.Node): boolean {
  const waits =
    typescript.isAwaitExpression(node) || (typescript.isForOfStatement(node) && node.awaitModifier);
  return Boolean(waits) && isTopLevel(node);
}

function isTopLevel(node: ts.Node): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (typescript.isFunctionLike(parent) || typescript.isClassStaticBlockDeclaration(parent)) return false;
  }
  return true;
}
