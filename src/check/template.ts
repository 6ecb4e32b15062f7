/** The source of a formula that was written as a template literal, ${values} included. */

import { ValueError } from "../errors.ts";
import { kindOf } from "../kind-of.ts";
import { Tensor } from "../tensor.ts";
import type { Expr } from "./grammar.ts";
import { VALUE } from "./reader.ts";

/** What can stand in a formula as ${value}. */
export type Interpolated = Tensor | number;

/** The source, with a placeholder for each value, and what the placeholders stand for. */
export function sourceOf(
  strings: TemplateStringsArray,
  values: readonly Interpolated[],
): { source: string; exprs: Expr[] } {
  const { raw } = (strings ?? {}) as Partial<TemplateStringsArray>;
  if (!Array.isArray(raw)) {
    throw new ValueError(
      `Cannot read ${kindOf(strings)} as a formula: it stands between backticks, without parentheses, as in ` +
        "check`dX = dY Wᵀ` or math`X W`",
    );
  }
  const exprs = values.map((value): Expr => {
    if (typeof value === "number") return { kind: "number", value, at: 0 };
    if (value instanceof Tensor)
      return { kind: "tensor", tensor: value, label: value.name ?? "the tensor", at: 0 };
    throw new ValueError(
      `Cannot put ${kindOf(value)} into a formula: only tensors and numbers have a meaning there`,
    );
  });
  // Raw, so that the backslashes of LaTeX stay what they are.
  return { source: raw.join(VALUE), exprs };
}

/** The names that `check.with` or `math.with` was given. */
export function scopeOf<Names extends object>(tag: string, names: Names): Names {
  if (typeof names === "object" && names !== null && !Array.isArray(names) && !(names instanceof Tensor))
    return names;
  throw new ValueError(
    `Cannot call ${tag}.with with ${kindOf(names)}: give tensors by their names, as in ${tag}.with({ X, Y })`,
  );
}
