/** Who is measured: the process of each rival, and what it is asked. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { Rivals } from "./case.ts";

export type Name = keyof Rivals;

/** How a rival is run. */
interface Kind {
  readonly language: "Node" | "Python";
  /** The package that the work is given, and those it needs besides. */
  readonly packages: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const here = import.meta.dirname;
const scratch = join(here, "..", ".cache", "bench");
const isWindows = process.platform === "win32";
const python = join(scratch, "python", isWindows ? "Scripts/python.exe" : "bin/python");

/** The BLAS is the one that NumPy brings, unless the system has its own. */
const BLAS = { GRADBOOK_BLAS: "1", PATH: `${dirname(python)}${delimiter}${process.env.PATH}` };

/** In the order in which they are told. */
export const rivals: Readonly<Record<Name, Kind>> = {
  Gradbook: { language: "Node", packages: ["gradbook"] },
  "Gradbook compiled": { language: "Node", packages: ["gradbook"] },
  "Gradbook on BLAS": { language: "Node", packages: ["gradbook"], env: BLAS },
  "Gradbook compiled on BLAS": { language: "Node", packages: ["gradbook"], env: BLAS },
  PyTorch: { language: "Python", packages: ["torch"] },
  "PyTorch vectorised": { language: "Python", packages: ["torch"] },
  "PyTorch's exp": { language: "Python", packages: ["torch"] },
  NumPy: { language: "Python", packages: ["numpy"] },
  JAX: { language: "Python", packages: ["jax"] },
  "jax-js": { language: "Node", packages: ["@jax-js/jax"] },
  tfjs: { language: "Node", packages: ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"] },
  "numpy-ts": { language: "Node", packages: ["numpy-ts"] },
  "ml-matrix": { language: "Node", packages: ["ml-matrix"] },
};

/** One thread each, whatever the machine's owner has set: the processor's own kernels, and no spinning. */
const ONE_THREAD = {
  ...Object.fromEntries(
    ["OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB_MAXIMUM"].map((name) => [`${name}_NUM_THREADS`, "1"]),
  ),
  XLA_FLAGS: "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
  JAX_PLATFORMS: "cpu",
  JAX_ENABLE_X64: "1",
};

/** Holds a process to the last processor, where the system can: we and everything else have the others. */
function pinned(isAlone: boolean, command: string, args: readonly string[]): [string, string[]] {
  if (!isAlone || !canPin) return [command, [...args]];
  return ["taskset", ["--cpu-list", String(availableParallelism() - 1), command, ...args]];
}

/** Whether processes can be held to one processor here. */
export const canPin: boolean =
  process.platform === "linux" && spawnSync("taskset", ["--version"]).status === 0;

/** Seconds within which a process starts, prepares its work, or has done it. */
const PATIENCE = 100;

/** A rival at work on one case. */
export class Rival {
  readonly name: Name;
  readonly #process: ChildProcess;
  readonly #answers: Interface;
  #waiting: ((line: string) => void) | null = null;
  #ended = false;

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** What does its work in several processes is not held to one processor. */
  constructor(name: Name, caseFile: string, isAlone: boolean) {
    this.name = name;
    const { language, packages, env } = rivals[name];
    const [command, args] =
      language === "Node"
        ? pinned(isAlone, process.execPath, [join(here, "worker.ts"), scratch, caseFile, name, ...packages])
        : pinned(isAlone, python, ["-I", join(here, "worker.py"), ...packages]);
    const others = Object.entries(process.env).filter(([key]) => !/^(OPENBLAS|GRADBOOK)_/.test(key));
    this.#process = spawn(command, args, {
      env: { ...Object.fromEntries(others), ...ONE_THREAD, ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#answers = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream });
    this.#answers.on("line", (line) => {
      // Whatever a package prints besides is not for us.
      if (line.startsWith("@")) this.#waiting?.(line.slice(1));
    });
    this.#process.once("exit", () => {
      this.#ended = true;
      this.#waiting?.(JSON.stringify({ error: "its process has ended" }));
    });
  }

  /** What the process answers to a question; an error when it has none, or takes too long: then it is ended. */
  async ask(question: object): Promise<Record<string, number | string | null>> {
    const answer = new Promise<string>((resolve) => {
      this.#waiting = resolve;
    });
    this.#process.stdin?.write(`${JSON.stringify(question)}\n`);
    const timer = setTimeout(() => {
      this.#process.kill("SIGKILL");
      this.#waiting?.(JSON.stringify({ error: `no answer within ${PATIENCE} s` }));
    }, PATIENCE * 1000);
    const { error, ...rest } = JSON.parse(await answer);
    clearTimeout(timer);
    this.#waiting = null;
    if (error !== undefined) throw new Error(`${this.name}: ${error}`);
    return rest;
  }

  async stop(): Promise<void> {
    if (this.#ended) return;
    const exit = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await exit;
  }
}

/** What is not installed, as a sentence; null if everything is. */
export function missing(): string | null {
  if (existsSync(python) && existsSync(join(scratch, "node_modules"))) return null;
  return "The rivals are not installed: run npm run bench, which brings them into .cache/bench";
}
