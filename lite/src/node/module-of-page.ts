/** `node:module` for the page, where the kernel only asks for its version. */
import manifest from "../../package.json" with { type: "json" };

export { SourceMap } from "./source-map.ts";

export const builtinModules: readonly string[] = [];
export const createRequire = (): NodeJS.Require => (() => manifest) as unknown as NodeJS.Require;
export const enableCompileCache = (): void => {};
export const flushCompileCache = (): void => {};
