/** Which declaration a name in JavaScript belongs to. */

import type ts from "typescript";
import { type Container, typescript } from "./typescript.ts";

/** Where a name is declared: at the top level of the file, further inside it, or not in it. */
export type Binding = "top" | "inner" | "free";

/** Parses JavaScript and finds its scopes, so that `bindingOf` can be asked about its names. */
export function parseBound(code: string): ts.SourceFile {
  // As TypeScript, because in .js files the binder reads `this.x = 1` and `exports.x = 1` as declarations.
  const file = typescript.createSourceFile("cell.ts", code, typescript.ScriptTarget.ES2022, true);
  typescript.bindSourceFile(file, { target: typescript.ScriptTarget.ES2022 });
  return file;
}

export function bindingOf(identifier: ts.Identifier): Binding {
  const name = identifier.text;
  for (let node: ts.Node = identifier.parent; ; node = node.parent) {
    if (typescript.isSourceFile(node)) return hasLocal(node, name) ? "top" : "free";
    if (hasLocal(node, name) || isOwnName(node, name, identifier)) return "inner";
  }
}

/** Whether the identifier stands for a variable rather than a property, a label or the name of an export. */
export function isVariable(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  if (typescript.isPropertyAccessExpression(parent)) return parent.name !== identifier;
  if (typescript.isBindingElement(parent)) return parent.propertyName !== identifier;
  if (typescript.isClassExpression(parent) || typescript.isFunctionExpression(parent)) {
    return parent.name !== identifier;
  }
  if (typescript.isClassElement(parent) || typescript.isObjectLiteralElement(parent)) {
    return parent.name !== identifier || typescript.isShorthandPropertyAssignment(parent);
  }
  if (typescript.isLabeledStatement(parent) || typescript.isBreakOrContinueStatement(parent)) return false;
  return !typescript.isMetaProperty(parent) && !isModuleSyntax(parent);
}

/** Whether the identifier, a variable, is also the name of a property: `{ x }` is `{ x: x }`. */
export function isShorthand(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  if (typescript.isShorthandPropertyAssignment(parent)) return parent.name === identifier;
  if (!typescript.isBindingElement(parent) || !typescript.isObjectBindingPattern(parent.parent)) return false;
  return parent.name === identifier && !parent.propertyName && !parent.dotDotDotToken;
}

/** The variables that a name or a destructuring pattern declares. */
export function boundNames(name: ts.BindingName): ts.Identifier[] {
  if (typescript.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    typescript.isBindingElement(element) ? boundNames(element.name) : [],
  );
}

function isModuleSyntax(node: ts.Node): boolean {
  return (
    typescript.isImportClause(node) ||
    typescript.isImportSpecifier(node) ||
    typescript.isNamespaceImport(node) ||
    typescript.isExportSpecifier(node)
  );
}

/** Whether the node itself declares the name. */
export function hasLocal(node: ts.Node, name: string): boolean {
  // The compiler's tables keep `__x` as `___x`.
  return (node as Container).locals?.has(typescript.escapeLeadingUnderscores(name)) ?? false;
}

// Inside a class its name is a constant of its own, and so is the name of a function expression.
function isOwnName(node: ts.Node, name: string, identifier: ts.Identifier): boolean {
  const hasOwnName = typescript.isClassLike(node) || typescript.isFunctionExpression(node);
  return hasOwnName && node.name?.text === name && node.name !== identifier;
}
