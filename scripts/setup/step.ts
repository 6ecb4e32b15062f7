/** A step of the set-up: done once, and again when what it depends on has changed. */
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { root } from "./paths.ts";

/** What a step makes, what it depends on, and how it is done. */
export interface Step {
  /** What it makes: "Node packages". */
  readonly title: string;
  /** What it does while one waits: "installing with npm". */
  readonly doing: string;
  /** The file that says it is done. It stands inside what the step makes, so that they go together. */
  readonly stamp: string;
  /** Everything the result depends on; another value and the step is done again. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Files that must be there for the step to count as done. */
  readonly products?: readonly string[];
  /** Does it, starting from whatever an interrupted attempt has left. */
  run(): Promise<void>;
}

/** Does the step unless it is done, and returns whether there was something to do. */
export async function bring(step: Step): Promise<boolean> {
  if (isDone(step)) return false;
  await progress(step.title, step.doing, async () => {
    rmSync(step.stamp, { force: true });
    await step.run();
    // Last, so that a stamp means the whole step.
    mkdirSync(dirname(step.stamp), { recursive: true });
    writeFileSync(step.stamp, `${JSON.stringify(step.inputs, null, 2)}\n`);
  });
  return true;
}

/** Removes a file or folder with all that is in it, also while something is still being written there. */
export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 20 });
}

/** Whether the stamp holds the present inputs and every product is there. */
export function isDone(step: Step): boolean {
  return (
    isDeepStrictEqual(readStamp(step.stamp), step.inputs) && (step.products ?? []).every((p) => existsSync(p))
  );
}

function readStamp(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Missing, or cut off while it was written.
    return undefined;
  }
}

/** The hash of all files that the patterns match, names and contents; patterns count from the checkout's folder. */
export function hashFiles(...patterns: string[]): string {
  const hash = createHash("sha256");
  const names = globSync(patterns, { cwd: root }).sort();
  for (const name of names) {
    const file = join(root, name);
    if (statSync(file).isFile())
      hash
        .update(`${name.replaceAll("\\", "/")}\0`)
        .update(readFileSync(file))
        .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

/** Says what is being done, for how long it has been going on, and how long it took. */
async function progress<T>(title: string, doing: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const elapsed = () => `${Math.round((performance.now() - start) / 1000)} s`;
  const live = process.stdout.isTTY === true;
  const line = (text: string) => process.stdout.write(live ? `\r\x1b[K${text}` : `${text}\n`);
  line(`${title}: ${doing}`);
  // A terminal counts seconds in place; a log gets a line now and then.
  const timer = setInterval(() => line(`${title}: ${doing}, ${elapsed()}`), live ? 1000 : 30_000);
  try {
    const result = await work();
    line(`${title}: ready after ${elapsed()}${live ? "\n" : ""}`);
    return result;
  } catch (error) {
    if (live) process.stdout.write("\n");
    throw error;
  } finally {
    clearInterval(timer);
  }
}
