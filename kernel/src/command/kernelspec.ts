/** The kernelspec: how Jupyter starts this kernel and what it shows for it. */

import { totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launcher } from "./python.ts";

/** The name by which notebooks ask for this kernel. */
export const KERNEL = "gradbook";

/** The name by which nbgrader asks for the kernel that grades. */
export const GRADER = "gradbook-grader";

/** The name of the JupyterLab extension that goes with it. */
export const EXTENSION = "@gradbook/jupyterlab";

/** The folder of the kernel's package. */
export const PACKAGE: string = fileURLToPath(new URL("../..", import.meta.url));

/** The part of the memory, of the machine or of its container, that JavaScript objects may take; in percent. */
const HEAP = 75;

/** The room for new objects, in MB: with V8's 16 MB nothing that was measured is quicker, and a kernel has 20 MB more. */
const YOUNG = 4;

/**
 * How the memory of Linux is shared out: each thread would have a heap of its own beside V8's, and would keep what it has
 * freed. Costs nothing that could be measured, and saves some 15 MB.
 */
const ALLOCATION = { MALLOC_ARENA_MAX: "2", MALLOC_TRIM_THRESHOLD_: "131072" };

export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message" | "signal";
  readonly kernel_protocol_version: string;
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A kernelspec that runs this very package on this very Node, or Python, no matter what PATH says later. */
export function kernelspec(name: typeof KERNEL | typeof GRADER = KERNEL): Kernelspec {
  // The launcher that pip installs tells Node the same.
  const byNode = [
    process.execPath,
    // An interrupt leaves Node's records of asynchronous work unbalanced, which is not a reason to abort.
    "--no-force-async-hooks-checks",
    `--max-semi-space-size=${YOUNG}`,
    heapLimit(),
    join(PACKAGE, "bin", "gradbook.js"),
  ];
  return {
    argv: [
      ...(launcher ? [launcher, "-m", "gradbook"] : byNode),
      name === GRADER ? "grader-kernel" : "kernel",
      "{connection_file}",
    ],
    display_name: name === GRADER ? "TypeScript (Gradbook, grading)" : "TypeScript (Gradbook)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    env: ALLOCATION,
    metadata: { debugger: name === KERNEL, supported_encryption: ["curve"] },
  };
}

/** Newer Nodes look at the memory when they start; for others it is that of the moment in which this is installed. */
function heapLimit(): string {
  if (process.allowedNodeEnvironmentFlags.has("--max-old-space-size-percentage")) {
    return `--max-old-space-size-percentage=${HEAP}`;
  }
  return `--max-old-space-size=${Math.round(((totalmem() / 2 ** 20) * HEAP) / 100)}`;
}
