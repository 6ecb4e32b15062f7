/** What every view of a tensor starts from: its name. */

import { ValueError } from "../errors.ts";
import { nameTex } from "../latex/name.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor } from "../tensors.ts";

/** A view of the matrix itself, or of its gradient. */
export interface ViewOptions {
  /** Shows dX, the gradient, and what it stands for. */
  readonly gradient?: boolean;
}

/** A tensor's name, which a view cannot do without. */
export function nameOf(x: Tensor, action: string): string {
  checkTensor(`show ${action} of`, x, 'generic(symbol("M", "α", "β"))');
  if (x.name !== null) return x.name;
  throw new ValueError(`Cannot show ${action}: the tensor has no name; give it one, as in x.as("X")`);
}

/** ∂J/∂x. */
export function partial(under: string, over = "J"): string {
  return `\\frac{\\partial ${over}}{\\partial ${under}}`;
}

/** The LaTeX of the gradient's name: dX. */
export function gradientTex(name: string, rank: number): string {
  return `d${nameTex(name, rank)}`;
}
