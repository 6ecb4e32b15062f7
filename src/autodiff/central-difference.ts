/** The central difference, which knows nothing of the rules of the ops: what every gradient is checked against. */

import { Tensor } from "../tensor.ts";

/** (f(x + h eₖ) − f(x − h eₖ)) / 2h: the slope of f in entry k of x. */
export function centralDifference(f: (x: Tensor) => number, x: Tensor, k: number, h: number): number {
  const at = (value: number): number => {
    const entries = x.data.slice();
    entries[k] = value;
    return f(new Tensor([...x.shape], entries));
  };
  return (at(x.data[k] + h) - at(x.data[k] - h)) / (2 * h);
}
