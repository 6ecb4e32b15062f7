/**
 * TypeScript as the converter sees it: our options and files, what is checked, and what is written.
 *
 * The converter looks everything up on the TypeScript module object; `replaced` holds the functions of that
 * object that are ours.
 */

import type ts from "typescript";
import { advised, fixesOf } from "./beginners/advise.ts";
import { LIBRARIES } from "./ecmascript.ts";
import { createFileSystem, isOwnSource } from "./file-system.ts";
import type { ConverterTypeScript } from "./fork.ts";
import { fewTypes, tslabTypes, typesBesideNode } from "./globals.ts";
import { nodeTypes } from "./node-types.ts";
import type { LocalModule } from "./protocol.ts";
import { MODULE } from "./reading.ts";
import { createResolver } from "./resolver.ts";
import type { SettledFile } from "./settled-declarations.ts";
import { inFolder } from "./slashes.ts";
import { type Container, importsOf, typescript } from "./typescript.ts";
import { widenCell } from "./wide-types.ts";
import type { Widening } from "./widening.ts";

export interface CellCompiler {
  readonly replaced: Partial<ConverterTypeScript>;
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
  /** Has these declarations of earlier cells in the programs that follow, besides those that the converter writes. */
  settle(files: readonly SettledFile[]): void;
  /** Has all of Node's types in the programs that follow; answers whether they are new. */
  learnNode(): boolean;
}

/** An untyped package is `any`; a local file may lie outside the folder in which the converter writes. */
const IGNORED: ReadonlySet<number> = new Set([7016, 6059]);

/** What is `any` because nobody has said more, as everything in pasted JavaScript is. */
const UNTYPED: ReadonlySet<number> = new Set([
  7005, 7006, 7008, 7010, 7011, 7015, 7017, 7018, 7019, 7023, 7024, 7026, 7031, 7034, 7053,
]);

const NOTHING: ts.EmitResult = { emitSkipped: false, diagnostics: [] };

/** Writes also what has problems; no published type knows of the last argument. */
type ForcedEmit = (...args: [...Parameters<ts.Program["emit"]>, force: boolean]) => ts.EmitResult;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** At the beginning of a cell or a file, among other comments. */
const UNCHECKED = /^(?:\s|\/\/.*\n|\/\*[\s\S]*?\*\/)*?\/\/\s*@ts-nocheck\b/;

/** A compiler for cells in `folder`, with the library's types at `libraryTypes`. */
export function createCellCompiler(folder: string, libraryTypes: string, commonJs: boolean): CellCompiler {
  const few = inFolder(folder, "__globals__.d.ts");
  const tslab = inFolder(folder, "__tslab_types__.d.ts");
  const besideNode = inFolder(folder, "__beside_node__.d.ts");
  const cellFile = inFolder(folder, "__tslab__.ts");
  // The converter's name for the file of declarations that it writes.
  const recent = inFolder(folder, "__prev__.d.ts");
  const virtual = new Map([
    [few, fewTypes],
    [besideNode, typesBesideNode],
    [tslab, tslabTypes],
  ]);
  const { system, noticeChanges } = createFileSystem(folder, virtual);
  const isStrict = wantsStrict(folder);
  let program: ts.Program;
  let diagnostics: readonly ts.Diagnostic[] = [];
  let javascript = "";
  const taken = new WeakSet<ts.SourceFile>();
  let widened: Widening["inCell"] | undefined;
  let knowsNode = false;
  let ofNode: string | undefined;
  let forgetResolutions = (): void => {};
  const settledAt = new Map<SettledFile, string>();
  let settledFiles = 0;
  let settled: { readonly files: readonly ts.SourceFile[]; readonly scope?: ts.SourceFile } = { files: [] };

  const createWatchCompilerHost = (roots: string[], options: ts.CompilerOptions, files: ts.System) => {
    const ours = { ...options, ...cellOptions({ gradbook: [libraryTypes], tslab: [tslab] }) };
    const host = typescript.createWatchCompilerHost(
      [...roots, few, libraryTypes],
      ours,
      files,
      createProgram,
      undefined,
      () => {},
    );
    // The notebook's own imports are looked up anew for every cell, so that a file that was missing is found
    // once it is there. The compiler's own way also binds the cell too early (see converter.ts).
    host.hasInvalidatedResolutions = isOwnSource;
    const { resolve, forget, packages } = createResolver(folder, ours, files);
    forgetResolutions = forget;
    // Else the compiler reads the manifest of a package once for each file of it, for every cell.
    host.getModuleResolutionCache = () => packages;
    host.resolveModuleNameLiterals = (names, importer, reference) =>
      names.map(({ text }) => resolve(text, importer, reference));
    return host;
  };

  // Not a builder that keeps track of changes: for two files it costs more than it saves.
  function createProgram(...args: Parameters<typeof typescript.createAbstractBuilder>): ts.BuilderProgram {
    const [roots = [], ...rest] = args as unknown as [(readonly string[])?, ...unknown[]];
    const files = roots.flatMap((file) =>
      knowsNode && file === few ? [besideNode, ofNode as string] : [file],
    );
    const builder = typescript.createAbstractBuilder(
      ...([[...files, ...settledAt.values()], ...rest] as unknown as Parameters<
        typeof typescript.createAbstractBuilder
      >),
    );
    program = builder.getProgram();
    showSettled();
    if (widened) widenCell(program.getSourceFile(cellFile) as ts.SourceFile, widened);
    else program.getTypeChecker(); // binding gives nodes the parents that completion walks up
    // The converter does not hear of local files: it refuses those that lie outside the notebook's folder.
    builder.emit = (file, ...rest) => (file?.fileName === cellFile ? emitCell(file, ...rest) : NOTHING);
    builder.getAllDependencies = (file) => filesFrom(builder.getProgram(), file);
    return builder;
  }

  /** A cell looks names up in its file and then in that of the recent declarations; the settled ones are seen from there. */
  function showSettled(): void {
    const visible = program.getSourceFile(recent) as Writable<ts.SourceFile>;
    const files = [...settledAt.values()].map(
      (path) => program.getSourceFile(path) as Writable<ts.SourceFile>,
    );
    if (files.length !== settled.files.length || files.some((file, i) => file !== settled.files[i]))
      settled = { files, scope: scopeOf(files, program.getCompilerOptions()) };
    for (const file of files) file.parent = visible;
    if (settled.scope) visible.parent = settled.scope;
  }

  // The converter's own transformers would send names through `exports`, and miss `{ x }`. Its declaration
  // transformer stays. Declarations are written even when some type in them has no name (TS4094).
  const emitCell: ts.Program["emit"] = (file, write, token, onlyTypes, transformers) => {
    const emitForced = program.emit as ForcedEmit;
    const receive: ts.WriteFileCallback = (name, text, ...rest) => {
      if (name.endsWith(".js")) javascript = text;
      write?.(name, text, ...rest);
    };
    const { afterDeclarations = [] } = transformers ?? {};
    return emitForced(file, receive, token, onlyTypes, { afterDeclarations }, true);
  };

  function emitLocalFile(file: ts.SourceFile): LocalModule {
    if (commonJs) {
      const compilerOptions = { ...program.getCompilerOptions(), module: typescript.ModuleKind.CommonJS };
      const { outputText } = typescript.transpileModule(file.text, {
        fileName: file.fileName,
        compilerOptions,
      });
      return { path: file.fileName, code: outputText };
    }
    let javascript = "";
    const receive: ts.WriteFileCallback = (name, code) => {
      if (/\.[cm]?jsx?$/.test(name)) javascript = code;
    };
    (program.emit as ForcedEmit)(file, receive, undefined, false, undefined, true);
    return { path: file.fileName, code: javascript };
  }

  return {
    cellFile,
    noticeChanges() {
      forgetResolutions();
      noticeChanges();
    },
    settle(files) {
      for (const [file, path] of settledAt) {
        if (files.includes(file)) continue;
        settledAt.delete(file);
        virtual.delete(path);
      }
      for (const file of files) {
        if (settledAt.has(file)) continue;
        const path = inFolder(folder, `__settled_${++settledFiles}__.d.ts`);
        settledAt.set(file, path);
        virtual.set(path, `${MODULE}${file.text}`);
      }
    },
    learnNode() {
      if (knowsNode) return false;
      ofNode = nodeTypes(folder);
      knowsNode = ofNode !== undefined;
      return knowsNode;
    },
    replaced: {
      sys: system,
      createWatchCompilerHost: createWatchCompilerHost as typeof typescript.createWatchCompilerHost,
      getPreEmitDiagnosticsOfFiles(current, files) {
        diagnostics = files.flatMap((file) => problemsOf(current, file, isStrict));
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
        .flatMap((name) => problemsOf(program, program.getSourceFile(name) as ts.SourceFile, isStrict)),
    javascript: () => javascript,
    takeModules: () =>
      filesFrom(program, program.getSourceFile(cellFile))
        .filter((name) => name !== cellFile && isOwnSource(name) && !name.endsWith(".json"))
        .map((name) => program.getSourceFile(name) as ts.SourceFile)
        .filter((file) => !taken.has(file) && taken.add(file))
        .map(emitLocalFile),
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

/** What the compiler takes for a block around a file, in which the names of all these files are declared. */
function scopeOf(files: readonly ts.SourceFile[], options: ts.CompilerOptions): ts.SourceFile {
  const locals = new Map<ts.__String, unknown>();
  for (const file of files) {
    typescript.bindSourceFile(file, options);
    for (const [name, symbol] of (file as Container).locals ?? []) locals.set(name, symbol);
  }
  // A file has no parent by its type; for what is looked up by name, any node with names will do.
  return Object.assign(typescript.factory.createBlock([]), { locals }) as ts.Node as ts.SourceFile;
}

/** Whether the notebook's folder asks, by a `tsconfig.json` of its own, that every type be known. */
function wantsStrict(folder: string): boolean {
  const file = typescript.findConfigFile(folder, typescript.sys.fileExists);
  const { compilerOptions = {} } =
    (file && typescript.readConfigFile(file, typescript.sys.readFile).config) || {};
  return compilerOptions.noImplicitAny ?? compilerOptions.strict ?? false;
}

function cellOptions(paths: Readonly<Record<string, string[]>>): ts.CompilerOptions {
  return {
    strict: true,
    // What a student catches is an error with a message.
    useUnknownInCatchVariables: false,
    target: typescript.ScriptTarget.ES2024,
    lib: LIBRARIES.map((name) => `lib.${name}.d.ts`),
    experimentalDecorators: false,
    inlineSourceMap: true,
    types: [],
    typeRoots: [],
    allowImportingTsExtensions: true,
    paths,
  };
}

// Problems of meaning say little while the syntax is broken. That a type has no name with which it could be
// written into a declaration file (TS4094) is no concern of a cell, so declaration problems are left out.
function problemsOf(program: ts.Program, file: ts.SourceFile, isStrict: boolean): readonly ts.Diagnostic[] {
  const syntax = program.getSyntacticDiagnostics(file);
  if (syntax.length > 0) return syntax.slice(0, 1);
  if (UNCHECKED.test(file.text.replace(MODULE, ""))) return [];
  const found = program.getSemanticDiagnostics(file).filter(({ code }) => !IGNORED.has(code));
  // What we have a way out for is told, as X[0] of a tensor.
  return advised(program, file, found).filter(
    (diagnostic) => isStrict || !UNTYPED.has(diagnostic.code) || fixesOf(diagnostic).length > 0,
  );
}

/** A file and the files that it imports, directly or not. */
function filesFrom(program: ts.Program, file: ts.SourceFile | undefined): string[] {
  const found = new Set<string>();
  const visit = (source: ts.SourceFile | undefined): void => {
    if (!source || found.has(source.fileName)) return;
    found.add(source.fileName);
    for (const imported of importsOf(program, source)) visit(program.getSourceFile(imported));
  };
  visit(file);
  return [...found];
}
