/** `node:fs`, as far as the kernel reads files. */
import { changeOf, textOf } from "./files.ts";

export function readFileSync(path: string): string {
  const text = textOf(path);
  if (text === undefined)
    throw Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: "ENOENT" });
  return text;
}

export const existsSync = (path: string): boolean => textOf(path) !== undefined;
export const realpathSync = (path: string): string => path;

export function statSync(path: string): { readonly mtimeMs: number } | undefined {
  const mtimeMs = changeOf(path);
  return mtimeMs === undefined ? undefined : { mtimeMs };
}

/** What is for the log of Jupyter goes to the console of the browser. */
export const writeSync = (_descriptor: number, text: string): void => self.postMessage({ type: "log", text });

export default { readFileSync, existsSync, realpathSync, statSync, writeSync };
