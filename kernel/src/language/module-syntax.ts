/** Imports and exports of a cell's JavaScript, and what takes their place in the function a session runs. */

import type ts from "typescript";
import { hasLocal } from "./binding.ts";
import { isBuiltin } from "./node.ts";
import { PREFIX, SCOPE } from "./scope.ts";
import { typescript } from "./typescript.ts";

/** The names that the module's own `export { … }` lists. */
export function exportedNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (!typescript.isExportDeclaration(statement) || statement.moduleSpecifier) continue;
    if (!statement.exportClause || !typescript.isNamedExports(statement.exportClause)) continue;
    for (const { name } of statement.exportClause.elements) {
      // `declare const x: number` is exported too, but it speaks of a variable of others.
      if (hasLocal(file, name.text)) names.add(name.text);
    }
  }
  return names;
}

/** `import d, { a as b } from "m"` as assignments of what the module exports. */
export function importCode(declaration: ts.ImportDeclaration): string {
  const { importClause, moduleSpecifier } = declaration;
  const specifier = moduleSpecifier.getText();
  const module = mustWait(declaration)
    ? `await ${SCOPE}.load(require, ${specifier})`
    : `${SCOPE}.imported(require(${specifier}))`;
  const assignments = importedNames(importClause).map(([name, value]) => `${PREFIX}${name} = ${value};`);
  if (assignments.length === 0) return `${module};`;
  return `{ const module = ${module}; ${assignments.join(" ")} }`;
}

/** Whether a module may wait for something itself, or be one that only `import` finds: those of Node are neither. */
export function mustWait({ moduleSpecifier }: ts.ImportDeclaration): boolean {
  const { text } = moduleSpecifier as ts.StringLiteral; // the parser has seen that it is one
  return !isBuiltin(text) && text !== "gradbook";
}

/** Whether the node is `import(specifier)`. */
export function isDynamicImport(node: ts.Node): node is ts.CallExpression {
  return typescript.isCallExpression(node) && node.expression.kind === typescript.SyntaxKind.ImportKeyword;
}

/** Each name of an import with the expression that gives it, from a variable `module`. */
export function importedNames(clause: ts.ImportClause | undefined): [name: string, value: string][] {
  const names: [string, string][] = [];
  if (clause?.name) names.push([clause.name.text, "module.default"]);
  const bindings = clause?.namedBindings;
  if (bindings && typescript.isNamespaceImport(bindings)) names.push([bindings.name.text, "module"]);
  if (bindings && typescript.isNamedImports(bindings)) {
    for (const { name, propertyName } of bindings.elements) {
      names.push([name.text, `module.${(propertyName ?? name).text}`]);
    }
  }
  return names;
}
