/** Tests of students' code need a sandbox: where none can be had, they are left out by name. */

import "./course.ts";
import { test } from "vitest";
import { findSandbox } from "../../grader/dist/sandbox/bubblewrap.js";

function whyNot(): string | undefined {
  try {
    findSandbox();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const reason = whyNot();
if (reason !== undefined) console.warn(`Left out, as there is no sandbox: ${reason}`);

/** `test`, or a test that is left out. */
export const sandboxed: typeof test = (reason === undefined ? test : test.skip) as typeof test;
