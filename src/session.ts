/** What only the kernel needs: the way to its notebook, and the names it captures from declarations. */

import { internals, Tensor } from "./tensor.ts";

export { noticeHoard } from "./autodiff/growth.ts";
export { type ClearOptions, connectHost, type DisplayOptions, type Host, type Variables } from "./host.ts";

/** Names a tensor after the variable it was declared as, unless it has a name; other values have none. */
export function captureName(value: unknown, name: string): void {
  if (value instanceof Tensor) internals.captureName(value, name);
}
