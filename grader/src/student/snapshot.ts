/**
 * The student's side as a start-up snapshot: Node with the library already in it. It is made once for each library and
 * each Node, and kept in the user's cache.
 */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { PACKAGE } from "../sandbox/bubblewrap.ts";

const RUNNER = join(PACKAGE, "dist", "student", "runner.js");

let made: Promise<string> | undefined;

/** The path of the snapshot, made if it is not there. */
export function studentSnapshot(): Promise<string> {
  made ??= make();
  return made;
}

let version: string | undefined;

/** What every result depends on besides the notebooks: the library, the grader and the Node that run. */
export function graderVersion(): string {
  version ??= versionHere();
  return version;
}

function versionHere(): string {
  const hash = createHash("sha256").update(process.version).update(process.arch);
  const root = join(PACKAGE, "..");
  for (const file of globSync(["dist/**/*.js", "grader/dist/**/*.js", "kernel/dist/language/*.js"], {
    cwd: root,
  }).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

async function make(): Promise<string> {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "gradbook");
  const file = join(folder, `student-${graderVersion()}.blob`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `draft-${process.pid}-${Date.now()}`);
  const bundle = await rolldown({
    input: RUNNER,
    platform: "node",
    external: [/^node:/, /^@hpcc-js\//],
    logLevel: "silent",
  });
  await bundle.write({ file: `${draft}.cjs`, format: "cjs", codeSplitting: false, comments: false });
  await bundle.close();
  try {
    const args = ["--no-warnings", "--snapshot-blob", `${draft}.blob`, "--build-snapshot", `${draft}.cjs`];
    const { code, said } = await run(process.execPath, args);
    if (code !== 0)
      throw new Error(`Cannot prepare the student's side of the grader: ${said.trim().split("\n")[0]}`);
    renameSync(`${draft}.blob`, file); // in one go: of two that make it, the last one wins
  } finally {
    for (const end of [".cjs", ".blob"]) rmSync(draft + end, { force: true });
  }
  return file;
}

function run(command: string, args: readonly string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
    });
    child.on("error", reject).on("close", (code) => resolve({ code, said }));
  });
}
