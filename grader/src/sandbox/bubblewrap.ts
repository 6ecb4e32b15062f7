/**
 * The walls around students' code, by bubblewrap: no network, no other processes, no environment, and no file but
 * those given.
 */

import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** How a sandbox can be had on this machine. */
export interface Sandbox {
  readonly bubblewrap: string;
  readonly prlimit: string;
  readonly walls: Walls;
}

/** A set of bubblewrap's options, and what it stands for. */
export interface Walls {
  readonly title: string;
  readonly options: readonly string[];
}

/** What a program may have and do in the sandbox. */
export interface Cell {
  /** The arguments of Node. */
  readonly args: readonly string[];
  /** Files and folders to be read there, by the path they have inside. */
  readonly files: ReadonlyMap<string, string>;
  /** The folder to start in. */
  readonly folder?: string;
  readonly limits: Limits;
}

export interface Limits {
  /** Bytes of addresses, which bounds the numbers of tensors as well as JavaScript's objects. */
  readonly addresses: number;
  /** Seconds of computing, over all threads. */
  readonly seconds: number;
}

/** Where no sandbox can be had. Its message says how to get one. */
export class NoSandboxError extends Error {
  override name = "NoSandboxError";
}

// The user of the sandbox owns nothing anywhere.
const NOBODY = ["--uid", "65534", "--gid", "65534"];
const PROCESSES = ["--proc", "/proc"];

/** The ways to build the walls, the best first: what a machine forbids differs. */
const WAYS: readonly Walls[] = [
  { title: "all namespaces", options: ["--unshare-all", ...NOBODY, ...PROCESSES] },
  // In a container that hides parts of /proc, a new one cannot be mounted.
  { title: "all namespaces, without /proc", options: ["--unshare-all", ...NOBODY] },
  // Root needs no namespace of users to make the others, and loses every privilege on the way in.
  {
    title: "root's namespaces, without privileges",
    options: [
      ...["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"],
      ...["--cap-drop", "ALL", ...PROCESSES],
    ],
  },
];

const HOW = `Gradbook grades on Linux, with bubblewrap: install it (on Debian and Ubuntu: apt install bubblewrap; on \
Fedora: dnf install bubblewrap)`;
const FORBIDDEN = `allow namespaces of users (Ubuntu: an AppArmor profile for bwrap, or sysctl \
kernel.apparmor_restrict_unprivileged_userns=0; in Docker: --security-opt seccomp=unconfined), or grade on another machine`;

/** Inside, Node is here. */
const NODE = "/node/bin/node";

let found: Sandbox | undefined;

/** The sandbox of this machine, tried out; throws a NoSandboxError that says how to get one. */
export function findSandbox(env: NodeJS.ProcessEnv = process.env): Sandbox {
  if (env === process.env && found) return found;
  const bubblewrap = program("bwrap", env, env.GRADBOOK_BWRAP);
  const prlimit = program("prlimit", env);
  if (bubblewrap === undefined)
    throw new NoSandboxError(`Cannot run students' code without a sandbox: ${HOW}`);
  if (prlimit === undefined) {
    throw new NoSandboxError("Cannot limit students' code: prlimit is missing; install util-linux");
  }
  const complaints: string[] = [];
  for (const walls of WAYS) {
    const sandbox = { bubblewrap, prlimit, walls };
    const [command, ...args] = commandLine(sandbox, {
      args: ["--version"],
      files: new Map(),
      limits: { addresses: 8 * 2 ** 30, seconds: 10 },
    });
    const tried = spawnSync(command, args, { env: {}, encoding: "utf8", timeout: 20_000 });
    if (tried.status === 0) {
      if (env === process.env) found = sandbox;
      return sandbox;
    }
    complaints.push(tried.stderr?.trim().split("\n")[0] || String(tried.error ?? tried.status));
  }
  throw new NoSandboxError(
    `Cannot run students' code: ${bubblewrap} cannot make a sandbox here (${complaints[0]}); ${FORBIDDEN}`,
  );
}

function program(name: string, env: NodeJS.ProcessEnv, named?: string): string | undefined {
  if (named !== undefined) return existsSync(named) ? named : undefined;
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return [...folders, "/usr/bin", "/bin", "/usr/local/bin"]
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

/** The command that runs this Node in the sandbox: nothing there but Node, the libraries it has loaded, and `files`. */
export function commandLine(sandbox: Sandbox, { args, files, folder, limits }: Cell): string[] {
  const binds = [...needed(), ...files].flatMap(([inside, outside]) => ["--ro-bind", outside, inside]);
  return [
    sandbox.prlimit,
    ...[`--as=${limits.addresses}`, `--cpu=${limits.seconds}`, "--nofile=256", "--core=0", "--fsize=1048576"],
    sandbox.bubblewrap,
    ...sandbox.walls.options,
    ...[
      "--die-with-parent",
      "--new-session",
      "--clearenv",
      "--hostname",
      "gradbook",
      "--setenv",
      "HOME",
      "/home",
    ],
    ...["--dev", "/dev", "--dir", "/home", "--dir", "/tmp"],
    ...binds,
    ...["--remount-ro", "/", "--chdir", folder ?? "/home", NODE],
    ...args,
  ];
}

let own: [inside: string, outside: string][] | undefined;

/** Node itself, and the shared libraries it has loaded. */
function needed(): readonly [inside: string, outside: string][] {
  own ??= [
    [NODE, process.execPath],
    ...sharedLibraries().map((file): [string, string] => [file, realpathSync(file)]),
  ];
  return own;
}

function sharedLibraries(): string[] {
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork: boolean };
  const before = report.excludeNetwork;
  report.excludeNetwork = true; // else it looks up the names of hosts
  const { sharedObjects } = report.getReport() as unknown as { sharedObjects: string[] };
  report.excludeNetwork = before;
  return sharedObjects.filter((file) => file.startsWith("/") && /\.so(\.|$)/.test(file) && existsSync(file));
}

/** The folder of this package. */
export const PACKAGE: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
