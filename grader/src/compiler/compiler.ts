/** Compiles the cells of notebooks as the kernel does, in a sandbox of its own. */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Compilation } from "@gradbook/kernel/language/protocol";
import { PACKAGE } from "../sandbox/bubblewrap.ts";
import { Sandboxed, SilenceError } from "../sandbox/sandboxed.ts";
import type { CompileAnswer } from "./service.ts";

/** How long one cell may take, in ms, and how long the compiler may take to start. */
const CELL = 20_000;
const START = 60_000;

const LIMITS = { addresses: 12 * 2 ** 30, seconds: 24 * 3600 };

export class Compiler {
  #process: Sandboxed | undefined;
  #isWarm = false;
  #last: Promise<unknown> = Promise.resolve();

  /** A notebook to compile, cell by cell. */
  notebook(): NotebookCompiler {
    return new NotebookCompiler(this);
  }

  /** Starts it now, as it will be needed. */
  warm(): void {
    void this.notebook().compile("", 0);
  }

  /** One question after the other. */
  ask(question: object): Promise<CompileAnswer> {
    const answer = this.#last.then(() => this.#ask(question));
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #ask(question: object): Promise<CompileAnswer> {
    if (!this.#process?.isAlive) {
      this.#process = new Sandboxed(serviceCell(), { answer: 50_000_000, output: 50_000_000 });
      this.#isWarm = false;
    }
    const answer = (await this.#process.ask(question, this.#isWarm ? CELL : START)) as CompileAnswer;
    this.#isWarm = true;
    return answer;
  }

  async close(): Promise<void> {
    await this.#process?.close();
    this.#process = undefined;
  }
}

export class NotebookCompiler {
  readonly #compiler: Compiler;
  readonly #compiled: { source: string; cell: number; lost: readonly string[] }[] = [];
  #key: string | null = null;

  constructor(compiler: Compiler) {
    this.#compiler = compiler;
  }

  /** Compiles the next cell; `lost` are names that may be without a value when it runs. */
  async compile(source: string, cell: number, lost: readonly string[] = []): Promise<Compilation> {
    const next = { source, cell, lost };
    let answer: CompileAnswer;
    try {
      answer = await this.#ask(next);
    } catch (error) {
      if (!(error instanceof SilenceError)) throw error;
      const message = `TypeScript comes to no end with this cell: ${error.message}`;
      return {
        ok: false,
        diagnostics: [{ line: 1, column: 1, endLine: 1, endColumn: 1, message, code: 0, category: "error" }],
      };
    }
    this.#key = answer.key;
    if (answer.compilation?.ok) this.#compiled.push(next);
    return aboutImports(answer.compilation as Compilation); // asked until there is one
  }

  async #ask(next: { source: string; cell: number; lost: readonly string[] }): Promise<CompileAnswer> {
    const answer = await this.#compiler.ask({ after: this.#key, ...next });
    if (answer.compilation) return answer;
    // A compiler that was started again knows nothing of the cells before.
    let key: string | null = null;
    for (const earlier of this.#compiled) key = (await this.#compiler.ask({ after: key, ...earlier })).key;
    this.#key = key;
    return this.#compiler.ask({ after: key, ...next });
  }
}

/** That a module is not found, by an import of names or by one of none. */
const NO_MODULE: ReadonlySet<number> = new Set([2307, 2792, 2882]);

/** Says of an import that finds nothing what can be imported here: no file that lies beside the notebook, no package. */
function aboutImports(compilation: Compilation): Compilation {
  if (compilation.ok) return compilation;
  const diagnostics = compilation.diagnostics.map((diagnostic) => {
    const [, name] = /'([^']+)'/.exec(diagnostic.message) ?? [];
    if (!NO_MODULE.has(diagnostic.code) || name === undefined) return diagnostic;
    return {
      ...diagnostic,
      message:
        `Cannot import ${name}: a graded notebook stands alone, with gradbook and what Node brings; write what it ` +
        "needs into a cell",
    };
  });
  return { ...compilation, diagnostics };
}

function serviceCell(): ConstructorParameters<typeof Sandboxed>[0] {
  const root = join(PACKAGE, "..");
  const packages = dirname(dirname(createRequire(import.meta.url).resolve("tslab/package.json")));
  const own = [
    "dist",
    "package.json",
    "kernel/dist",
    "kernel/package.json",
    "grader/dist",
    "grader/package.json",
  ];
  const files = new Map([packages, ...own.map((name) => join(root, name))].map((path) => [path, path]));
  return {
    args: [
      ...["--no-warnings", "--permission", "--allow-fs-read=*", "--max-old-space-size=1500"],
      // Its garbage is young: with more room for it, a tenth of the time is saved.
      ...["--min-semi-space-size=64", "--max-semi-space-size=64"],
      join(PACKAGE, "dist", "compiler", "service.js"),
    ],
    files,
    limits: LIMITS,
  };
}
