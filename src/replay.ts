/** Computes graphs again from their own data: for a page without a kernel. */

import "./methods.ts";

export * from "./graph/replay.ts";
