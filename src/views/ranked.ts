/** Views that only matrices of some rank have. */

import { ShapeError } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor } from "../tensors.ts";

/** Refuses a tensor of another rank than those given. */
export function ranked(x: Tensor, ranks: readonly number[], what: string): void {
  checkTensor(`show ${what} of`, x, 'generic(symbol("M", "α", "β"))');
  if (ranks.includes(x.rank)) return;
  throw new ShapeError(
    `Cannot show ${what} of ${x.name ?? "a tensor"}: its rank is ${x.rank}, not ${ranks.join(" or ")}`,
    [x.shape],
  );
}
