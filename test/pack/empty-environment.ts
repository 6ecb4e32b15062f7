/** A Python environment of its own, with the wheel in it and nothing of this checkout. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { python } from "../../scripts/setup/paths.ts";

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const isWindows = process.platform === "win32";

export class EmptyEnvironment {
  readonly path: string = mkdtempSync(join(tmpdir(), "gradbook-wheel-"));
  readonly prefix: string = join(this.path, "environment");
  readonly bin: string = join(this.prefix, isWindows ? "Scripts" : "bin");
  readonly python: string = join(this.bin, isWindows ? "python.exe" : "python");
  /** Where programs run that are started here: anybody may write to it. */
  readonly work: string = join(this.path, "work");

  constructor() {
    mkdirSync(this.work);
    chmodSync(this.path, 0o755);
    chmodSync(this.work, 0o777);
  }

  /** Makes the environment, with the packages of `.venv` to be found in it, but nothing that Jupyter finds there. */
  async make(): Promise<void> {
    await this.#must(python, "-I", "-m", "venv", "--without-pip", this.prefix);
    const folder = "import sysconfig; print(sysconfig.get_path('purelib'))";
    const [from, to] = await Promise.all(
      [python, this.python].map((each) => this.#must(each, "-I", "-c", folder)),
    );
    writeFileSync(join(to.trim(), "jupyter.pth"), from);
  }

  async install(wheel: string): Promise<void> {
    await this.#must(
      python,
      "-I",
      "-m",
      "pip",
      "--python",
      this.python,
      ...quiet("install"),
      "--no-deps",
      wheel,
    );
  }

  async uninstall(): Promise<void> {
    await this.#must(
      python,
      "-I",
      "-m",
      "pip",
      "--python",
      this.python,
      ...quiet("uninstall"),
      "--yes",
      "gradbook",
    );
  }

  /** Runs a program of the environment; without a PATH on which there is a Node or a git, and without a home. */
  run(program: string, ...args: string[]): Promise<Finished> {
    const env = {
      GRADBOOK_NODE: process.execPath,
      PYTHONDONTWRITEBYTECODE: "1",
      XDG_CACHE_HOME: join(this.work, "cache"),
      PATH: this.bin,
      JUPYTER_RUNTIME_DIR: join(this.work, "runtime"),
      JUPYTER_CONFIG_DIR: join(this.work, "config"),
      JUPYTER_DATA_DIR: join(this.work, "data"),
      IPYTHONDIR: join(this.work, "ipython"),
    };
    return finish(join(this.bin, program), args, { cwd: this.work, env, ...this.#stranger() });
  }

  /** Runs a command of Jupyter, the name of which would be looked for on the PATH. */
  jupyter(module: string, main: string, ...args: string[]): Promise<Finished> {
    const [start] = main.split(".");
    return this.run("python", "-c", `from ${module} import ${start}; ${main}()`, ...args);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Somebody to whom the installation does not belong, where root may become one, and the Python is one for all. */
  #stranger(): { uid?: number; gid?: number } {
    const nobody = { uid: 65534, gid: 65534 };
    const isPossible = process.getuid?.() === 0 && spawnSync(this.python, ["-c", ""], nobody).status === 0;
    return isPossible ? nobody : {};
  }

  async #must(command: string, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await finish(command, args, { cwd: this.path, env: process.env });
    if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
    return stdout;
  }
}

function quiet(action: string): string[] {
  return [action, "--quiet", "--no-input", "--disable-pip-version-check", "--root-user-action=ignore"];
}

function finish(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
