/** Has V8 forget now what nobody can reach any more, which by itself it does late. */

import v8 from "node:v8";
import vm from "node:vm";

let collect: ((options: object) => void) | undefined;

/** Collects the garbage of the calling thread; takes some 50 ms for the compiler's. */
export function collectGarbage(): void {
  force({ type: "major", execution: "sync" });
}

/** The same, twice or more, and gives the pages that are left half empty back to the system; takes twice the time. */
export function compactHeap(): void {
  force({ type: "major", execution: "sync", flavor: "last-resort" });
}

function force(options: object): void {
  if (!collect) {
    v8.setFlagsFromString("--expose-gc");
    collect = vm.runInNewContext("gc") as (options: object) => void;
  }
  collect(options);
}

/** The bytes that the objects of the calling thread take. */
export function heapUsed(): number {
  return v8.getHeapStatistics().used_heap_size;
}
