/** `J.backward()`: every tensor that J depends on gets its gradient. */

import { toTensor, withoutRecording } from "../op.ts";
import { internals, type Tensor } from "../tensor.ts";
import type { Operand } from "../typed-shapes.ts";
import { pullbackOf, seedOf } from "./pullback.ts";

/**
 * Computes ∂J/∂X for every X that `y` depends on, leaf or not, and makes it `X.grad`; the next call replaces it.
 *
 * @param cotangent The upstream gradient dY, of y's shape; it may be left out when y is a single number.
 * @throws GradientError when it is left out and y has more entries than one.
 */
export function backward(y: Tensor, cotangent?: Operand): void {
  const given = cotangent === undefined ? undefined : toTensor("pull back", cotangent);
  const seed = seedOf("call backward on", y, given);
  const origin = { y, cotangent: given ?? null };
  withoutRecording(() => {
    for (const [x, dx] of pullbackOf(y)(seed)) {
      internals.setGradient(x, dx);
      internals.setOrigin(x, origin);
    }
  });
}
