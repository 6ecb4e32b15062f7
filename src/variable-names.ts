/** Names tensors after the variables that hold them. */

import { variables } from "./host.ts";
import { internals, Tensor } from "./tensor.ts";

/** Names a tensor after the variable it was declared as, unless it has a name; other values have none. */
export function captureName(value: unknown, name: string): void {
  if (value instanceof Tensor) internals.captureName(value, name);
}

/** Names every variable of the session, also those that the running cell has just declared. */
export function nameVariables(): void {
  for (const [name, value] of variables()) captureName(value, name);
}
