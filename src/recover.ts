/** Puts right what an interrupt leaves behind. */

import { recordAgain } from "./op.ts";
import { leaveAll } from "./scope.ts";
import { internals } from "./tensor.ts";

/** Code that is stopped from outside does not run its `finally` blocks: call this when nothing of it runs any more. */
export function recover(): void {
  recordAgain();
  leaveAll();
  internals.leaveRegions();
}
