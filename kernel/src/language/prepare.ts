/** Reads a cell before it is compiled: what it declares, how it ends, and what a cell may not say. */

import type ts from "typescript";
import { type Fix, syntaxAdvice } from "./beginners/syntax.ts";
import { boundNames } from "./binding.ts";
import { plainMessage } from "./message.ts";
import type { Declared } from "./protocol.ts";
import { MODULE, mayBeObject, parseCell, parseDiagnosticsOf } from "./reading.ts";
import { typescript } from "./typescript.ts";

/** A problem at offsets of the cell. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly code: number;
  readonly fixes?: readonly Fix[];
}

export interface PreparedCell {
  /** The source with `export` blanked out before declarations: in a notebook all names are shared anyway. */
  readonly source: string;
  /** Top-level declarations that have a value, in order of appearance. */
  readonly declared: readonly Declared[];
  /** All names of the top level, types included. */
  readonly names: readonly string[];
  /** The variables whose types are written down. */
  readonly annotated: ReadonlySet<string>;
  /** Whether the cell ends with an expression, whose value is shown. */
  readonly endsWithExpression: boolean;
  readonly problems: readonly Problem[];
}

/** Stands where TypeScript's number stands, for rules that are ours. */
const OWN_RULE = 0;

const { SyntaxKind } = typescript;
const IN_PARENTHESES = "; if an object is meant here, put it in parentheses: ({ … })";

export function prepareCell(source: string): PreparedCell {
  const file = parseCell(source);
  const problem = (node: ts.Node, message: string): Problem => {
    return { start: node.getStart() - MODULE.length, end: node.end - MODULE.length, message, code: OWN_RULE };
  };
  const declared: Declared[] = [];
  const annotated = new Set<string>();
  const problems: Problem[] = [...syntaxProblems(source, file)];
  let prepared = source;

  const statements = file.statements.slice(1);
  for (const statement of statements) {
    const modifiers = typescript.canHaveModifiers(statement) ? typescript.getModifiers(statement) : undefined;
    const isDefault = modifiers?.some((modifier) => modifier.kind === SyntaxKind.DefaultKeyword);
    if (isDefault || typescript.isExportAssignment(statement) || typescript.isExportDeclaration(statement)) {
      problems.push(
        problem(statement, "Cannot export from a cell: all cells already share its top-level names"),
      );
    }
    const exported = modifiers?.find((modifier) => modifier.kind === SyntaxKind.ExportKeyword);
    if (exported)
      prepared = blank(prepared, exported.getStart() - MODULE.length, exported.end - MODULE.length);
    for (const { node, kind, isAnnotated } of declarationsOf(statement)) {
      const { text: name } = node;
      if (isAnnotated) annotated.add(name);
      if (name === "gb" && !isFromLibrary(statement)) {
        problems.push(
          problem(node, "Cannot declare gb: it always holds the library, so choose another name"),
        );
      }
      if (name.startsWith("__")) {
        const reason = "names that begin with two underscores are the compiler's own, so choose another name";
        problems.push(problem(node, `Cannot declare ${name}: ${reason}`));
      }
      if (!declared.some((earlier) => earlier.name === name)) declared.push({ name, kind });
    }
  }
  const types = statements.filter(isType).map(({ name }) => name.text);
  const names = [...new Set([...declared.map(({ name }) => name), ...types])];
  const last = statements.at(-1);
  const endsWithExpression = last !== undefined && typescript.isExpressionStatement(last);
  const meta = findImportMeta(file);
  if (meta) problems.push(problem(meta, "Cannot use import.meta in a cell: a cell is not a file"));
  return { source: prepared, declared, names, annotated, endsWithExpression, problems };
}

// Only the first: the others usually follow from it.
function syntaxProblems(source: string, file: ts.SourceFile): Problem[] {
  return parseDiagnosticsOf(file)
    .slice(0, 1)
    .map(({ start: offset, length, messageText, code }) => {
      const start = offset - MODULE.length;
      const advice = syntaxAdvice(source, start);
      if (advice !== null) return { start, end: start + length, code, ...advice };
      const hint = mayBeObject(source, start) ? IN_PARENTHESES : "";
      return { start, end: start + length, message: plainMessage(messageText) + hint, code };
    });
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
}

interface Declaration {
  readonly node: ts.Identifier;
  readonly kind: Declared["kind"];
  /** Whether its type is written down. */
  readonly isAnnotated?: boolean;
}

function declarationsOf(statement: ts.Statement): Declaration[] {
  if (typescript.isFunctionDeclaration(statement)) return named(statement.name, "function");
  if (typescript.isClassDeclaration(statement)) return named(statement.name, "class");
  if (typescript.isEnumDeclaration(statement)) return named(statement.name, "enum");
  if (typescript.isModuleDeclaration(statement)) {
    const isGlobal = statement.flags & typescript.NodeFlags.GlobalAugmentation;
    return isGlobal ? [] : named(statement.name, "namespace");
  }
  if (typescript.isImportDeclaration(statement)) return importedNames(statement.importClause);
  return variablesOf(statement);
}

function named(name: ts.Node | undefined, kind: Declared["kind"]): Declaration[] {
  return name && typescript.isIdentifier(name) ? [{ node: name, kind }] : [];
}

function importedNames(clause: ts.ImportClause | undefined): Declaration[] {
  const names: Declaration[] = named(clause?.name, "import");
  const bindings = clause?.namedBindings;
  if (!bindings) return names;
  if (typescript.isNamespaceImport(bindings)) return [...names, ...named(bindings.name, "import")];
  return [...names, ...bindings.elements.flatMap((element) => named(element.name, "import"))];
}

// Also the `var` of a loop or a block, which belongs to the whole cell.
function variablesOf(statement: ts.Node): Declaration[] {
  const found: Declaration[] = [];
  const isTop = typescript.isVariableStatement(statement);
  const visit = (node: ts.Node): void => {
    if (typescript.isFunctionLike(node) || typescript.isClassLike(node)) return;
    if (typescript.isVariableDeclarationList(node)) {
      const kind = kindOf(node);
      const isShared = kind === "var" || (isTop && node.parent === statement);
      if (isShared)
        found.push(
          ...node.declarations.flatMap(({ name, type }) =>
            boundNames(name).map((node) => ({ node, kind, isAnnotated: type !== undefined })),
          ),
        );
    }
    typescript.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}

function kindOf(list: ts.VariableDeclarationList): "const" | "let" | "var" {
  if (list.flags & (typescript.NodeFlags.Const | typescript.NodeFlags.Using)) return "const";
  return list.flags & typescript.NodeFlags.Let ? "let" : "var";
}

function isFromLibrary(statement: ts.Statement): boolean {
  return (
    typescript.isImportDeclaration(statement) &&
    typescript.isStringLiteral(statement.moduleSpecifier) &&
    statement.moduleSpecifier.text === "gradbook"
  );
}

function isType(statement: ts.Statement): statement is ts.InterfaceDeclaration | ts.TypeAliasDeclaration {
  return typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement);
}

function findImportMeta(node: ts.Node): ts.Node | undefined {
  if (typescript.isMetaProperty(node) && node.keywordToken === SyntaxKind.ImportKeyword) return node;
  return typescript.forEachChild(node, findImportMeta);
}
