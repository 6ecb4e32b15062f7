/** `node:module` for the language: where the compiler is, and how the converter gets it. */

import converter from "tslab-source:converter";
import tspath from "tslab-source:tspath";
import util from "tslab-source:util";
import typescript from "@tslab/typescript-for-tslab";
import path from "./path.ts";
import { process } from "./process.ts";

export { SourceMap } from "./source-map.ts";

export const builtinModules: readonly string[] = [];

/** Where the compiler believes to lie, its declarations beside it. */
export const TYPESCRIPT = "/node_modules/@tslab/typescript-for-tslab/lib/typescript.js";
const CONVERTER = "/node_modules/tslab/dist/converter.js";

const cache: Record<string, { exports: unknown }> = { [TYPESCRIPT]: { exports: typescript } };
const semver = { major: () => 24, gte: () => true };

/** Runs a module of tslab anew. */
function evaluate(source: TslabModule, file: string): unknown {
  const module = { exports: {} };
  source(module.exports, requireOfTslab, module, file, path.dirname(file), process);
  return module.exports;
}

function requireOfTslab(specifier: string): unknown {
  switch (specifier) {
    case "path":
      return path;
    case "semver":
      return semver;
    case "@tslab/typescript-for-tslab":
      return cache[TYPESCRIPT].exports;
    case "./util":
      return evaluate(util, CONVERTER);
    case "./tspath":
      return evaluate(tspath, CONVERTER);
    default:
      throw new Error(`Cannot find ${specifier}`);
  }
}

export function createRequire(): NodeJS.Require {
  const require = (file: string): unknown =>
    file === CONVERTER ? evaluate(converter, CONVERTER) : cache[file].exports;
  const resolve = (specifier: string): string =>
    specifier === "tslab/dist/converter.js" ? CONVERTER : TYPESCRIPT;
  return Object.assign(require, { cache, resolve }) as unknown as NodeJS.Require;
}

/** What a browser makes of code it keeps by itself. */
export const enableCompileCache = (): void => {};
export const flushCompileCache = (): void => {};
