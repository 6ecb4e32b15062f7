/** Gathers what goes into the Python package besides Python: the kernel with all it needs to run, and Jupyter's files. */
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { documentation } from "../setup/gradbook.ts";
import type { Turn } from "../setup/lock.ts";
import { cache, programs, root } from "../setup/paths.ts";
import { runQuietly } from "../setup/processes.ts";
import { bring } from "../setup/step.ts";
import { completeLicences } from "./extension-licences.ts";
import { zeromqAddons } from "./zeromq-addons.ts";

/** Where it is gathered; pyproject.toml takes it from there. */
export const gathered: string = join(cache, "wheel");

/** What of a Node package a kernel needs while it runs. */
interface Need {
  /** Its files, as patterns; besides them its manifest and its licence always come. */
  readonly files: readonly string[];
  /** Those of its dependencies that these files load; all of them unless it is said. */
  readonly dependencies?: readonly string[];
}

const everything: Need = { files: ["**/*.{js,cjs,mjs,json}"] };

// For packages that have much besides, or that depend on what only some of their files load.
const needs: Readonly<Record<string, Need>> = {
  "@hpcc-js/wasm-graphviz": { files: ["dist/index.js"] },
  "@jridgewell/gen-mapping": { files: ["dist/*.{mjs,umd.js}"] },
  "@jridgewell/remapping": { files: ["dist/*.{mjs,umd.js}"] },
  "@jridgewell/resolve-uri": { files: ["dist/*.{mjs,umd.js}"] },
  "@jridgewell/sourcemap-codec": { files: ["dist/*.{mjs,umd.js}"] },
  "@jridgewell/trace-mapping": { files: ["dist/*.{mjs,umd.js}"] },
  "@tslab/typescript-for-tslab": { files: [] }, // see standIn
  "@types/node": { files: ["**/*.d.ts"] },
  "cmake-ts": { files: ["build/loader.js"], dependencies: [] },
  gradbook: { files: ["dist/**/*.{js,d.ts}"] },
  "magic-string": { files: ["dist/*.{mjs,cjs.js,es.mjs}"] },
  tslab: {
    files: ["dist/{converter,tspath,util}.js"],
    dependencies: ["@tslab/typescript-for-tslab", "semver"],
  },
  typescript: { files: ["lib/typescript.js", "lib/lib*.d.ts", "ThirdPartyNoticeText.txt"] },
  "undici-types": { files: ["*.d.ts"] },
  zeromq: { files: ["lib/*.js"], dependencies: ["cmake-ts"] },
};

const always = ["package.json", "LICEN[CS]E*", "NOTICE*"];

/** Gathers everything anew, from what is built. */
export async function gather(turn: Turn): Promise<void> {
  rmSync(gathered, { recursive: true, force: true });
  const app = join(gathered, "app");
  copy(join(root, "kernel"), app, ["package.json", "bin/*", "assets/*", "dist/**/*.js"]);
  copy(root, app, ["notebooks/{lectures,explore}/*.ipynb"]);
  copyPackages(join(root, "kernel"), app);
  standIn(join(app, "node_modules", "@tslab", "typescript-for-tslab", "lib"));
  await minifyTypeScript(join(app, "node_modules", "typescript", "lib", "typescript.js"), turn);
  completeLicences();
  await bring(documentation(turn)); // which goes with the extension
  // Jupyter takes its own Python for this name.
  const env = { ...process.env, GRADBOOK_LAUNCHER: "python" };
  const args = [programs.gradbook, "install", "--prefix", gathered];
  await runQuietly({ name: "gather", command: process.execPath, args, env }, turn);
  const extension = join(gathered, "share", "jupyter", "labextensions", "@gradbook", "jupyterlab");
  // Every browser in which JupyterLab runs takes the third kind of KaTeX's fonts.
  for (const font of globSync("static/*.{ttf,woff}", { cwd: extension })) rmSync(join(extension, font));
  writeJson(join(extension, "install.json"), {
    packageManager: "python",
    packageName: "gradbook",
    uninstallInstructions: "Run: pip uninstall gradbook",
  });
}

/** tslab's converter finds its fork of TypeScript by this file and never reads it: the kernel puts TypeScript in its place. */
function standIn(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "typescript.js"), "// The kernel puts TypeScript in the place of this file.\n");
}

/** Minifies TypeScript to two fifths of its size, which every kernel has in its memory, too. */
async function minifyTypeScript(file: string, turn: Turn): Promise<void> {
  const { version } = manifestOf(join(dirname(file), "..")); // its licence asks for a word about the change
  const about = `TypeScript ${version}, Copyright (c) Microsoft Corporation, Apache-2.0; minified for Gradbook`;
  // In a process of its own: here packages may not be installed yet when this file is loaded.
  const minify = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { minifySync } from "rolldown/utils";
    const [file, about] = process.argv.slice(1);
    const { code, errors } = minifySync(file, readFileSync(file, "utf8"), { compress: false, mangle: true });
    if (errors.length > 0) throw new Error(errors[0].message);
    writeFileSync(file, "/*! " + about + ": the original is on npm */\\n" + code + "\\n");`;
  const args = ["--input-type=module", "--eval", minify, "--", file, about];
  await runQuietly({ name: "minify", command: process.execPath, args, cwd: root }, turn);
}

/** Copies the packages that one depends on, and what they depend on, side by side. */
function copyPackages(from: string, app: string): void {
  const seen = new Map<string, string>();
  const visit = (folder: string, names: readonly string[]): void => {
    for (const name of names) {
      const found = packageFolder(name, folder);
      if (seen.has(name)) {
        if (seen.get(name) !== found)
          throw new Error(`Two versions of ${name} are needed: ${seen.get(name)}, ${found}`);
        continue;
      }
      seen.set(name, found);
      const { files, dependencies } = needs[name] ?? everything;
      const target = join(app, "node_modules", name);
      copy(found, target, [...always, ...files]);
      if (name === "zeromq") copyAddons(found, target);
      visit(found, dependencies ?? Object.keys(manifestOf(found).dependencies ?? {}));
    }
  };
  visit(from, Object.keys(manifestOf(from).dependencies ?? {}));
}

function copyAddons(from: string, to: string): void {
  const manifest = JSON.parse(readFileSync(join(from, "build", "manifest.json"), "utf8"));
  const addons = zeromqAddons(manifest);
  copy(join(from, "build"), join(to, "build"), Object.values(addons));
  writeJson(join(to, "build", "manifest.json"), addons);
}

/** The folder of a package as Node finds it from another folder. */
function packageFolder(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return name === "gradbook" ? root : place;
    if (folder === dirname(folder)) throw new Error(`The package ${name} is not installed`);
  }
}

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function copy(from: string, to: string, patterns: readonly string[]): void {
  const exclude = ["**/node_modules/**", "**/test/**"];
  for (const name of globSync([...patterns], { cwd: from, exclude })) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    copyFileSync(join(from, name), join(to, name));
  }
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
