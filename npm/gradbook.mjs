#!/usr/bin/env node
// `npx gradbook install`: brings kernel and extension, as the Python package of the same version, into the Jupyter that
// is on the PATH. Every other command is passed on to the one that came with it.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const isWindows = process.platform === "win32";
const args = process.argv.slice(2);

if (args[0] === "--version") {
  console.log(version);
} else {
  const python = findPython();
  process.exitCode =
    args[0] === "install" && args.length === 1 ? install(python) : run(python, "-m", "gradbook", ...args);
}

/** The Python beside the first `jupyter` on the PATH. */
function findPython() {
  const names = isWindows ? ["jupyter.exe", "jupyter.cmd"] : ["jupyter"];
  const places = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const jupyter = places.find((place) => existsSync(place));
  if (jupyter === undefined) {
    fail("Cannot find Jupyter on the PATH: activate its environment, or run pip install gradbook jupyterlab");
  }
  for (const folder of [dirname(jupyter), dirname(realpathSync(jupyter)), join(dirname(jupyter), "..")]) {
    const python = join(folder, isWindows ? "python.exe" : "python");
    if (existsSync(python)) return python;
  }
  // Its first line names the Python that it was installed for.
  const [, named] = /^#!\s*(\S+)/.exec(readFileSync(jupyter, "latin1")) ?? [];
  if (named !== undefined && existsSync(named)) return named;
  return fail(`Cannot find the Python of ${jupyter}: run its pip install gradbook`);
}

function install(python) {
  const code = run(python, "-m", "pip", "install", `gradbook==${version}`);
  if (code !== 0) return code;
  return run(python, "-m", "gradbook", "doctor");
}

function run(program, ...rest) {
  const { status, error } = spawnSync(program, rest, { stdio: "inherit" });
  if (error) fail(`Cannot run ${program}: ${error.message}`);
  return status ?? 1;
}

function fail(sentence) {
  console.error(`gradbook: ${sentence}`);
  process.exit(1);
}
