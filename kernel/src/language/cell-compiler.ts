/**
 * TypeScript as the converter sees it: our options and files, what is checked, and what is written.
 *
 * The converter looks everything up on the TypeScript module object; `replaced` holds the functions of that
 * object that are ours.
 */

import type ts from "@tslab/typescript-for-tslab";
import { advised } from "./beginners/advise.ts";
import { createFileSystem, isOwnSource } from "./file-system.ts";
import { globalTypes } from "./globals.ts";
import type { LocalModule } from "./protocol.ts";
import { inFolder } from "./slashes.ts";
import { importsOf, type TypeScript, typescript } from "./typescript.ts";
import { widenCell } from "./wide-types.ts";
import type { Widening } from "./widening.ts";

export interface CellCompiler {
  readonly replaced: Partial<TypeScript>;
  /** The file name that the converter gives to the cell. */
  readonly cellFile: string;
  /** The program that the converter made last. */
  program(): ts.Program;
  /** Problems of the cell converted last, and of the local files that it imports. */
  diagnostics(): readonly ts.Diagnostic[];
  /** The same for the cell read last, for whatever purpose. */
  check(): readonly ts.Diagnostic[];
  /** The JavaScript written last for a cell: an ES module with an inline source map. */
  javascript(): string;
  /** The local files compiled since the last call. */
  takeModules(): readonly LocalModule[];
  /**
   * Runs `work`, during which a new program is not bound before it is checked (see converter.ts), and variables of
   * the cell have the types that `widened` gives them.
   */
  unbound<T>(widened: Widening["inCell"], work: () => T): T;
  /** Notices files that have changed on disk. */
  noticeChanges(): void;
}

/** An untyped package is `any`; a local file may lie outside the folder in which the converter writes. */
const IGNORED: ReadonlySet<number> = new Set([7016, 6059]);

/** Reads the `exports` of a package, which the converter's own way of looking modules up does not know. */
const PACKAGES: ts.CompilerOptions = {
  moduleResolution: typescript.ModuleResolutionKind.Bundler,
  customConditions: ["node", "require"],
};

/** A compiler for cells in `folder`, with the library's types at `libraryTypes`. */
export function createCellCompiler(folder: string, libraryTypes: string): CellCompiler {
  const globals = inFolder(folder, "__globals__.d.ts");
  const cellFile = inFolder(folder, "__tslab__.ts");
  const { system, noticeChanges } = createFileSystem(folder, new Map([[globals, globalTypes]]));
  let program: ts.Program;
  let diagnostics: readonly ts.Diagnostic[] = [];
  let javascript = "";
  let modules: LocalModule[] = [];
  let widened: Widening["inCell"] | undefined;

  const createWatchCompilerHost = (roots: string[], options: ts.CompilerOptions, files: ts.System) => {
    const ours = { ...options, ...cellOptions(libraryTypes) };
    const host = typescript.createWatchCompilerHost(
      [...roots, globals, libraryTypes],
      ours,
      files,
      createProgram,
      undefined,
      () => {},
    );
    // The notebook's own imports are looked up anew for every cell, so that a file that was missing is found
    // once it is there. The compiler's own way also binds the cell too early (see converter.ts).
    host.hasInvalidatedResolutions = isOwnSource;
    host.resolveModuleNameLiterals = (names, importer, reference, current) =>
      names.map(({ text }) => {
        const look = (how: ts.CompilerOptions): ts.ResolvedModuleWithFailedLookupLocations =>
          typescript.resolveModuleName(text, importer, { ...current, ...how }, files, undefined, reference);
        const found = look(PACKAGES);
        return found.resolvedModule ? found : look({});
      });
    return host;
  };

  // Not a builder that keeps track of changes: for two files it costs more than it saves.
  function createProgram(...args: Parameters<typeof typescript.createAbstractBuilder>): ts.BuilderProgram {
    const builder = typescript.createAbstractBuilder(...args);
    program = builder.getProgram();
    if (widened) widenCell(program.getSourceFile(cellFile) as ts.SourceFile, widened);
    else program.getTypeChecker(); // binding gives nodes the parents that completion walks up
    builder.emit = (file, ...rest) =>
      file && file.fileName !== cellFile ? emitLocalFile(file) : emitCell(file, ...rest);
    builder.getAllDependencies = (file) => filesFrom(builder.getProgram(), file);
    return builder;
  }

  // The converter's own transformers would send names through `exports`, and miss `{ x }`. Its declaration
  // transformer stays. Declarations are written even when some type in them has no name (TS4094).
  const emitCell: ts.Program["emit"] = (file, write, token, onlyTypes, transformers) => {
    const emitForced = program.emit as (
      ...args: [...Parameters<ts.Program["emit"]>, force: boolean]
    ) => ts.EmitResult;
    const receive: ts.WriteFileCallback = (name, text, ...rest) => {
      if (name.endsWith(".js")) javascript = text;
      write?.(name, text, ...rest);
    };
    const { afterDeclarations = [] } = transformers ?? {};
    return emitForced(file, receive, token, onlyTypes, { afterDeclarations }, true);
  };

  // A local file becomes CommonJS in one step, so that its source map leads to what a person wrote. The
  // converter does not hear of it: it refuses files that lie outside the notebook's folder.
  const emitLocalFile = (file: ts.SourceFile): ts.EmitResult => {
    const { outputText } = typescript.transpileModule(file.text, {
      fileName: file.fileName,
      compilerOptions: {
        ...program.getCompilerOptions(),
        module: typescript.ModuleKind.CommonJS,
      },
    });
    modules.push({ path: file.fileName.replace(/\.([cm]?)[jt]sx?$/, ".$1js"), code: outputText });
    return { emitSkipped: false, diagnostics: [] };
  };

  return {
    cellFile,
    noticeChanges,
    replaced: {
      sys: system,
      createWatchCompilerHost: createWatchCompilerHost as typeof typescript.createWatchCompilerHost,
      getPreEmitDiagnosticsOfFiles(current, files) {
        diagnostics = files.flatMap((file) => problemsOf(current, file));
        return diagnostics;
      },
      // The converter would make a CommonJS module of what it was given; that is already in its final form.
      transpileModule: (outputText) => ({ outputText }),
    },
    program: () => program,
    diagnostics: () => diagnostics,
    check: () =>
      filesFrom(program, program.getSourceFile(cellFile))
        .filter((name) => !name.endsWith(".d.ts"))
        .flatMap((name) => problemsOf(program, program.getSourceFile(name) as ts.SourceFile)),
    javascript: () => javascript,
    takeModules() {
      const taken = modules;
      modules = [];
      return taken;
    },
    unbound(variables, work) {
      widened = variables;
      try {
        return work();
      } finally {
        widened = undefined;
      }
    },
  };
}

function cellOptions(libraryTypes: string): ts.CompilerOptions {
  return {
    strict: true,
    // What a student catches is an error with a message.
    useUnknownInCatchVariables: false,
    // `strict` emits "use strict" by itself and does not allow this option of the converter beside it.
    noImplicitUseStrict: false,
    lib: ["lib.es2023.d.ts"],
    // The fork can forbid top-level await; allowed, it is also checked, and `for await` with it.
    disableTopLevelAwait: false,
    inlineSourceMap: true,
    types: [],
    typeRoots: [],
    allowImportingTsExtensions: true,
    paths: { gradbook: [libraryTypes] },
  };
}

// Problems of meaning say little while the syntax is broken. That a type has no name with which it could be
// written into a declaration file (TS4094) is no concern of a cell, so declaration problems are left out.
function problemsOf(program: ts.Program, file: ts.SourceFile): readonly ts.Diagnostic[] {
  const syntax = program.getSyntacticDiagnostics(file);
  if (syntax.length > 0) return syntax.slice(0, 1);
  const found = program.getSemanticDiagnostics(file).filter(({ code }) => !IGNORED.has(code));
  return advised(program, file, found);
}

/** A file and the files that it imports, directly or not. */
function filesFrom(program: ts.Program, file: ts.SourceFile | undefined): string[] {
  const found = new Set<string>();
  const visit = (source: ts.SourceFile | undefined): void => {
    if (!source || found.has(source.fileName)) return;
    found.add(source.fileName);
    for (const imported of importsOf(source)) visit(program.getSourceFile(imported));
  };
  visit(file);
  return [...found];
}
