/** A running JupyterLab, kept apart from any other Jupyter a person has: started, waited for, stopped. */
import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Interruption, SetupError } from "./command.ts";
import { isAlive } from "./families.ts";
import { jupyterHome, python, root } from "./paths.ts";
import { endOf, openLog, startLeashed, tail } from "./processes.ts";

/** A JupyterLab that answers. */
export interface JupyterLab {
  /** Where a browser finds it, token included. */
  readonly url: string;
  /** Its exit code, once it has ended by itself or been stopped. */
  readonly ended: Promise<number>;
}

/** The page that opens first, below JupyterLab's own address. */
const firstPage = "/lab/tree/lectures/09-jacobians.ipynb";

/** Starts it on the notebooks with further arguments for it; it stops when the interruption does. */
export async function startJupyterLab(
  args: readonly string[],
  { stop, hurry }: Interruption,
): Promise<JupyterLab> {
  const runtime = prepare(jupyterHome);
  const [logPath, log] = openLog("jupyterlab");
  // Away from the terminal: else JupyterLab answers Ctrl-C with a question, and outlives us on its port.
  const env = {
    ...jupyterEnvironment(jupyterHome),
    JUPYTER_RUNTIME_DIR: runtime,
    // One that JupyterLab made itself it would print; among the arguments anyone could read it.
    JUPYTER_TOKEN: randomBytes(24).toString("hex"),
  };
  const all = ["-I", "-m", "jupyterlab", ...ownArguments(args), ...args];
  // Kernels get five seconds to end before JupyterLab ends them.
  const child = startLeashed(python, all, { cwd: root, env, patience: 10_000 }, log);
  closeSync(log);
  // Kernels get five seconds to end before JupyterLab ends them.
  const ended = endOf(child, stop, { grace: 15_000, hurry })
    .finally(() => rmSync(runtime, { recursive: true, force: true }))
    .then(([code]) => code ?? 1);
  const url = await Promise.race([answer(runtime), ended.then(() => undefined)]);
  if (url === undefined) {
    stop.throwIfAborted();
    throw new SetupError(`JupyterLab ended before it answered, and its log ends so:\n${tail(logPath)}`);
  }
  return { url, ended };
}

/** JupyterLab's short names for options of ours. */
const shortNames: Readonly<Record<string, string>> = {
  "--ip": "--ServerApp.ip",
  "--notebook-dir": "--ServerApp.root_dir",
};

/**
 * What we ask of JupyterLab, but for what the person asks for, as JupyterLab takes no option twice. They are arguments,
 * as it looks for files of options with what stands for a variable in their path, such as "$HOME", replaced.
 */
export function ownArguments(args: readonly string[]): string[] {
  const options = {
    "--ServerApp.ip": "127.0.0.1",
    "--ServerApp.root_dir": join(root, "notebooks"),
    // Only root needs the permission, and only with it JupyterLab runs for root.
    "--ServerApp.allow_root": process.getuid?.() === 0 ? "True" : "False",
    // Outlives the runtime folder, so that a page left open finds its way back after a restart.
    "--ServerApp.cookie_secret_file": join(jupyterHome, "cookie-secret"),
    "--LabApp.default_url": firstPage,
    "--MultiKernelManager.default_kernel_name": "gradbook",
    // Between JupyterLab and its kernels, whose ports every user of this machine can reach.
    "--KernelManager.transport_encryption": "auto",
  };
  const given = new Set(args.map((arg) => arg.split("=")[0]).map((name) => shortNames[name] ?? name));
  return Object.entries(options).flatMap(([name, value]) => (given.has(name) ? [] : `${name}=${value}`));
}

/** Makes the folder for JupyterLab's own files, and in it one for this start, in which it says where it listens. */
function prepare(home: string): string {
  mkdirSync(join(home, "config"), { recursive: true });
  chmodSync(home, 0o700); // it holds secrets
  for (const name of readdirSync(home)) {
    const owner = /^runtime-(\d+)$/.exec(name)?.[1];
    // Left by a start that was killed, perhaps an earlier process of our own number.
    if (owner !== undefined && (Number(owner) === process.pid || !isAlive(Number(owner)))) {
      rmSync(join(home, name), { recursive: true });
    }
  }
  const runtime = join(home, `runtime-${process.pid}`);
  // Readable by this user alone: it gets the token.
  mkdirSync(runtime, { mode: 0o700 });
  return runtime;
}

/** Waits until it answers requests, and tells its address; without one if its runtime folder goes before. */
async function answer(runtime: string): Promise<string | undefined> {
  while (existsSync(runtime)) {
    const server = readServer(runtime);
    if (server !== undefined) {
      const response = await fetch(`${server.url}api/status?token=${server.token}`).catch(() => undefined);
      if (response?.ok) return `${server.url.replace(/\/$/, "")}${firstPage}?token=${server.token}`;
    }
    await delay(100);
  }
  return undefined;
}

function readServer(runtime: string): { url: string; token: string } | undefined {
  const file = readdirSync(runtime).find((name) => /^jpserver-\d+\.json$/.test(name));
  if (file === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(join(runtime, file), "utf8"));
  } catch {
    // It is being written.
    return undefined;
  }
}

/**
 * The environment variables for a JupyterLab that keeps its files in a folder of its own.
 * A person's own Jupyter settings, server passwords and extensions do not reach it, and it does not touch them.
 */
export function jupyterEnvironment(folder: string, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const others = Object.entries(env).filter(([name]) => !name.startsWith("JUPYTER"));
  return {
    ...Object.fromEntries(others),
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
  };
}
