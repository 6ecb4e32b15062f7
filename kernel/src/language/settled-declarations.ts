/**
 * The declarations of earlier cells. Those of the latest are one text, which the converter writes anew after each cell;
 * older ones settle in files of their own, which the compiler reads and binds once, however many cells follow.
 *
 * A name is declared in one place only: a cell that declares it anew has its file dissolved into the text before.
 */

import type ts from "typescript";
import { typescript } from "./typescript.ts";

export interface Declarations {
  readonly recent: string;
  readonly settled: readonly SettledFile[];
}

export interface SettledFile {
  readonly names: readonly string[];
  readonly text: string;
}

/** From how many characters on declarations settle; less than half of that is not worth a file. */
const MANY = 8000;

/** The same declarations, with a file more where the text has become long; names that are `fresh` stay in the text. */
export function settle({ recent, settled }: Declarations, fresh: ReadonlySet<string>): Declarations {
  if (recent.length < MANY) return { recent, settled };
  const file = parsed(recent);
  // The converter looks for imports and namespaces in the text, and what has the name of a namespace belongs to it.
  const namespaces = new Set(file.statements.filter(typescript.isModuleDeclaration).flatMap(namesOf));
  const stays = (statement: ts.Statement): boolean => {
    if (typescript.isImportDeclaration(statement)) return true;
    const names = namesOf(statement);
    return names.length === 0 || names.some((name) => namespaces.has(name) || fresh.has(name));
  };
  const textOf = (statements: readonly ts.Statement[]): string =>
    statements.map((statement) => `${statement.getFullText().trim()}\n`).join("");
  const older = file.statements.filter((statement) => !stays(statement));
  const text = textOf(older);
  if (text.length < MANY / 2) return { recent, settled };
  return {
    recent: textOf(file.statements.filter(stays)),
    settled: [...settled, { names: older.flatMap(namesOf), text }],
  };
}

/** The same declarations, with those of the names in the text. */
export function unsettle({ recent, settled }: Declarations, names: readonly string[]): Declarations {
  const isBack = (file: SettledFile): boolean => names.some((name) => file.names.includes(name));
  const back = settled.filter(isBack);
  if (back.length === 0) return { recent, settled };
  return {
    recent: [recent, ...back.map(({ text }) => text)].join("\n"),
    settled: settled.filter((file) => !isBack(file)),
  };
}

function parsed(text: string): ts.SourceFile {
  return typescript.createSourceFile("cell.d.ts", text, typescript.ScriptTarget.ES2022, true);
}

function namesOf(statement: ts.Statement): string[] {
  if (typescript.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.DeclarationStatement;
  return name ? [name.text] : [];
}
