/** A Python of this machine, and the environment `.venv` made from it, with JupyterLab in it. */
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { SetupError } from "./command.ts";
import type { Turn } from "./lock.ts";
import { cache, environment, environmentDraft, programsOf, python, pythonOf, root } from "./paths.ts";
import { runQuietly } from "./processes.ts";
import { hashFiles, remove, type Step } from "./step.ts";

/** `.venv` with what everyone needs, made from nothing each time: so nothing of an earlier one stays in it. */
export function pythonEnvironment(turn: Turn): Step {
  const base = basePython();
  return {
    title: "JupyterLab",
    doing: "installing into .venv with pip",
    stamp: join(environment, "gradbook-environment.json"),
    inputs: environmentInputs(base),
    async run() {
      remove(environmentDraft);
      const args = ["-I", "-m", "venv", environmentDraft];
      await runQuietly({ name: "venv", command: base.executable, args }, turn);
      await pipInstall("jupyterlab", pythonOf(environmentDraft), requirementsOf("jupyterlab"), turn);
      // JupyterLab calls a CommonJS program it brings along; our own package.json above would make a module of it.
      writeFileSync(join(environmentDraft, "package.json"), '{ "type": "commonjs" }\n');
      putInPlace();
    },
  };
}

/** Lets the draft take the place of `.venv`, which at no moment is there in part. */
function putInPlace(): void {
  const [from, to] = [environmentDraft, environment].map((folder) => Buffer.from(basename(folder)));
  const programs = programsOf(environmentDraft);
  const files = readdirSync(programs).map((name) => join(programs, name));
  for (const file of [join(environmentDraft, "pyvenv.cfg"), ...files]) {
    // A link leads to the Python that the environment was made from.
    if (!lstatSync(file).isFile()) continue;
    const content = readFileSync(file);
    // As long as before, it fits into the launchers of Windows too, which are archives.
    for (let at = content.indexOf(from); at >= 0; at = content.indexOf(from, at)) to.copy(content, at);
    writeFileSync(file, content);
  }
  const old = join(cache, "old-environment");
  remove(old);
  if (existsSync(environment)) renameSync(environment, old);
  renameSync(environmentDraft, environment);
  remove(old);
}

/** What the tests need in addition, in the same `.venv`. */
export function pythonTestPackages(turn: Turn): Step {
  return {
    title: "Python test packages",
    doing: "installing into .venv with pip",
    stamp: join(environment, "gradbook-test-packages.json"),
    inputs: { ...environmentInputs(basePython()), requirements: hashFiles("requirements/test.txt") },
    run: () => pipInstall("test", python, requirementsOf("test"), turn),
  };
}

/** What builds the static site, in the same `.venv`. */
export function pythonSitePackages(turn: Turn): Step {
  return {
    title: "Python packages of the site",
    doing: "installing into .venv with pip",
    stamp: join(environment, "gradbook-site-packages.json"),
    inputs: { ...environmentInputs(basePython()), requirements: hashFiles("requirements/site.txt") },
    run: () => pipInstall("site", python, requirementsOf("site"), turn),
  };
}

/** The Python that the environment was made from, while it works; looking for one takes longer. */
export function basePython(): Python {
  const made = process.env.GRADBOOK_PYTHON === undefined ? describePython(python) : undefined;
  // Of an environment that is there only in part, Python takes itself for the base.
  const isWhole = made !== undefined && !made.executable.startsWith(environment + sep);
  return isWhole ? made : findPython();
}

/** The folder is among them, as the environment's scripts hold its path. */
function environmentInputs(base: Python): Record<string, string> {
  return {
    folder: root,
    python: `${base.version} at ${base.executable}`,
    requirements: hashFiles("requirements/jupyterlab.txt"),
  };
}

function requirementsOf(name: string): string {
  return join(root, "requirements", `${name}.txt`);
}

/**
 * Installs what a file of requirements names, and nothing else: without dependencies, as the file names every package
 * there is, and only wheels, as building one would bring what no file names; with the hashes in the file, unless it is for
 * the developers alone and has none.
 * Isolated (-I), so that neither the person's own packages nor pip settings of theirs in PYTHON variables count.
 */
export function pipInstall(
  name: string,
  interpreter: string,
  file: string,
  turn: Turn,
  { hashes = true }: { readonly hashes?: boolean } = {},
): Promise<void> {
  const flags = ["--quiet", "--no-deps", "--no-input", "--disable-pip-version-check", "--only-binary=:all:"];
  // What an interrupted try has left of a package looks installed, and is written over.
  if (hashes) flags.push("--ignore-installed", "--require-hashes");
  const args = ["-I", "-m", "pip", "install", ...flags, "--requirement", file];
  return runQuietly({ name: `pip ${name}`, command: interpreter, args }, turn);
}

/** A Python on this machine, as it describes itself. */
export interface Python {
  /** Of an environment, the executable of the Python it was made from. */
  readonly executable: string;
  readonly version: string;
  /** Whether it can make environments with pip in them; some systems package that part apart. */
  readonly makesEnvironments: boolean;
}

const oldest = [3, 10] as const;

// Named versions first: a plain "python3" may be older than what stands beside it, or newer than our pins know.
const names = ["python3.13", "python3.12", "python3.11", "python3.14", "python3.10", "python3", "python"];

/** The first Python that will do, or a SetupError that says what is missing and how to get it. */
export function findPython(env: NodeJS.ProcessEnv = process.env): Python {
  const calls = [...names.map((name) => [name]), ["py", "-3"]];
  if (env.GRADBOOK_PYTHON !== undefined) calls.splice(0, calls.length, [env.GRADBOOK_PYTHON]);
  const pythons = calls.flatMap(([command, ...args]) => describePython(command, args, env) ?? []);
  const recent = pythons.filter(({ version }) => isRecent(version));
  const found = recent.find(({ makesEnvironments }) => makesEnvironments);
  if (found !== undefined) return found;
  if (recent.length > 0) {
    throw new SetupError(
      `${recent[0].executable} (${recent[0].version}) lacks the venv module, which JupyterLab's environment needs: ` +
        `install it (on Debian and Ubuntu: apt install python3-venv)`,
    );
  }
  const seen = pythons.length === 0 ? "none was found" : `the newest found is ${pythons[0].version}`;
  throw new SetupError(
    `JupyterLab needs Python 3.10 or newer, and ${seen}: install it from https://python.org ` +
      `or name one in the variable GRADBOOK_PYTHON`,
  );
}

/** What a Python says of itself; undefined if the command does not run, like the stubs that some systems install. */
function describePython(
  command: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): Python | undefined {
  const question = [
    "import importlib.util as u, json, platform, sys",
    "has = all(u.find_spec(m) for m in ('venv', 'ensurepip'))",
    "print(json.dumps([getattr(sys, '_base_executable', sys.executable), platform.python_version(), has]))",
  ].join("\n");
  const { status, stdout } = spawnSync(command, [...args, "-I", "-c", question], { env, encoding: "utf8" });
  if (status !== 0) return undefined;
  const [executable, version, makesEnvironments] = JSON.parse(stdout) as [string, string, boolean];
  return { executable, version, makesEnvironments };
}

function isRecent(version: string): boolean {
  const [major, minor] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
