/**
 * Writes the declarations of earlier cells that tslab's converter keeps: those it has not touched as they stand in the
 * text, which is many times quicker than to print them anew for every cell.
 */

import type ts from "typescript";
import { typescript } from "./typescript.ts";

/** In place of `createPrinter`; the converter prints nothing else with it. */
export function createKeepingPrinter(options?: ts.PrinterOptions): ts.Printer {
  const printer = typescript.createPrinter(options);
  return {
    ...printer,
    printFile: (file) =>
      file.statements
        .map((statement) =>
          isWhole(statement, file)
            ? file.text.slice(statement.pos, statement.end)
            : `\n${printer.printNode(typescript.EmitHint.Unspecified, statement, file)}`,
        )
        .join("")
        .concat("\n"),
  };
}

/** Whether a statement still has all names with which it was read: the converter leaves out those that are replaced. */
function isWhole(statement: ts.Statement, file: ts.SourceFile): boolean {
  if (typescript.isVariableStatement(statement)) {
    const { declarations, end } = statement.declarationList;
    const [keyword] = KEYWORD.exec(file.text.slice(statement.declarationList.getStart(file))) ?? [""];
    return follows(declarations, statement.declarationList.getStart(file) + keyword.length) === end;
  }
  const bindings = typescript.isImportDeclaration(statement)
    ? statement.importClause?.namedBindings
    : undefined;
  if (!bindings || !typescript.isNamedImports(bindings)) return true;
  const last = follows(bindings.elements, bindings.getStart(file) + 1);
  return file.text.slice(last, bindings.end).trim() === "}";
}

const KEYWORD = /^(?:const|let|var)/;

/** Where a list of nodes ends that begins at a place and has nothing but commas in it; -1 where some are missing. */
function follows(nodes: readonly ts.Node[], start: number): number {
  let at = start;
  for (const [i, node] of nodes.entries()) {
    if (node.pos !== at + (i === 0 ? 0 : 1)) return -1;
    at = node.end;
  }
  return at;
}
