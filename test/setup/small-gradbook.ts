/** A checkout in which the real set-up runs in about a second: what it calls are small programs that stand in. */
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const repo = join(import.meta.dirname, "../..");

/** The checkout, and its set-up. */
export interface SmallGradbook {
  readonly folder: string;
  /** Makes everything that the set-up depends on another, so that all of it has to be done again. */
  renew(): void;
  /** Starts the set-up as the leader of a process group, as a terminal would. */
  start(): RunningSetup;
  /** What is wrong after a set-up that has succeeded: files of another round, files that are missing, or left over. */
  faults(): string[];
  remove(): void;
}

/** A set-up under way. */
export interface RunningSetup {
  readonly process: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

/**
 * Makes the checkout in a folder, or in a new one, whose name has what shells and Jupyter would replace; `tools` are
 * variables that name other programs than those that stand in.
 */
export function makeSmallGradbook(place?: string, tools: NodeJS.ProcessEnv = {}): SmallGradbook {
  const folder = place ?? mkdtempSync(join(tmpdir(), "gradbook $HOME ~ "));
  cpSync(join(repo, "scripts"), join(folder, "scripts"), { recursive: true });
  cpSync(join(import.meta.dirname, "fixture"), join(folder, "fixture"), { recursive: true });
  const at = (name: string) => join(folder, "fixture", name);
  for (const name of ["python.js", "debian.js"]) chmodSync(at(name), 0o755);
  mkdirSync(at("bin"));
  for (const name of ["apt-get", "dpkg"]) symlinkSync(at("debian.js"), at(`bin/${name}`));
  mkdirSync(join(folder, "requirements"));
  mkdirSync(join(folder, "kernel", "bin"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "kernel", "bin", "gradbook.js"), 'import "../../fixture/gradbook.js";');
  let round = 0;
  const renew = () => {
    round += 1;
    for (const file of ["package-lock.json", "requirements/jupyterlab.txt", "requirements/test.txt"]) {
      writeFileSync(join(folder, file), `${round}`);
    }
  };
  renew();
  return {
    folder,
    renew,
    start() {
      const child = spawn(process.execPath, [join(folder, "scripts", "run.mjs"), "setup"], {
        cwd: folder,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          PATH: `${at("bin")}${delimiter}${process.env.PATH}`,
          npm_execpath: at("npm-cli.js"),
          npm_lifecycle_event: undefined,
          GRADBOOK_PYTHON: at("python.js"),
          CHROME: process.execPath,
          FIXTURE_ROUND: `${round}`,
          ...tools,
        },
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
      const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
        child.on("close", (code) => resolve({ code, output })),
      );
      return { process: child, ended };
    },
    faults() {
      const inFolder = (path: string) => join(folder, path);
      const missing = products.filter((product) => !existsSync(inFolder(product)));
      const left = leftovers.flatMap((pattern) => globSync(pattern, { cwd: folder }));
      const made = globSync(written, { cwd: folder }).filter((name) => lstatSync(inFolder(name)).isFile());
      const wrong = made.filter((name) => {
        const content = readFileSync(inFolder(name), "utf8");
        const isStamp = /\bgradbook-[a-z-]+\.json$/.test(name);
        return !isStamp && (!content.endsWith(`// of round ${round}\n`) || content.includes(".vnew"));
      });
      return [
        ...missing.map((name) => `${name} is missing`),
        ...left.map((name) => `${name} is left over`),
        ...wrong.map((name) => `${name} is of another round: ${readFileSync(inFolder(name), "utf8")}`),
      ];
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Where the programs write that stand in. */
const written =
  "{node_modules/**,.venv/{pyvenv.cfg,{bin,lib,share}/**},dist/**,kernel/dist/**,extension/labextension/**}";

/** Some of everything that a set-up makes. */
const products = [
  ...[0, 19].map((k) => `node_modules/package-${k}/index.js`),
  ...[0, 19].flatMap((k) => [`.venv/lib/jupyterlab-${k}/__init__.py`, `.venv/lib/test-${k}/__init__.py`]),
  ".venv/bin/jupyter-jupyterlab",
  "dist/index.js",
  "kernel/dist/main.js",
  "extension/labextension/package.json",
  ".venv/share/jupyter/kernels/gradbook/kernel.json",
  ".venv/share/jupyter/labextensions/@gradbook/jupyterlab/package.json",
];

/** What an interrupted set-up leaves, and the next one has to clear away. */
export const leftovers: readonly string[] = [
  ".vnew",
  ".cache/old-environment",
  ".cache/setup.lock*",
  ".cache/node/*.draft.*",
];
