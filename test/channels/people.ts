/** The wheel in an environment as people make one: with pip, from the registry, without a Node beside it. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildWheel } from "../../scripts/pack/build-wheel.ts";
import { gather } from "../../scripts/pack/gather.ts";
import { packing } from "../../scripts/pack/packing.ts";
import { findPython } from "../../scripts/setup/python.ts";

export const quietly = ["--quiet", "--no-input", "--disable-pip-version-check", "--root-user-action=ignore"];

/** Builds the wheel in a folder; returns its path. */
export async function wheelIn(folder: string): Promise<string> {
  const [wheel] = await packing(new AbortController().signal, async (turn) => {
    await gather(turn);
    return buildWheel(folder, turn, ["wheel"]);
  });
  return wheel;
}

/** Makes an environment of Python with packages in it. */
export async function makeEnvironment(folder: string, ...packages: string[]): Promise<void> {
  const cwd = join(folder, "..");
  await started(cwd, findPython().executable, "-I", "-m", "venv", folder);
  const python = join(folder, "bin", "python");
  await started(cwd, python, "-m", "pip", "install", ...quietly, ...packages);
}

/** The variables of whoever tests, without their settings and without a Node on the PATH; others first on it. */
export function variables(...path: string[]): NodeJS.ProcessEnv {
  const { PATH: _, VIRTUAL_ENV: __, ...others } = process.env;
  const kept = Object.entries(others).filter(([name]) => !/^(JUPYTER|GRADBOOK|PYTHON)/.test(name));
  return { ...Object.fromEntries(kept), PATH: [...path, "/usr/bin", "/bin"].join(":") };
}

/** What a program prints that is started in a folder. */
export async function started(cwd: string, program: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { cwd, env: variables(), maxBuffer: 1e8 });
  return stdout;
}
