/** The most common kind of op: it acts entry by entry, so its Jacobian is diagonal. */

import { toTensor } from "../tensor/apply.ts";
import type { Bend, Call, Described, Interval, Kernel, Op, Sample } from "../tensor/op.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Operand } from "../tensor/typed-shapes.ts";
import type { Tex } from "../tex/tex.ts";
import { type Chain, chained } from "./chain.ts";
import { carry, Mask, pass, passEach } from "./mask.ts";
import { callable, entrywise, type Unary } from "./pointwise.ts";
import { binarySamples, unarySamples } from "./samples.ts";

/** The declaration of an elementwise op; function, method, derivatives, LaTeX and tests follow from it. */
export interface Elementwise {
  readonly name: string;
  /** The op that it belongs to, where only a backward pass takes this step. */
  readonly of?: string;
  /** The LaTeX of the result, given that of the arguments. */
  readonly tex: (...x: Tex[]) => Tex;
  /** The LaTeX of one entry, where it differs from `tex`. */
  readonly cell?: (...x: Tex[]) => Tex;
  /** The value at one entry, on numbers; stable for every argument. */
  readonly kernel: Kernel;
  /**
   * ∂y/∂xᵢ of one entry, written with the library's own ops: evaluated, typeset, and differentiated again.
   * The result y comes first, as it is often stabler or cheaper. A number is constant; 0 ends the backward pass; a
   * `Mask` is made of comparisons.
   */
  readonly partials: readonly ((y: Tensor, ...x: Tensor[]) => Operand | Mask)[];
  /** ct ⊙ ∂y/∂x in one, instead, where the product has a limit that its factors lack; `null` elsewhere. */
  readonly product?: (ct: Tensor, y: Tensor, x: Tensor) => Tensor | null;
  /** Whether it stands for an arbitrary function: its partials are evaluated, but never shown. */
  readonly isAbstract?: boolean;
  /** What a textbook writes, in ops, where the kernel computes it in a stabler way; checked against the kernel. */
  readonly definition?: Call;
  /** Where it has a kink or a jump. */
  readonly bends?: Bend;
  /** What mathematics calls it, if not by its name. */
  readonly aliases?: readonly string[];
  /** What else it takes to make it again, besides its name. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Where the tests draw each argument from, away from kinks and poles (default (−2, 2)). */
  readonly domain?: readonly Interval[];
}

/** Declares an elementwise op. One partial per argument serves the backward and the forward mode alike. */
export function elementwise<F extends Described>(declaration: Elementwise): F {
  const {
    name,
    of,
    tex,
    cell,
    kernel,
    partials,
    product,
    definition,
    domain,
    options,
    isAbstract,
    bends,
    aliases,
  } = declaration;

  const chainBy =
    (through: typeof passEach): Chain =>
    (i, ct, y, x) => {
      const whole = product?.(ct, y, x[0]) ?? null;
      if (whole !== null) return whole;
      const partial = partials[i](y, ...x);
      if (partial === 0) return null;
      if (partial instanceof Mask) return through(ct, partial.share, y);
      return partial === 1 ? ct : carry(ct, toTensor(name, partial));
    };

  const op: Op = {
    name,
    ...(of !== undefined && { of }),
    tex,
    ...entrywise(name, kernel),
    local: (i, y, ...x) => partials[i](y, ...x),
    ...(cell && { cell }),
    ...(bends && { bends }),
    ...(definition && { definition }),
    recipe: isAbstract ? null : { maker: name, ...options },
    ...(isAbstract && { isAbstract }),
    ...chained(chainBy(pass), product === undefined ? chainBy(passEach) : null),
  };

  const samplesOf = (call: Call): Sample[] =>
    partials.length === 1 ? unarySamples(call, domain?.[0], definition) : binarySamples(call, domain);
  return callable(op, partials.length, samplesOf, aliases);
}

/** The most ops that are kept for one parameter; a loop may run through any number of values. */
const MOST_KEPT = 64;

/** An op for each value of a parameter, kept for the next call: to make one takes longer than to apply it. */
export function forEachValue(make: (value: number) => Unary): (value: number) => Unary {
  const kept = new Map<number, Unary>();
  return (value) => {
    let op = kept.get(value);
    if (op === undefined) {
      if (kept.size === MOST_KEPT) kept.clear();
      op = make(value);
      kept.set(value, op);
    }
    return op;
  };
}
