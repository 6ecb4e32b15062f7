/** Ops that fold the entries along some axes into one. */

import { type Fold, foldGroups } from "../numeric/groups.ts";
import { applyOp, toTensor } from "../tensor/apply.ts";
import { allocate } from "../tensor/dtype.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import { type Described, type FormulaCall, type Op, publish } from "../tensor/op.ts";
import { AXES, checkedOptions, FLAG, type OptionKind } from "../tensor/options.ts";
import { formatShape, letters, normalizeAxis, type Shape, sameShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Operand, Reduced, ReduceOptions, ShapeOf } from "../tensor/typed-shapes.ts";
import { type Big, functionOver } from "../tex/tex.ts";
import { type Contraction, contract } from "./contraction.ts";
import { carry, Mask, pass } from "./mask.ts";
import { reductionSamples, type Terrain } from "./samples.ts";

// biome-ignore lint/complexity/noBannedTypes: {} stands for "no options given", of which Reduced knows the meaning
type None = {};

/** An op that reduces the chosen axes, or all; `Options` are its own, in addition to those of every reduction. */
export interface Reduction<Options = unknown> extends Described {
  <X extends Operand, const O extends ReduceOptions & Options = None & Options>(
    x: X,
    options?: O,
  ): Tensor<Reduced<ShapeOf<X>, O>>;
  readonly method: <X extends Tensor, const O extends ReduceOptions & Options = None & Options>(
    this: X,
    options?: O,
  ) => Tensor<Reduced<ShapeOf<X>, O>>;
}

/** What a reduction does to a shape. */
export interface Axes {
  readonly from: Shape;
  /** One letter per axis of the argument. */
  readonly before: string;
  /** One letter per axis of the result; those of kept axes of length 1 are new ones. */
  readonly after: string;
  readonly to: Shape;
  /** The axes that are folded, in order. */
  readonly folded: readonly number[];
  /** How many entries fold into one. */
  readonly count: number;
  /** The contractions from the argument to the result, and back. */
  readonly down: IndicesAndLengths;
  readonly up: IndicesAndLengths;
}

type IndicesAndLengths = Required<Pick<Contraction, "indices" | "lengths">>;

/** What was worked out last, as the same is asked for again and again. */
const recent: { readonly axis: number | undefined; readonly keepdims: boolean; readonly axes: Axes }[] = [];
const MOST_RECENT = 32;

/** Works out what `options` ask for. `action` is the verb of the error's sentence. */
export function axesOf(action: string, from: Shape, { axis, keepdims = false }: ReduceOptions): Axes {
  for (const one of recent) {
    if (one.axis === axis && one.keepdims === keepdims && sameShape(one.axes.from, from)) return one.axes;
  }
  const axes = workedOut(action, [...from], axis, keepdims);
  if (typeof axis === "object") return axes; // a list, which may change
  if (recent.length >= MOST_RECENT) recent.shift();
  recent.push({ axis, keepdims, axes });
  return axes;
}

function workedOut(action: string, from: Shape, axis: ReduceOptions["axis"], keepdims: boolean): Axes {
  const list = axis === undefined ? [...from.keys()] : typeof axis === "number" ? [axis] : axis;
  const chosen = new Set(list.map((one) => normalizeAxis(action, one, from)));
  if (chosen.size < list.length) {
    throw new ShapeError(`Cannot ${action} along axes ${formatShape([...list])}: an axis is named twice`, [
      from,
    ]);
  }
  const before = letters(from.length);
  const fresh = letters(from.length, from.length);
  const kept = [...from.keys()].filter((one) => keepdims || !chosen.has(one));
  const folded = [...from.keys()].filter((one) => chosen.has(one));
  const after = kept.map((one) => (chosen.has(one) ? fresh[one] : before[one])).join("");
  const to = kept.map((one) => (chosen.has(one) ? 1 : from[one]));
  return {
    from,
    before,
    after,
    to,
    folded,
    count: folded.reduce((product, one) => product * from[one], 1),
    down: { indices: `${before}->${after}`, lengths: lengthsOf(after, to) },
    up: { indices: `${after}->${before}`, lengths: lengthsOf(before, from) },
  };
}

/** The axes; throws if there is nothing to fold and the result would have no meaning. */
export function nonEmpty(what: string, axes: Axes): Axes {
  if (axes.count > 0) return axes;
  throw new ValueError(`Cannot take the ${what} of no entries: the shape is ${formatShape(axes.from)}`);
}

/** Sums along the axes, divided by `divisor` for a mean. */
export function sumAlong(name: string, axes: Axes, x: Tensor, divisor = 1): Tensor {
  return contract({ name, ...axes.down, divisor }, x);
}

/** Repeats a result of the reduction along the axes that were folded: it gets the argument's shape. A mean divides it. */
export function spreadAlong(axes: Axes, y: Tensor, divisor = 1): Tensor {
  return contract({ name: "broadcastTo", ...axes.up, divisor }, y);
}

function lengthsOf(group: string, shape: Shape): Record<string, number> {
  return Object.fromEntries(Array.from(group, (index, axis) => [index, shape[axis]]));
}

/** The declaration of a reduction that is not a sum. */
export interface Folding {
  readonly name: string;
  /** The value of one group of entries. */
  readonly fold: Fold;
  /** The sign that folds the entries in a formula, if there is one. */
  readonly big?: Big;
  /** What a textbook writes, in ops. */
  readonly definition?: (x: Tensor, axes: Axes) => Tensor;
  /**
   * ∂y/∂x, of the argument's shape, written in ops; `y` comes spread to that shape. `null` when the result is flat.
   */
  readonly partial?: ((y: Tensor, x: Tensor, axes: Axes) => Tensor | Mask) | null;
  /** ct ⊙ ∂y/∂x in one, instead, where the product has a limit that its factors lack. */
  readonly chain?: (ct: Tensor, y: Tensor, x: Tensor, axes: Axes) => Tensor;
  /** What the partial is still to be divided by: a length, which a formula writes as a letter (default 1). */
  readonly divisor?: number;
  /** Its options beside the axes, for its recipe. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Folds along the axes. One partial serves the backward and the forward mode alike. */
export function foldAlong(folding: Folding, axes: Axes, x: Tensor): Tensor {
  const { name, fold, big, definition, partial, divisor, options } = folding;
  const chain = (ct: Tensor, y: Tensor, argument: Tensor): Tensor | null => {
    const spread = spreadAlong(axes, y);
    if (folding.chain !== undefined) return folding.chain(ct, spread, argument, axes);
    const local = partial?.(spread, argument, axes) ?? null;
    if (local === null) return null;
    return local instanceof Mask ? pass(ct, local.share, spread) : carry(ct, local);
  };
  const op: Op = {
    name,
    tex: functionOver(name, axes.folded.length === axes.from.length ? [] : axes.folded),
    indices: () => `${axes.before}->${axes.after}`,
    ...(big && { big }),
    ...(definition && { definition: (argument: Tensor) => definition(argument, axes) }),
    recipe: { maker: name, axis: axes.folded, keepdims: axes.to.length === axes.from.length, ...options },
    shape: () => axes.to.slice(),
    primal: ({ shape, dtype }, { data }) => {
      const y = allocate(dtype, sizeOf(shape));
      foldGroups(y, data, axes.from, axes.folded, fold);
      return y;
    },
    vjp: (_i, ct, y, argument) => chain(spreadAlong(axes, ct, divisor), y, argument),
    jvp: (_i, t, y, argument) => {
      const share = chain(t, y, argument);
      return share && sumAlong("sum", axes, share, divisor);
    },
  };
  return applyOp(op, x);
}

/** What a reduction says about itself: where the tests try it, and how a formula writes it. */
interface About extends Terrain, Pick<FormulaCall, "aliases" | "tex"> {
  /** Its options in addition to those of every reduction. */
  readonly options?: Readonly<Record<string, OptionKind>>;
}

/** Makes an op of a function of a tensor and its axes. */
export function reduction<Options = unknown>(
  name: string,
  reduce: (x: Tensor, axes: Axes, options: ReduceOptions & Partial<Options>) => Tensor,
  { options: own, aliases, tex, ...terrain }: About = {},
): Reduction<Options> {
  const rules = {
    of: name,
    example: `${name}(X, { axis: 0 })`,
    known: { axis: AXES, keepdims: FLAG, ...own },
  };
  const call = (operand: Operand, given?: ReduceOptions & Partial<Options>): Tensor => {
    const x = toTensor(name, operand);
    const options = checkedOptions(given, rules);
    return reduce(x, axesOf(name, x.shape, options), options);
  };
  return publish(call, reductionSamples(call as (x: Tensor, options: ReduceOptions) => Tensor, terrain), {
    formula: { arity: 1, acts: "along an axis", ...(aliases && { aliases }), ...(tex && { tex }) },
    remake: (recipe: ReduceOptions & Partial<Options>) => {
      const chosen = Object.entries(recipe).filter(([option]) => Object.hasOwn(rules.known, option));
      return (x) => call(x, Object.fromEntries(chosen) as ReduceOptions & Partial<Options>); // which `call` checks
    },
  });
}
