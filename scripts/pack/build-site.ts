/** Builds the static site: JupyterLite with our two extensions and the notebooks. */
import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { settings } from "../setup/gradbook.ts";
import type { Turn } from "../setup/lock.ts";
import { cache, programs, python, root } from "../setup/paths.ts";
import { runQuietly } from "../setup/processes.ts";

const lite = join(root, "lite");

/** JupyterLite's own kernels and what looks for a server: there is one language here. */
const disabledExtensions = ["@jupyterlite/javascript-kernel", "@jupyterlite/pyodide-kernel"];

/** Builds it in a folder, in place of an earlier one. */
export async function buildSite(folder: string, turn: Turn): Promise<void> {
  await runQuietly({ name: "lite bundles", command: process.execPath, args: [join(lite, "build.ts")] }, turn);
  const core = join(root, "node_modules", "@jupyterlab", "core-meta", "core.package.json");
  const args = [programs.builder, "--core-package-file", core, "lite"];
  await runQuietly({ name: "lite extension", command: process.execPath, args }, turn);
  // Beside the extension's own files, what its page loads by address.
  for (const name of ["session-worker.js", "language-worker.js", "files.json", "logo.svg"]) {
    copyFileSync(join(lite, "lib", name), join(lite, "labextension", "static", name));
  }

  const work = join(cache, "site");
  rmSync(work, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  const contents = join(work, "contents");
  for (const part of ["lectures", "explore"]) {
    cpSync(join(root, "notebooks", part), join(contents, part), {
      recursive: true,
      filter: (path) => !path.includes(".ipynb_checkpoints"),
    });
  }
  mkdirSync(join(work, "lite"), { recursive: true });
  writeJson(join(work, "lite", "jupyter-lite.json"), {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
      appName: "Gradbook",
      defaultKernelName: "gradbook",
      disabledExtensions,
      exposeAppInBrowser: true,
      enableMemoryStorage: true,
    },
  });
  writeJson(join(work, "lite", "overrides.json"), settings);
  writeJson(join(work, "lite", "jupyter_lite_config.json"), {
    LiteBuildConfig: {
      contents: [contents],
      federated_extensions: ["extension", "lite"].map((room) => join(root, room, "labextension")),
      ignore_sys_prefix: true,
      no_sourcemaps: true,
      no_unused_shared_packages: true,
      output_dir: folder,
      cache_dir: join(work, "cache"),
    },
  });
  await runQuietly(
    {
      name: "jupyter lite",
      command: python,
      args: ["-I", "-c", "from jupyterlite_core.app import main; main()", "build"],
      cwd: join(work, "lite"),
    },
    turn,
  );
  await writeDocumentation(folder, turn);
}

/** The documentation, with links to the notebooks that lie beside it. */
async function writeDocumentation(folder: string, turn: Turn): Promise<void> {
  const args = [join(root, "docs", "build.ts"), join(folder, "docs"), "../lab/index.html"];
  await runQuietly({ name: "docs", command: process.execPath, args }, turn);
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
