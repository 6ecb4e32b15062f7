/** Has V8 forget now what nobody can reach any more, which by itself it does late. */

import v8 from "node:v8";
import vm from "node:vm";

let collect: (() => void) | undefined;

/** Collects the garbage of the calling thread; takes some 50 ms for the compiler's. */
export function collectGarbage(): void {
  if (!collect) {
    v8.setFlagsFromString("--expose-gc");
    collect = vm.runInNewContext("gc") as () => void;
  }
  collect();
}

/** The bytes that the objects of the calling thread take. */
export function heapUsed(): number {
  return v8.getHeapStatistics().used_heap_size;
}
