/** The source of a formula that was written as a template literal, ${values} included. */

import { ValueError } from "../errors.ts";
import { Tensor } from "../tensor.ts";
import type { Expr } from "./grammar.ts";
import { VALUE } from "./reader.ts";

/** What can stand in a formula as ${value}. */
export type Interpolated = Tensor | number;

/** The source, with a placeholder for each value, and what the placeholders stand for. */
export function sourceOf(
  { raw }: TemplateStringsArray,
  values: readonly Interpolated[],
): { source: string; exprs: Expr[] } {
  const exprs = values.map((value): Expr => {
    if (typeof value === "number") return { kind: "number", value, at: 0 };
    if (value instanceof Tensor)
      return { kind: "tensor", tensor: value, label: value.name ?? "the tensor", at: 0 };
    throw new ValueError(
      `Cannot put a ${typeof value} into a formula: only tensors and numbers have a meaning there`,
    );
  });
  // Raw, so that the backslashes of LaTeX stay what they are.
  return { source: raw.join(VALUE), exprs };
}
