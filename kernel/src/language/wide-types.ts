/**
 * Writes the type `Tensor` of unknown shape where widening.ts asks for it: into the tree of a parsed cell, whose text
 * and positions stay as they are, and into the declarations of earlier cells.
 */

import MagicString from "magic-string";
import type ts from "typescript";
import { typescript } from "./typescript.ts";
import type { Widening } from "./widening.ts";

/** The compiler's own note of what a node holds; no published type has it. */
type Flagged = ts.Node & { transformFlags?: number };

const CONTAINS_TYPESCRIPT = 1;

/** Gives the variables of a cell that is parsed, and not bound yet, their wide types. */
export function widenCell(file: ts.SourceFile, widened: Widening["inCell"]): void {
  // Answers whether something was widened in the node: types are only erased where a flag says that there are some.
  const visit = (node: Flagged): boolean => {
    const isVariable =
      typescript.isVariableDeclaration(node) ||
      typescript.isParameter(node) ||
      typescript.isPropertyDeclaration(node);
    const depth = isVariable ? widened.get(node.name.end) : undefined;
    if (depth !== undefined) (node as { type?: ts.TypeNode }).type = wideType(depth);
    let isWidened = depth !== undefined;
    typescript.forEachChild(node, (child) => {
      if (visit(child)) isWidened = true;
    });
    if (isWidened) node.transformFlags = (node.transformFlags ?? 0) | CONTAINS_TYPESCRIPT;
    return isWidened;
  };
  if (widened.size > 0) visit(file);
}

/** The declarations of earlier cells with wide types for some variables. */
export function widenDeclarations(declarations: string, widened: Widening["earlier"]): string {
  if (widened.size === 0) return declarations;
  const { ES2022 } = typescript.ScriptTarget;
  const file = typescript.createSourceFile("cell.d.ts", declarations, ES2022, true);
  const edits = new MagicString(declarations);
  const variables = file.statements.filter(typescript.isVariableStatement);
  for (const { name, type } of variables.flatMap((statement) => statement.declarationList.declarations)) {
    const depth = typescript.isIdentifier(name) ? widened.get(name.text) : undefined;
    if (type && depth !== undefined) edits.update(type.getStart(), type.end, wideText(depth));
  }
  return edits.toString();
}

/** No cell can give `gb` another meaning. */
function wideText(depth: number): string {
  return `gb.Tensor${"[]".repeat(depth)}`;
}

/** The same as a piece of a syntax tree, at no position of a text. */
function wideType(depth: number): ts.TypeNode {
  const { factory } = typescript;
  if (depth > 0) return factory.createArrayTypeNode(wideType(depth - 1));
  const tensor = factory.createQualifiedName(factory.createIdentifier("gb"), "Tensor");
  return factory.createTypeReferenceNode(tensor);
}
