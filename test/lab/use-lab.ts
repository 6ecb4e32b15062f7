/** A JupyterLab that lives as long as a `describe` block. */
import { afterAll, beforeAll } from "vitest";
import { type Lab, type LabOptions, startLab } from "./lab.ts";

/** Starts a lab before the tests of this block and stops it after them; call the result to get it. */
export function useLab(options: LabOptions = {}): () => Lab {
  let lab: Lab | undefined;
  beforeAll(async () => {
    lab = await startLab(options);
  });
  afterAll(() => lab?.stop());
  return () => {
    if (lab === undefined) throw new Error("Ask for the lab inside a test or a hook: it starts before them");
    return lab;
  };
}
