/**
 * The modules of cells: the library they share, local files as TypeScript compiled them, packages.
 *
 * Local files are ES modules. Node keeps those for good, by their URLs, so each time one of them has changed they get new
 * URLs: the next cell that imports one has them all anew, as the one that has changed may be anywhere among them.
 */

import { readFileSync, statSync } from "node:fs";
import {
  createRequire,
  type ResolveFnOutput,
  type ResolveHookContext,
  type ResolveHookSync,
  registerHooks,
  stripTypeScriptTypes,
} from "node:module";
import { dirname, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { LocalModule } from "../language/protocol.ts";
import type { Require } from "../language/scope.ts";
import { inFolder, pathOf, slashed } from "../language/slashes.ts";

/** The part of a URL that tells a local file of this session, and which time it is read. */
const TIME = "gradbook";
/** What a specifier begins with that is to be looked up from the notebook's folder. */
const FROM_CELL = "gradbook-cell:";

/** What stands for the package of the kernel whose notebooks run here, too. */
const TSLAB: string = import.meta.url.replace(/modules(\.[jt]s)$/, "tslab$1");

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];
/** What TypeScript lets people write for a file that is not there before it is compiled. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/** Names that an ES module does not have, and what stands for them. */
const COMMONJS: readonly (readonly [name: string, value: string])[] = [
  ["__filename", "import.meta.filename"],
  ["__dirname", "import.meta.dirname"],
  ["require", 'process.getBuiltinModule("module").createRequire(import.meta.url)'],
];

export class Modules {
  readonly #cell: string;
  /** The code that TypeScript made of local files, by their paths. */
  readonly #compiled = new Map<string, string>();
  /** When each local file that was read had been changed. */
  readonly #read = new Map<string, number>();
  #time = 0;
  /** Looks up packages and files from the notebook's folder. */
  readonly require: Require;

  constructor(folder: string) {
    const cell = resolve(folder, "cell.js");
    this.#cell = pathToFileURL(cell).href;
    this.require = Object.assign(createRequire(cell), {
      import: (specifier: string): Promise<unknown> => import(FROM_CELL + specifier),
    });
    registerHooks({
      resolve: (specifier, context, next) => this.#resolve(specifier, context, next),
      load: (url, context, next) => {
        const path = localPath(url);
        return path === undefined ? next(url, context) : this.#load(path, context.importAttributes?.type);
      },
    });
  }

  /** Takes in local files that are new or changed, and notices those that TypeScript does not know of. */
  update(modules: readonly LocalModule[]): void {
    for (const { path, code } of modules) this.#compiled.set(path, code);
    const changed = [...this.#read].filter(([path, time]) => changedAt(path) !== time);
    if (modules.length === 0 && changed.length === 0) return;
    this.#time += 1;
    for (const path of this.#read.keys()) delete this.require.cache[resolve(path)];
    this.#read.clear();
  }

  #resolve(
    specifier: string,
    context: ResolveHookContext,
    next: Parameters<ResolveHookSync>[2],
  ): ResolveFnOutput {
    if (specifier.startsWith(FROM_CELL)) {
      const from = { ...context, parentURL: this.#cell };
      return this.#resolve(specifier.slice(FROM_CELL.length), from, next);
    }
    if (isLibrary(specifier) && context.parentURL !== import.meta.url) {
      return { url: import.meta.resolve(specifier), shortCircuit: true };
    }
    if (specifier === "tslab" && context.parentURL === this.#cell) {
      return { url: TSLAB, shortCircuit: true };
    }
    const parent = context.parentURL === this.#cell ? pathOf(this.#cell) : localPath(context.parentURL);
    const isFile = /^(?:\.{0,2}\/|file:)/.test(specifier) || /^\.{1,2}$/.test(specifier);
    if (parent === undefined || !isFile) return next(specifier, context);
    const asked = specifier.startsWith("file:")
      ? pathOf(specifier)
      : slashed(resolve(dirname(parent), specifier));
    const path = this.#find(asked);
    if (path === undefined || path.includes("/node_modules/")) return next(specifier, context);
    this.#read.set(path, changedAt(path));
    const url = `${pathToFileURL(path).href}?${TIME}=${this.#time}`;
    return { url, format: "module", shortCircuit: true };
  }

  /** The local file that a path without or with an extension names. */
  #find(path: string): string | undefined {
    const extension = extname(path);
    const stem = path.slice(0, path.length - extension.length);
    const candidates = [
      path,
      ...(WRITTEN_AS[extension] ?? []).map((written) => stem + written),
      ...EXTENSIONS.map((end) => path + end),
      ...EXTENSIONS.map((end) => inFolder(path, `index${end}`)),
    ];
    return candidates.find(isFile);
  }

  #load(path: string, type: string | undefined): { format: string; source: string; shortCircuit: true } {
    const loaded = (format: string, source: string) => ({ format, source, shortCircuit: true }) as const;
    const text = (): string => readFileSync(path, "utf8");
    if (extname(path) === ".json") {
      return type === "json"
        ? loaded("json", text())
        : loaded("module", exporting(text(), JSON.parse(text())));
    }
    if (isCommonJs(path, this.#compiled.get(path))) return loaded("module", moduleAround(path));
    const code =
      this.#compiled.get(path) ?? (/\.[cm]?ts$/.test(path) ? stripTypeScriptTypes(text()) : text());
    // In the first line, so that all others stay where they are.
    return loaded("module", COMMONJS.map((entry) => declarationOf(entry, code)).join("") + code);
  }
}

/** An ES module that exports what a file in CommonJS does; that is read anew, as `update` has made Node forget it. */
function moduleAround(path: string): string {
  const { href } = pathToFileURL(path); // without the time: a `require` from there is Node's own
  const load = `process.getBuiltinModule("module").createRequire(${JSON.stringify(href)})(${JSON.stringify(path)})`;
  return exporting(load, createRequire(href)(path));
}

/** A module that exports a value, and its entries by their names; `code` gives it. */
function exporting(code: string, value: unknown): string {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const names = Object.keys(isObject || typeof value === "function" ? value : {});
  const entries = names
    .filter((name) => name !== "default")
    .map((name, i) => {
      const key = JSON.stringify(name);
      return `const entry${i} = value[${key}]; export { entry${i} as ${key} };`;
    });
  return `const value = ${code}; export default value; ${entries.join(" ")}`;
}

function isLibrary(specifier: string): boolean {
  return specifier === "gradbook" || specifier.startsWith("gradbook/");
}

/** The path of a local file of this session; undefined for the URLs of others. */
function localPath(url: string | undefined): string | undefined {
  return url?.startsWith("file:") && new URL(url).searchParams.has(TIME) ? pathOf(url) : undefined;
}

/** A name of CommonJS for a module that speaks of it and does not declare it. */
function declarationOf([name, value]: readonly [string, string], code: string): string {
  const speaks = new RegExp(`\\b${name}\\b`).test(code);
  const declares = new RegExp(
    `\\b(?:(?:const|let|var|function)\\s+${name}\\b|(?:const|let|var|import)\\s*\\{[^}]*\\b${name}\\b[^}]*\\})`,
  ).test(code);
  return speaks && !declares ? `const ${name} = ${value}; ` : "";
}

/** Whether a file is written in CommonJS: its extension says so, or it exports so and not as an ES module does. */
function isCommonJs(path: string, compiled: string | undefined): boolean {
  if (/\.c[jt]s$/.test(path)) return true;
  if (!/\.jsx?$/.test(path)) return false;
  const code = compiled ?? readFileSync(path, "utf8");
  return (
    /\b(?:module\.)?exports\b\s*[.=[]/.test(code) && !/^\s*(?:import|export)\b(?!\s*\{\s*\})/m.test(code)
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
