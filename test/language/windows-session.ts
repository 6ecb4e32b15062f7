/**
 * Loads local files as a session on Windows does: in a process of its own, in which the kernel has the paths and URLs of
 * Windows from Node. The argument says where, and what TypeScript made of the files; what a cell finds is printed.
 */
import { registerHooks } from "node:module";

const kernel = new URL("../../kernel/src/", import.meta.url);

/** What stands for modules of Node. */
const windows: Readonly<Record<string, string>> = {
  "node:path": `import path from "node:path";
    export default path.win32;
    export const { dirname, extname, isAbsolute, relative, resolve, sep } = path.win32;`,
  "node:url": `import url from "node:url";
    export const fileURLToPath = (file) => url.fileURLToPath(file, { windows: /^file:\\/\\/\\/[A-Z]:/.test(file) });
    export const pathToFileURL = (path) => url.pathToFileURL(path, { windows: true });`,
  // Node itself does not know such a folder.
  "node:module": `import module from "node:module";
    export * from "node:module";
    export const createRequire = () => module.createRequire("/cell.js");`,
};

registerHooks({
  resolve(specifier, context, next) {
    const code = context.parentURL?.startsWith(kernel.href) ? windows[specifier] : undefined;
    if (code === undefined) return next(specifier, context);
    return { url: `data:text/javascript,${encodeURIComponent(code)}`, shortCircuit: true };
  },
});

const { Modules } = await import("../../kernel/src/session/modules.ts");
const { Sources } = await import("../../kernel/src/session/sources.ts");
const { Stacks } = await import("../../kernel/src/session/stack.ts");

const { folder, modules, statements } = JSON.parse(process.argv[2]);
process.cwd = () => folder;
const loader = new Modules(folder);
const sources = new Sources();
const stacks = new Stacks(sources, ["C:\\Program Files\\gradbook"]);
stacks.install();
loader.update(modules);
for (const file of modules) sources.addFile(file);

const found = [];
for (const [specifier, name] of statements) {
  const loaded = (await loader.require.import?.(specifier)) as Record<string, unknown>;
  const value = loaded[name];
  try {
    found.push(typeof value === "function" ? value() : value);
  } catch (error) {
    const [{ label, line }] = stacks.frames(error);
    found.push(`${label}:${line}`);
  }
}
console.log(JSON.stringify(found));
