/** TypeScript, with the inner parts of the compiler that it does export, and that its published types do not name. */

import type ts from "typescript";
import { createRequire } from "./node.ts";

/** The inner parts used here, which the published types do not name. */
export interface TypeScriptInternals {
  /** Fills in `locals` of the file and of every function, block and loop in it. */
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  /** The innermost token that the position touches, names of properties included. */
  getTouchingPropertyName(file: ts.SourceFile, position: number): ts.Node;
  /** Whether a value is put into the node, as into `[a]` and `a` in `[a] = list`. */
  isAssignmentTarget(node: ts.Node): boolean;
  /** The comments that document a node, or the statement around it. */
  getJSDocCommentsAndTags(node: ts.Node): readonly (ts.JSDoc | ts.JSDocTag)[];
  readonly SignatureHelp: {
    getSignatureHelpItems(
      program: ts.Program,
      file: ts.SourceFile,
      position: number,
      reason: ts.SignatureHelpTriggerReason | undefined,
      cancellation: Pick<ts.CancellationToken, "isCancellationRequested"> & Record<string, unknown>,
    ): ts.SignatureHelpItems | undefined;
  };
  readonly Completions: {
    getCompletionsAtPosition(...parameters: unknown[]): ts.CompletionInfo | undefined;
  };
  readonly SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: ts.TypeChecker,
      symbol: ts.Symbol,
      file: ts.SourceFile,
      enclosing: ts.Node | undefined,
      node: ts.Node,
    ): Pick<ts.QuickInfo, "displayParts" | "documentation" | "tags"> & { symbolKind: ts.ScriptElementKind };
    getSymbolModifiers(checker: ts.TypeChecker, symbol: ts.Symbol): string;
  };
  getContainerNode(node: ts.Node): ts.Node | undefined;
  typeToDisplayParts(checker: ts.TypeChecker, type: ts.Type, enclosing?: ts.Node): ts.SymbolDisplayPart[];
}

export type TypeScript = typeof ts & TypeScriptInternals;

/** A node in which names can be declared, after binding. */
export interface Container {
  readonly locals?: ReadonlyMap<ts.__String, unknown>;
}

interface ResolvedImports {
  forEachResolvedModule(
    visit: (resolution: { readonly resolvedModule?: ts.ResolvedModule }) => void,
    file: ts.SourceFile,
  ): void;
}

/** The files that a file of a program imports. */
export function importsOf(program: ts.Program, file: ts.SourceFile): string[] {
  const files: string[] = [];
  (program as unknown as ResolvedImports).forEachResolvedModule(({ resolvedModule }) => {
    if (resolvedModule) files.push(resolvedModule.resolvedFileName);
  }, file);
  return files;
}

const requireHere = createRequire(import.meta.url);

/** Where tslab's converter lies, how it sees other packages, and where it looks for TypeScript: a fork of 5.0.4. */
export const converterPath: string = requireHere.resolve("tslab/dist/converter.js");
export const requireFromTslab: NodeJS.Require = createRequire(converterPath);
export const forkPath: string = requireFromTslab.resolve("@tslab/typescript-for-tslab");

export const typescriptPath: string = requireHere.resolve("typescript");

export const typescript: TypeScript = requireHere(typescriptPath) as TypeScript;
