/** Gradbook itself: built, installed in the JupyterLab of `.venv`, its notebooks trusted. */
import { existsSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jupyterEnvironment } from "./jupyterlab.ts";
import type { Turn } from "./lock.ts";
import { cache, environment, jupyterHome, programs, python, root } from "./paths.ts";
import { runQuietly } from "./processes.ts";
import { hashFiles, remove, type Step } from "./step.ts";

/** TypeScript's output for all rooms, and the extension in the form that JupyterLab loads. */
export function build(turn: Turn): Step {
  return {
    title: "Library, kernel and extension",
    doing: "building",
    stamp: join(cache, "built.json"),
    inputs: {
      sources: hashFiles(
        "{src,kernel/src,grader/src,extension/src,extension/style,extension/schema}/**/*",
        "{,kernel/,grader/,extension/}{package,tsconfig}.json",
        "tsconfig.base.json",
        "package-lock.json",
      ),
    },
    products: [
      "dist/index.js",
      "kernel/dist/main.js",
      "grader/dist/command/command.js",
      "extension/labextension/package.json",
    ].map((p) => join(root, p)),
    async run() {
      const rooms = ["src", "kernel", "extension", "grader"];
      removeOrphans(join(root, "src"), join(root, "dist"));
      for (const [room, made] of [
        ["kernel", "dist"],
        ["grader", "dist"],
        ["extension", "lib"],
      ]) {
        removeOrphans(join(root, room, "src"), join(root, room, made));
      }
      await node("tsc", [programs.tsc, "-b", ...rooms], turn);
      const core = join(root, "node_modules", "@jupyterlab", "core-meta", "core.package.json");
      await node("labextension", [programs.builder, "--core-package-file", core, "extension"], turn);
    },
  };
}

/** Removes what TypeScript has made of sources that are gone, as all that it made is packed. */
export function removeOrphans(sources: string, made: string): void {
  for (const file of globSync("**/*.{js,js.map,d.ts}", { cwd: made })) {
    const stem = file.replace(/\.(js|js\.map|d\.ts)$/, "");
    if (![".ts", ".tsx"].some((end) => existsSync(join(sources, stem + end)))) remove(join(made, file));
  }
}

/** The documentation, as pages that need no network. */
export function documentation(turn: Turn): Step {
  return {
    title: "Documentation",
    doing: "writing",
    stamp: join(root, "docs", "api", "gradbook-docs.json"),
    inputs: {
      sources: hashFiles(
        "src/**/*.ts",
        "docs/*.{ts,md,css}",
        "docs/{guides,plugin}/*",
        shipped,
        "package-lock.json",
      ),
    },
    products: [join(root, "docs", "api", "index.html")],
    run: () => node("docs", [join(root, "docs", "build.ts")], turn),
  };
}

function node(name: string, args: string[], turn: Turn): Promise<void> {
  return runQuietly({ name, command: process.execPath, args }, turn);
}

/** What JupyterLab's settings are until a person changes them. */
export const settings: Readonly<Record<string, object>> = {
  "@jupyterlab/apputils-extension:notification": {
    // Else the first page asks whether to fetch news, and looks for updates.
    fetchNews: "false",
    checkForUpdates: false,
  },
  "@jupyterlab/completer-extension:manager": {
    // Completion while typing, as in any editor that knows types.
    autoCompletion: true,
    showDocumentationPanel: true,
  },
};

/** Kernelspec, extension and settings in `.venv`. */
export function jupyterInstall(turn: Turn): Step {
  return {
    title: "Kernel and extension",
    doing: "installing into .venv",
    stamp: join(environment, "gradbook-install.json"),
    inputs: {
      folder: root,
      // The kernelspec holds both paths.
      node: process.execPath,
      settings: JSON.stringify(settings),
      files: hashFiles(
        "kernel/{bin,assets}/**/*",
        "kernel/dist/**/*.js",
        "extension/labextension/**/*",
        "docs/api/gradbook-docs.json", // where the documentation was written, it goes with the extension
      ),
    },
    products: ["kernels/gradbook/kernel.json", "labextensions/@gradbook/jupyterlab/package.json"].map(
      (product) => join(environment, "share", "jupyter", product),
    ),
    async run() {
      const folder = join(environment, "etc", "jupyter", "labconfig");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "default_setting_overrides.json"), `${JSON.stringify(settings, null, 2)}\n`);
      const args = [programs.gradbook, "install", "--prefix", environment];
      await runQuietly({ name: "gradbook install", command: process.execPath, args }, turn);
    },
  };
}

const shipped = "notebooks/{lectures,explore}/*.ipynb";

/** The signatures of what comes with the repository. Homework comes from elsewhere and has to earn its trust. */
export function trustedNotebooks(turn: Turn): Step {
  return {
    title: "Notebooks",
    doing: "signing",
    stamp: join(jupyterHome, "data", "gradbook-trust.json"),
    inputs: { notebooks: hashFiles(shipped) },
    async run() {
      const args = [
        "-I",
        "-c",
        "from nbformat.sign import main; main()",
        ...globSync(shipped, { cwd: root }),
      ];
      await runQuietly({ name: "trust", command: python, args, env: jupyterEnvironment(jupyterHome) }, turn);
    },
  };
}
