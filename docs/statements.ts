/** What an op computes and what it sends back, as LaTeX: typeset from its own rule by the library itself. */

import { pullbackOf } from "../src/autodiff/backward.ts";
import { formula } from "../src/print/expression.ts";
import { onesLike } from "../src/tensor/make.ts";
import { formatShape } from "../src/tensor/shape.ts";
import { nameTex } from "../src/tex/name.ts";
import type { Showcase } from "./showcases.ts";

/** What the reference says of an op. */
export interface Statements {
  /** The shapes it is said for: as the sums and the fractions depend on them. */
  readonly condition: string;
  /** Y = …, and the textbook's definition where the op computes it in another way. */
  readonly value: string;
  /** dX = …, one for each argument. `null` is a formula too long to be read. */
  readonly gradients: readonly (string | null)[];
}

/** The longest LaTeX that a reader can be asked to read. */
const LONGEST = 600;

/** Goes through the showcase once, forward and back, and reads off what was recorded. */
export function statementsOf({ call, definition, arguments: args, result }: Showcase): Statements {
  const y = call(...args);
  const left = nameTex(result, y.rank);
  const value = [left, formula(y).latex, ...(definition ? [formula(definition(...args)).latex] : [])];
  const cotangents = pullbackOf(y.as(result), new Set(args))(onesLike(y).as(`d${result}`));
  return {
    condition: args.map((x) => `${x.name} of shape ${formatShape(x.shape)}`).join(", "),
    value: value.join(" = "),
    gradients: args.map((x) => {
      const dx = cotangents.get(x);
      const right = dx === undefined ? "0" : formula(dx).latex; // where the op is flat, no cotangent arrives
      const equation = `${nameTex(`d${x.name}`, x.rank)} = ${right}`;
      return equation.length > LONGEST ? null : equation;
    }),
  };
}
