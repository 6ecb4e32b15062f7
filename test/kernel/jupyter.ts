/** Runs the `gradbook` command and Jupyter's own tools, away from the Jupyter folders of whoever tests. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Finished {
  readonly code: number | null;
  /** Why there is no code. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COMMAND = join(ROOT, "kernel", "bin", "gradbook.js");
const PYTHON = join(ROOT, ".venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");

/** A folder with Jupyter folders of its own. */
export class JupyterFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), "gradbook-jupyter-"));
  /** Where `gradbook install --prefix` puts its data. */
  readonly data: string = join(this.path, "share", "jupyter");
  /** What the programs get. */
  readonly env: NodeJS.ProcessEnv = {
    ...process.env,
    JUPYTER_PATH: this.data,
    JUPYTER_CONFIG_DIR: join(this.path, "config"),
    JUPYTER_DATA_DIR: join(this.path, "data"),
    JUPYTER_RUNTIME_DIR: join(this.path, "runtime"),
    VIRTUAL_ENV: join(ROOT, ".venv"),
  };

  gradbook(...args: string[]): Promise<Finished> {
    return this.#run(process.execPath, [COMMAND, ...args]);
  }

  python(...args: string[]): Promise<Finished> {
    return this.#run(PYTHON, args);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  #run(command: string, args: readonly string[]): Promise<Finished> {
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd: this.path,
        env: this.env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (chunk) => {
        stdout += chunk;
      });
      child.stderr.on("data", (chunk) => {
        stderr += chunk;
      });
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
    });
  }
}
