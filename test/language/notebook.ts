/** A notebook without Jupyter: compiles cells with one engine and runs them on one scope. */

import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { createLanguage } from "../../kernel/src/language/engine.ts";
import type { CompiledCell, Diagnostic, Language } from "../../kernel/src/language/protocol.ts";
import { createScope, type Scope } from "../../kernel/src/language/scope.ts";
import { typescript } from "../../kernel/src/language/typescript.ts";
import * as library from "./fixtures/library/index.js";

const here = path.dirname(fileURLToPath(import.meta.url));

/** The small library of these tests, in the shape of gradbook. */
export const fixtureLibrary: string = path.join(here, "fixtures/library");

export interface Notebook {
  readonly language: Language;
  readonly scope: Scope;
  /** The compiled cell; throws when it does not type-check. */
  compile(source: string): Promise<CompiledCell>;
  /** Runs a cell and gives the value of its last expression. */
  run(source: string): Promise<unknown>;
  /** The messages of a cell that must not compile. */
  refuse(source: string): Promise<readonly Diagnostic[]>;
}

export function openNotebook(folder: string = here): Notebook {
  const language = createLanguage({ folder, library: fixtureLibrary });
  const scope = createScope();
  for (const [name, value] of Object.entries(library)) scope.set(name, value);
  const modules = new Map<string, string>();
  let cells = 0;

  const compile = async (source: string): Promise<CompiledCell> => {
    const compilation = await language.compile(source, ++cells);
    if (compilation.ok) return compilation.cell;
    throw new Error(
      `Cannot compile ${source}: ${compilation.diagnostics.map(({ message }) => message).join("; ")}`,
    );
  };

  const requireFrom = createRequire(path.join(folder, "cell.js"));
  const requireLocal = (specifier: string): unknown => {
    if (specifier === "gradbook") return library;
    const code = modules.get(path.join(folder, `${specifier.replace(/\.[jt]s$/, "")}.ts`));
    if (code === undefined) return requireFrom(specifier);
    const { outputText } = typescript.transpileModule(code, {
      compilerOptions: { module: typescript.ModuleKind.CommonJS, target: typescript.ScriptTarget.ES2024 },
    });
    const exports = {};
    vm.compileFunction(outputText, ["exports", "require"])(exports, requireLocal);
    return exports;
  };

  return {
    language,
    scope,
    compile,
    async run(source) {
      const cell = await compile(source);
      for (const { path: file, code } of cell.modules) modules.set(file, code);
      await vm.runInThisContext(cell.code, { filename: `cell:${cells}` })(scope, requireLocal);
      return cell.lastExpression === undefined ? undefined : scope.get(cell.lastExpression);
    },
    async refuse(source) {
      const compilation = await language.compile(source, ++cells);
      if (compilation.ok) throw new Error(`Compiled, and should not have: ${source}`);
      return compilation.diagnostics;
    },
  };
}
