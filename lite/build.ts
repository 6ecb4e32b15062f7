/** Bundles the kernel for the browser: the page's part, the two workers, and the files that the compiler reads. */
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Plugin, rolldown } from "rolldown";

const lite = import.meta.dirname;
const root = join(lite, "..");
const lib = join(lite, "lib");
const node = (name: string): string => join(lite, "src", "node", `${name}.ts`);

/** What stands for Node's modules; those of the language and of the session differ in where modules come from. */
function nodeModules(side: "language" | "session" | "page"): Plugin {
  const stands: Readonly<Record<string, string>> = {
    async_hooks: "async_hooks",
    crypto: "crypto",
    fs: "fs",
    module: `module-of-${side}`,
    os: "os",
    path: "path",
    string_decoder: "string_decoder",
    timers: "timers",
    "timers/promises": "timers-promises",
    url: "url",
    util: "util",
    vm: "vm",
    worker_threads: "worker_threads",
  };
  return {
    name: "node-modules",
    resolveId(specifier) {
      if (!specifier.startsWith("node:")) return undefined;
      const name = specifier.slice("node:".length);
      return name in stands ? node(stands[name]) : `\0absent:${name}`;
    },
    load(id) {
      return id.startsWith("\0absent:") ? "export default {};" : undefined;
    },
  };
}

/** Modules of tslab as functions, and TypeScript as one module for all. */
const tslab: Plugin = {
  name: "tslab",
  resolveId(specifier) {
    // Only a script may have a variable called await, as tslab has.
    return specifier.startsWith("tslab-source:") ? `\0${specifier}.cjs` : undefined;
  },
  load(id) {
    const name = /^\0tslab-source:(\w+)\.cjs$/.exec(id)?.[1];
    if (name === undefined) return undefined;
    const source = readFileSync(join(root, "node_modules", "tslab", "dist", `${name}.js`), "utf8");
    return `module.exports = function (exports, require, module, __filename, __dirname, process) {${source}\n}`;
  },
};

/** The names of packages that the kernel's page has from JupyterLab. */
const SHARED = /^@(jupyterlab|jupyterlite|lumino)\//;

/** Bundles one of the files of `lite/src`, for the page or for one of the workers. */
export async function bundle(
  entry: string,
  side: "language" | "session" | "page",
  folder: string = lib,
): Promise<void> {
  const bundle = await rolldown({
    input: join(lite, "src", entry),
    platform: "browser",
    plugins: [nodeModules(side), tslab],
    external: side === "page" ? SHARED : [],
    resolve: {
      alias: {
        "gradbook/session": join(root, "dist", "session.js"),
        "gradbook/graph": join(root, "dist", "picture", "index.js"),
        "gradbook/replay": join(root, "dist", "replay.js"),
        gradbook: join(root, "dist", "index.js"),
      },
    },
    transform: {
      // Where code lies by itself: in no file that anybody would look for.
      define: { "import.meta.url": '"file:///kernel/kernel.js"', "import.meta.resolve": "String" },
    },
    logLevel: "warn",
  });
  await bundle.write({
    file: join(folder, basename(entry).replace(/\.ts$/, ".js")),
    // Workers are scripts, not modules: only a script can load others whose variables all later ones see.
    format: side === "page" ? "esm" : "iife",
    minify: true,
    codeSplitting: false,
  });
  await bundle.close();
}

/** Makes `lite/lib`. */
export async function bundleLite(): Promise<void> {
  rmSync(lib, { recursive: true, force: true });
  mkdirSync(lib, { recursive: true });
  await Promise.all([
    bundle("index.ts", "page"),
    bundle("session-worker.ts", "session"),
    bundle("language-worker.ts", "language"),
  ]);
  writeFileSync(join(lib, "files.json"), JSON.stringify(compilerFiles()));
  copyFileSync(join(root, "kernel", "assets", "logo-svg.svg"), join(lib, "logo.svg"));
}

/** What the compiler reads: ECMAScript's declarations, and those of the library. */
function compilerFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  const folder = join(root, "node_modules", "@tslab", "typescript-for-tslab", "lib");
  const visit = (name: string): void => {
    const file = `lib.${name.toLowerCase()}.d.ts`;
    const path = `/node_modules/@tslab/typescript-for-tslab/lib/${file}`;
    if (path in files) return;
    files[path] = readFileSync(join(folder, file), "utf8");
    for (const [, next] of files[path].matchAll(/<reference lib="([^"]+)"/g)) visit(next);
  };
  for (const name of ["es2023", "decorators"]) visit(name);
  for (const name of globSync("dist/**/*.d.ts", { cwd: root })) {
    files[`/node_modules/gradbook/${name.replaceAll("\\", "/")}`] = readFileSync(join(root, name), "utf8");
  }
  files["/node_modules/gradbook/package.json"] = readFileSync(join(root, "package.json"), "utf8");
  return files;
}

if (import.meta.main) await bundleLite();
