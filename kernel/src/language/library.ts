/** The preloaded library: where it is, and what it exports. */

import type ts from "@tslab/typescript-for-tslab";
import { existsSync, fileURLToPath, path, readFileSync } from "./node.ts";
import { slashed } from "./slashes.ts";
import { typescript } from "./typescript.ts";

/** The names that the library exports: values (classes among them), and what is only a type. */
export interface LibraryExports {
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/** The folder of the `gradbook` package that the kernel itself uses. */
export function installedLibrary(): string {
  return path.dirname(fileURLToPath(import.meta.resolve("gradbook/package.json")));
}

/** The declaration file of a package. */
export function typesOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { types?: string };
  const types = path.resolve(folder, manifest.types ?? "index.d.ts");
  if (!existsSync(types)) {
    throw new Error(
      `Cannot preload the library of ${folder}: ${types} does not exist; build the library first`,
    );
  }
  return slashed(types);
}

/** The library as a module of the program; `types` is its declaration file. */
export function libraryModule(program: ts.Program, types: string): ts.Symbol {
  const file = program.getSourceFile(types);
  const module = file && program.getTypeChecker().getSymbolAtLocation(file);
  if (!module)
    throw new Error(`Cannot preload the library: ${types} exports nothing; build the library first`);
  return module;
}

/** What the declaration file `types` of the library exports; it must be part of the program. */
export function libraryExports(program: ts.Program, types: string): LibraryExports {
  const checker = program.getTypeChecker();
  const module = libraryModule(program, types);
  const exported = checker.getExportsOfModule(module).filter(({ name }) => name !== "default");
  const isValue = (symbol: ts.Symbol): boolean => {
    const target = symbol.flags & typescript.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return (target.flags & typescript.SymbolFlags.Value) !== 0;
  };
  return {
    values: exported.filter(isValue).map(({ name }) => name),
    types: exported.filter((symbol) => !isValue(symbol)).map(({ name }) => name),
  };
}
