/** A step of the set-up: done once, and again when what it depends on has changed. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { progress } from "./progress.ts";

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
  /** Does it, from whatever an interrupted try has left. */
  run(): Promise<void>;
}

/** Does the step unless it is done, and answers whether there was something to do. */
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
