/**
 * What tslab's converter takes from its fork of TypeScript 5.0.4, made of a current TypeScript.
 *
 * The fork does not change how TypeScript works. It gives three inner functions to whoever has a program and no
 * language service, and an option that forbids `await` at the top level, which cells are not to have.
 */

import type ts from "typescript";
import { createKeepingPrinter } from "./kept-declarations.ts";
import { type TypeScript, typescript } from "./typescript.ts";

interface ForkParts {
  getDefaultTypeRoots(): string[];
  getNullTransformationContext(): undefined;
  getPreEmitDiagnosticsOfFiles(
    program: ts.Program,
    files: readonly ts.SourceFile[],
  ): readonly ts.Diagnostic[];
  getQuickInfoAtPosition(
    file: ts.SourceFile,
    checker: ts.TypeChecker,
    cancellation: ts.CancellationToken,
    position: number,
  ): ts.QuickInfo | undefined;
}

/** TypeScript as the converter knows it. */
export type ConverterTypeScript = TypeScript & ForkParts;

export const inPlaceOfFork: ConverterTypeScript = {
  ...typescript,
  // The fork's other name for it; the converter looks nothing else up there.
  Completions: Object.assign(
    {
      getCompletionsAtPositionForTslab: (_: unknown, program: ts.Program, ...rest: unknown[]) =>
        typescript.Completions.getCompletionsAtPosition(hostOf(program), program, ...rest),
    },
    typescript.Completions,
  ),
  getPreEmitDiagnosticsOfFiles: (program, files) =>
    files.flatMap((file) => typescript.getPreEmitDiagnostics(program, file)),
  getQuickInfoAtPosition: quickInfoAt,
  createPrinter: createKeepingPrinter,
  getDefaultTypeRoots: () => [], // ours are set with the other options
  getNullTransformationContext: () => undefined, // for transformers of which cell-compiler.ts takes none
};

/** What completion asks besides the program: for the paths of files, where they are. */
function hostOf(program: ts.Program): object {
  return {
    ...typescript.sys,
    getCompilationSettings: () => program.getCompilerOptions(),
    getCurrentDirectory: () => program.getCurrentDirectory(),
    useCaseSensitiveFileNames: () => typescript.sys.useCaseSensitiveFileNames,
  };
}

/** What a hover at a position says. */
function quickInfoAt(
  file: ts.SourceFile,
  checker: ts.TypeChecker,
  _cancellation: ts.CancellationToken,
  position: number,
): ts.QuickInfo | undefined {
  const touched = typescript.getTouchingPropertyName(file, position);
  if (touched === file) return undefined;
  const node = describedNode(touched);
  const container = typescript.getContainerNode(node);
  const symbol = checker.getSymbolAtLocation(node);
  const common = {
    kindModifiers: symbol ? typescript.SymbolDisplay.getSymbolModifiers(checker, symbol) : "",
    textSpan: typescript.createTextSpanFromBounds(node.getStart(file), node.getEnd()),
  };
  if (symbol) {
    const display = typescript.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind;
    const { symbolKind, ...parts } = display(checker, symbol, file, container, node);
    return { kind: symbolKind, ...common, ...parts };
  }
  if (!typescript.isExpression(node) || !hasType(node)) return undefined;
  const type = checker.getTypeAtLocation(node);
  return {
    kind: typescript.ScriptElementKind.unknown,
    ...common,
    displayParts: typescript.typeToDisplayParts(checker, type, container),
    documentation: type.symbol?.getDocumentationComment(checker),
    tags: type.symbol?.getJsDocTags(checker),
  };
}

/** What is spoken of at a node: at `new`, the class. */
function describedNode(node: ts.Node): ts.Node {
  const { parent } = node;
  if (parent && typescript.isNewExpression(parent) && node.pos === parent.pos) return parent.expression;
  if (parent && typescript.isNamedTupleMember(parent) && node.pos === parent.pos) return parent;
  if (parent && typescript.isMetaProperty(parent) && parent.name === node) return parent;
  return node;
}

/** Whether an expression without a symbol has a type that is worth telling. */
function hasType(node: ts.Node): boolean {
  const { kind } = node;
  return kind === typescript.SyntaxKind.ThisKeyword || kind === typescript.SyntaxKind.SuperKeyword;
}
