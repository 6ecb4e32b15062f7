/** Finds a Python that can make the environment for JupyterLab. */
import { spawnSync } from "node:child_process";
import { SetupError } from "./setup-error.ts";

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

/** The first good Python, or a SetupError that says what is missing and how to get it. */
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

/** What a Python says of itself; nothing if the command does not run, as the stubs that some systems install. */
export function describePython(
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
