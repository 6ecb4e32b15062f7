/** `node:module` for the session: what cells import. There are no packages in a browser. */
import * as gradbook from "gradbook";
import * as graph from "gradbook/graph";
import * as replay from "gradbook/replay";

export { SourceMap } from "./source-map.ts";

const modules: Readonly<Record<string, unknown>> = {
  gradbook,
  "gradbook/graph": graph,
  "gradbook/replay": replay,
};

export function createRequire(): NodeJS.Require {
  const require = (specifier: string): unknown => {
    if (Object.hasOwn(modules, specifier)) return modules[specifier];
    throw Object.assign(
      new Error(
        `Cannot import ${specifier}: in the browser there are the library and the files beside the notebook, no packages`,
      ),
      { code: "MODULE_NOT_FOUND" },
    );
  };
  return Object.assign(require, { resolve: (specifier: string) => specifier }) as unknown as NodeJS.Require;
}

export const registerHooks = (): void => {};
export const builtinModules: readonly string[] = [];
export const syncBuiltinESMExports = (): void => {};

/** What a browser makes of code it keeps by itself. */
export const enableCompileCache = (): void => {};
export const flushCompileCache = (): void => {};
