/** TypeScript as tslab brings it: a fork of 5.0.4 that also exports the compiler's inner parts. */

import type ts from "@tslab/typescript-for-tslab";
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
  getPreEmitDiagnosticsOfFiles(
    program: ts.Program,
    files: readonly ts.SourceFile[],
  ): readonly ts.Diagnostic[];
}

export type TypeScript = typeof ts & TypeScriptInternals;

/** A node in which names can be declared, after binding. */
export interface Container {
  readonly locals?: ReadonlyMap<ts.__String, unknown>;
}

interface ResolvedImports {
  readonly resolvedModules?: {
    forEach(visit: (resolution: { readonly resolvedModule?: ts.ResolvedModule }) => void): void;
  };
}

/** The files that a file of a program imports. */
export function importsOf(file: ts.SourceFile): string[] {
  const files: string[] = [];
  (file as ResolvedImports).resolvedModules?.forEach(({ resolvedModule }) => {
    if (resolvedModule) files.push(resolvedModule.resolvedFileName);
  });
  return files;
}

const requireHere = createRequire(import.meta.url);

/** Where tslab's converter lies, and how it sees other packages. */
export const converterPath: string = requireHere.resolve("tslab/dist/converter.js");
export const requireFromTslab: NodeJS.Require = createRequire(converterPath);
export const typescriptPath: string = requireFromTslab.resolve("@tslab/typescript-for-tslab");

export const typescript: TypeScript = requireFromTslab(typescriptPath) as TypeScript;
