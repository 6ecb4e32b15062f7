/** What a session has around it in Node. */

import { getHeapStatistics } from "node:v8";
import { collectGarbage } from "../garbage.ts";
import { findBlas, useBlasFromStart } from "./blas.ts";
import { cellsWithChildren, endChildren, followChildren } from "./children.ts";
import { captureDescriptors } from "./descriptors.ts";
import { Modules } from "./modules.ts";
import type { Outside } from "./outside.ts";
import { installStdin } from "./stdin.ts";
import { endAwaitedChild } from "./sync-children.ts";

/** All of it, for cells in a folder. */
export function nodeOutside(folder: string): Outside {
  return {
    heapLimit: getHeapStatistics().heap_size_limit,
    modules: new Modules(folder),
    begin() {
      if (process.env.GRADBOOK_BLAS !== undefined) useBlasFromStart();
    },
    open(output, ask) {
      captureDescriptors(output);
      installStdin(ask);
      followChildren();
    },
    stop: endChildren,
    tear: endAwaitedChild,
    atWork: cellsWithChildren,
    collectGarbage,
    findBlas,
  };
}
