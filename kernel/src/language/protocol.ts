/** What the TypeScript engine answers: the types shared by the engine, its worker and its clients. */

/** A value that a cell declares at its top level. Types and interfaces are not listed: they have no value. */
export interface Declared {
  readonly name: string;
  readonly kind: "const" | "let" | "var" | "function" | "class" | "enum" | "namespace" | "import";
}

/** A local TypeScript or JavaScript file that a cell imports, as an ES module with an inline source map. */
export interface LocalModule {
  /** The absolute path of the file itself. */
  readonly path: string;
  readonly code: string;
}

/** A version 3 source map, as `module.SourceMap` of Node reads it. */
export interface RawSourceMap {
  readonly version: 3;
  readonly file: string;
  readonly sources: readonly string[];
  readonly sourcesContent: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/** A cell that type-checks, ready to run. */
export interface CompiledCell {
  /**
   * A script whose value is a function of a scope and a `require`. Run it in the main context:
   * `vm.runInThisContext(code, { filename })(scope, require, { steps: 0 })`; with a top-level await it gives a promise.
   * The last argument, which may be missing, counts the steps that are done.
   * All cells of a session meet on the one scope made by `createScope` (scope.ts).
   */
  readonly code: string;
  /** From positions in `code` to positions in the cell's TypeScript; lines and columns count from 0. */
  readonly sourceMap: RawSourceMap;
  /** In order of appearance. */
  readonly declared: readonly Declared[];
  /** The names that have their values when so many steps are done: with the first one, with the second … */
  readonly steps: readonly (readonly string[])[];
  /** The name under which `scope.get` has the value of the cell's last expression once the cell has run. */
  readonly lastExpression: string | undefined;
  readonly hasTopLevelAwait: boolean;
  /** Preloaded names that this cell declares anew. */
  readonly shadowed: readonly string[];
  /** Local files to answer from `require`, by their absolute paths; each is sent when it is new or changed. */
  readonly modules: readonly LocalModule[];
}

/** One problem, in the cell's own lines. Lines and columns count from 1, columns in UTF-16 units. */
export interface Diagnostic {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** A sentence, or several lines where TypeScript explains at length. */
  readonly message: string;
  /** TypeScript's number, such as 2322. */
  readonly code: number;
  readonly category: "error" | "warning";
  /** The local file that holds the problem, relative to the notebook's folder, when it is not the cell. */
  readonly file?: string;
  /** Ways out that an editor can take, the likeliest first. */
  readonly fixes?: readonly DiagnosticFix[];
}

/** A way out of a problem: the text of the range is replaced. */
export interface DiagnosticFix {
  readonly title: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

export type Compilation =
  | { readonly ok: true; readonly cell: CompiledCell }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** What is wrong with code that has not run. */
export interface Diagnosis {
  readonly diagnostics: readonly Diagnostic[];
  /** Whether newer code came before this was checked, so that nothing is known about it. */
  readonly obsolete?: true;
}

/** One proposal; `type` is one of the words JupyterLab has icons for: function, method, property, class, … */
export interface CompletionMatch {
  readonly text: string;
  readonly type: string;
}

/** Proposals for the text between `start` and `end`, in Unicode code points. */
export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly CompletionMatch[];
}

export interface Inspection {
  readonly found: boolean;
  readonly plain: string;
  readonly markdown: string;
}

/** The signature of the function that is being called. */
export interface Signature {
  /** `matmul(other: Tensor<[3, 1]>): Tensor<[2, 1]>`. */
  readonly label: string;
  readonly parameters: readonly SignatureParameter[];
  /** The index of the parameter at the cursor; behind the last one when there are too many arguments. */
  readonly active: number;
  readonly documentation: string;
}

export interface SignatureParameter {
  /** Where it stands in the label. */
  readonly start: number;
  readonly end: number;
  readonly documentation: string;
}

/** A name of the library in the panel of help. */
export interface CatalogueEntry {
  readonly task: string;
  /** `sum`, or `X.backward` for what a tensor has. */
  readonly name: string;
  /** `sum(x, options?)`. */
  readonly signature: string;
  /** The first paragraph of its documentation. */
  readonly words: string;
  /** Lines that run, with their values as comments; empty where there are none. */
  readonly example: string;
}

export interface Completeness {
  readonly status: "complete" | "incomplete" | "invalid" | "unknown";
  /** The white space the next line starts with, when the code is incomplete. */
  readonly indent?: string;
}

/** The TypeScript of a session. All cursors count Unicode code points, as Jupyter's do. */
export interface Language {
  /** Resolves when the engine can compile, with the preloaded names. */
  ready(): Promise<readonly string[]>;
  /**
   * Compiles cell number `cell`, before which `lost` names have no value (scope.ts), and others are there as `globals`;
   * when it type-checks, its declarations are known to all later calls.
   */
  compile(
    source: string,
    cell: number,
    lost?: readonly string[],
    globals?: readonly string[],
  ): Promise<Compilation>;
  complete(source: string, cursor: number): Promise<Completions>;
  inspect(source: string, cursor: number, detail: 0 | 1): Promise<Inspection>;
  isComplete(source: string): Promise<Completeness>;
  /**
   * Checks a cell that has not run against all that earlier cells declare, and declares nothing. In a worker it
   * gives way to all other calls, and to a newer one of its kind.
   */
  diagnose(source: string): Promise<Diagnosis>;
  /** The code of an expression that a debugger evaluates in a call, whose own variables are `locals`. */
  watch(source: string, locals: readonly string[]): Promise<string>;
  /** The function whose arguments stand at the cursor, which counts UTF-16 units, as editors do; or null. */
  signature(source: string, cursor: number): Promise<Signature | null>;
  /** The names of the library by task. */
  catalogue(): Promise<readonly CatalogueEntry[]>;
}

/** Where an engine works, and what it preloads. */
export interface LanguageOptions {
  /** The notebook's folder: relative imports and `node_modules` are looked up from here. */
  readonly folder: string;
  /** Whether local files become CommonJS, for a session that cannot load ES modules. */
  readonly commonJs?: boolean;
  /** The folder of the package whose exports every cell has; by default the installed `gradbook`. */
  readonly library?: string;
}
