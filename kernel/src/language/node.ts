/** All that the language asks of Node: in a browser other modules stand behind these names (`lite/src/node/`). */

export { existsSync, readFileSync, statSync, writeSync } from "node:fs";
export {
  builtinModules,
  createRequire,
  enableCompileCache,
  flushCompileCache,
  SourceMap,
  type SourceMapPayload,
} from "node:module";
export { homedir } from "node:os";
export { default as path } from "node:path";
export { fileURLToPath } from "node:url";
export { default as vm } from "node:vm";
export { type MessagePort, Worker, workerData } from "node:worker_threads";
