/** The kernelspec: how Jupyter starts this kernel and what it shows for it. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The name by which notebooks ask for this kernel. */
export const KERNEL = "gradbook";

/** The name by which nbgrader asks for the kernel that grades. */
export const GRADER = "gradbook-grader";

/** The name of the JupyterLab extension that goes with it. */
export const EXTENSION = "@gradbook/jupyterlab";

/** The folder of the kernel's package. */
export const PACKAGE: string = fileURLToPath(new URL("../..", import.meta.url));

/** Limit in MB for JavaScript objects; the numbers of tensors lie outside it. */
const HEAP = 4096;

export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message" | "signal";
  readonly kernel_protocol_version: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A kernelspec that runs this very package on this very Node, no matter what PATH says later. */
export function kernelspec(name: typeof KERNEL | typeof GRADER = KERNEL): Kernelspec {
  return {
    argv: [
      process.execPath,
      // An interrupt leaves Node's records of asynchronous work unbalanced, which is not a reason to abort.
      "--no-force-async-hooks-checks",
      `--max-old-space-size=${HEAP}`,
      join(PACKAGE, "bin", "gradbook.js"),
      name === GRADER ? "grader-kernel" : "kernel",
      "{connection_file}",
    ],
    display_name: name === GRADER ? "TypeScript (Gradbook, grading)" : "TypeScript (Gradbook)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    metadata: { debugger: false, supported_encryption: ["curve"] },
  };
}
