/** The JupyterLab server of a browser test: the installed one, on folders that are thrown away after it. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { jupyterEnvironment } from "../../scripts/setup/jupyterlab.ts";
import { python as own, root as repo } from "../../scripts/setup/paths.ts";
import { stopFamily } from "../../scripts/setup/processes.ts";

/** Which JupyterLab it is. */
export interface ServerOptions {
  /** Whether our extension is loaded; without it JupyterLab renders by its own means. */
  readonly extension?: boolean;
  /** The Python that has JupyterLab, if not that of `.venv`. */
  readonly python?: string;
}

// A test run that is broken off has no time to stop the server in order, but must not leave it on its port. Asked
// politely while it starts, the server may never end; killed, it takes its kernels along, who watch their parent.
const ends = ["SIGINT", "SIGTERM", "disconnect", "exit"];

/** A running server. */
export interface LabServer {
  /** The folder of its notebooks, with copies of the repo's own. */
  readonly root: string;
  /** The address of a page of this server, with the token that opens it. */
  address(page: string): string;
  /** Ends all kernels, and forgets what a person has set. */
  reset(): Promise<void>;
  /** Ends the server, its kernels and its folders. */
  stop(): Promise<void>;
}

/** Starts JupyterLab from `.venv` and returns once it answers. */
export async function startServer({ extension = true, python = own }: ServerOptions): Promise<LabServer> {
  const home = await mkdtemp(join(tmpdir(), "gradbook-lab-"));
  // Settings, workspaces and trust of a person, or of an earlier run, would show in the tests.
  const env = { ...jupyterEnvironment(home), IPYTHONDIR: join(home, "ipython") };
  // Autosave writes where the notebook is: into a copy, so that the checkout stays clean.
  const root = join(home, "notebooks");
  await cp(join(repo, "notebooks"), root, { recursive: true });
  if (!extension) {
    const disabledExtensions = { "@gradbook/jupyterlab": true };
    await writeJson(join(home, "config", "labconfig", "page_config.json"), { disabledExtensions });
  }

  const port = await freePort();
  const token = randomUUID();
  const server = spawn(
    python,
    [
      "-I",
      "-m",
      "jupyterlab",
      "--no-browser",
      `--ServerApp.root_dir=${root}`,
      "--ServerApp.ip=127.0.0.1",
      `--ServerApp.port=${port}`,
      "--ServerApp.port_retries=0",
      `--IdentityProvider.token=${token}`,
      "--LabApp.expose_app_in_browser=True",
      // Nobody else connects here, and a container's root may run the tests.
      ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    ],
    // Away from the terminal, whose Ctrl-C is for the test run: JupyterLab would answer it with a question.
    { env, cwd: home, detached: true, stdio: ["ignore", "pipe", "pipe"] },
  );
  const log = collect(server);

  const address = (page: string) => {
    const url = new URL(page, `http://127.0.0.1:${port}/`);
    url.searchParams.set("token", token);
    return url.href;
  };
  const abandon = () => {
    server.kill("SIGKILL");
    rmSync(home, { recursive: true, force: true });
  };
  for (const end of ends) process.once(end, abandon);
  const stop = async () => {
    for (const end of ends) process.off(end, abandon);
    await stopFamily(server, { grace: 15_000 });
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answers(address("api/status"), server);
  } catch (error) {
    await stop();
    throw new Error(`JupyterLab did not start: ${log()}`, { cause: error });
  }
  const reset = async () => {
    const sessions = (await (await fetch(address("api/sessions"))).json()) as { id: string }[];
    await Promise.all(sessions.map(({ id }) => fetch(address(`api/sessions/${id}`), { method: "DELETE" })));
    await rm(join(home, "config", "lab"), { recursive: true, force: true });
  };
  return { root, address, reset, stop };
}

/** Writes a file and the folders it is in. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(value));
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(address)));
    });
  });
}

/** Keeps what a process prints, for the message of a failure. */
function collect({ stdout, stderr }: ChildProcess): () => string {
  let text = "";
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return () => text.slice(-4000);
}

/** Waits until the server answers at `url`; gives up when its process ends or after a minute. */
async function answers(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the server ended with code ${server.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error(`no answer at ${new URL(url).origin} within a minute`);
}
