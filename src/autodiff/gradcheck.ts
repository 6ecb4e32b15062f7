/** Compares a gradient with central differences, and says what is wrong with it. */

import { concat } from "../ops/concat.ts";
import { reshape } from "../ops/reshape.ts";
import { DtypeError, GradientError, InconclusiveError, ShapeError, ValueError } from "../tensor/errors.ts";
import { onesLike } from "../tensor/make.ts";
import { plainNumber } from "../tensor/numbers.ts";
import { checkTensor, listed } from "../tensor/operands.ts";
import { checkedOptions, checkFunction, FUNCTION, NUMBER, oneOf } from "../tensor/options.ts";
import { createRandom } from "../tensor/random.ts";
import { entryName, formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Slope, slopesAt } from "./central-difference.ts";
import { grad } from "./grad.ts";
import { judge, mistakeIn } from "./judgement.ts";

/** The arguments of a function that is checked at one tensor, or at a list of them. */
export type ArgumentsOf<X> = X extends Tensor ? [X] : X extends readonly Tensor[] ? [...X] : never;

type Differentiable = (...xs: Tensor[]) => Tensor;

/** Options of `gradcheck`. */
export interface GradcheckOptions<X = readonly Tensor[]> {
  /**
   * A derivative written by hand, to be checked in place of the library's: from dY and the arguments to the gradient
   * of each, one tensor or a list.
   */
  readonly gradient?: (dY: Tensor, ...xs: ArgumentsOf<X>) => Tensor | readonly Tensor[];
  /** 2 checks the second derivatives too (default, unless a `gradient` is given). */
  readonly order?: 1 | 2;
  /** The error allowed in each entry, relative to that entry (default 1e−6). */
  readonly tolerance?: number;
}

const EXAMPLE = "gradcheck((x) => square(x), X)";

/**
 * Checks the gradient of `f` at `xs` against central differences, entry by entry, under a random upstream gradient dY.
 * Answers true, or throws an error that names the entry, both values, and the likely mistake.
 * The steps follow the size of each entry and the bends of `f`, and every entry is judged relative to itself, so that
 * arguments of any size are checked alike. Where differences say nothing, as at a kink, another error is thrown.
 *
 * Use arguments that are not square and have no special values: an all-ones dY or a square matrix lets many mistakes
 * pass.
 *
 * @throws GradientError when they disagree; InconclusiveError when nothing can be said; ShapeError when a gradient
 * does not have its argument's shape; DtypeError for float32, which is too coarse for differences.
 * @example
 * gradcheck((x) => mul(x, x), tensor([[1, 2, 3]])) // true
 */
export function gradcheck<const X extends Tensor | readonly Tensor[]>(
  f: (...xs: ArgumentsOf<X>) => Tensor,
  xs: X,
  options?: GradcheckOptions<X>,
): true {
  checkFunction("check the gradient of", f, EXAMPLE);
  const list = listed("check a gradient at", xs, EXAMPLE);
  if (list.length === 0) {
    throw new ValueError(`Cannot check a gradient at no tensors: give one or a list, as in ${EXAMPLE}`);
  }
  const checked = checkedOptions(options, {
    of: "gradcheck",
    example: `gradcheck(f, X, { gradient: (dY, x) => … })`,
    known: { gradient: FUNCTION, order: oneOf(1, 2), tolerance: NUMBER },
  });
  // A list of arguments, whatever the types say of each.
  const { gradient, ...rest } = checked as GradcheckOptions;
  return check("Gradient check", answering(f as Differentiable), list, {
    ...rest,
    ...(gradient && {
      gradient: (...given) =>
        listed("check the gradient", gradient(...given), "gradient: (dY, x) => mul(dY, x)"),
    }),
  });
}

/** The function, checked to return a tensor: a `return` is easily forgotten. */
function answering(f: Differentiable): Differentiable {
  return (...xs) => {
    const y = f(...xs);
    checkTensor("check the gradient of a function that answers", y, EXAMPLE);
    return y;
  };
}

function check(title: string, f: Differentiable, x: readonly Tensor[], options: GradcheckOptions): true {
  for (const { dtype } of x) {
    if (dtype !== "float64")
      throw new DtypeError(`Cannot check gradients of ${dtype}: cast the arguments to "float64"`);
  }
  const { gradient, order = gradient === undefined ? 2 : 1, tolerance = 1e-6 } = options;
  const random = createRandom(1);
  const y = f(...x);
  const dY = new Tensor([...y.shape], Float64Array.from({ length: y.size }, random.normal));
  const given = gradient?.(dY, ...x);
  const first =
    given === undefined ? grad(y, x, { cotangent: dY }) : given instanceof Tensor ? [given] : given;

  let unsaid: string | null = null;
  x.forEach((xi, i) => {
    const name = xi.name ?? `argument ${i + 1}`;
    checkShape(`${title} of ${name}`, name, first[i], xi);
    const slopes = slopesAlong(dY, f, x, i);
    for (const [k, slope] of slopes.entries()) {
      const judgement = judge(first[i].data[k], slope, tolerance);
      const entry = entryName(k, xi.shape);
      if (judgement.kind === "unsaid")
        unsaid ??= `Cannot check the gradient of ${name} at ${entry}: ${judgement.why}`;
      if (judgement.kind !== "fails") continue;
      const likely = gradient && likelyMistake(first[i], slopes, tolerance, { dY, f, x, i });
      throw new GradientError(
        `${title} of ${name} failed at ${entry}: the gradient is ${plainNumber(first[i].data[k])}, ` +
          `the central difference ${plainNumber(slope.value)}` +
          (likely ? `; ${likely}` : ""),
      );
    }
  });
  if (unsaid !== null) throw new InconclusiveError(unsaid);

  if (order === 2) {
    const gradients: Differentiable = (...at) =>
      concat(grad(f(...at), at, { cotangent: dY, createGraph: true }).map((dx) => reshape(dx, dx.size)));
    check("Second-derivative check", gradients, x, { order: 1, tolerance });
  }
  return true;
}

/** The slopes of ⟨dY, f⟩ in the entries of argument i at `positions`, by default all. */
function slopesAlong(
  dY: Tensor,
  f: Differentiable,
  x: readonly Tensor[],
  i: number,
  positions?: readonly number[],
): Slope[] {
  return slopesAt((moved) => dY.mul(f(...x.with(i, moved))).data, x[i], positions);
}

function checkShape(title: string, name: string, gradient: Tensor | undefined, x: Tensor): void {
  if (gradient !== undefined && sameShape(gradient.shape, x.shape)) return;
  if (gradient === undefined) {
    throw new ShapeError(`${title} failed: no gradient was given for it`, [x.shape]);
  }
  const isTransposed = x.rank === 2 && sameShape(gradient.shape, x.shape.toReversed());
  throw new ShapeError(
    `${title} failed: the gradient has shape ${formatShape(gradient.shape)}, ` +
      `${name} has ${formatShape(x.shape)}` +
      (isTransposed ? "; it looks transposed" : ""),
    [gradient.shape, x.shape],
  );
}

interface Attempt {
  readonly dY: Tensor;
  readonly f: Differentiable;
  readonly x: readonly Tensor[];
  readonly i: number;
}

/** The mistakes that students make most often, each with what it looks like. */
function likelyMistake(
  gradient: Tensor,
  slopes: readonly Slope[],
  tolerance: number,
  { dY, f, x, i }: Attempt,
): string | null {
  const alongOnes = (positions: readonly number[]): Slope[] => slopesAlong(onesLike(dY), f, x, i, positions);
  // One slope after the other, as the first nearly always says no.
  const lacksUpstream = (): boolean =>
    gradient.data.every((entry, k) => judge(entry, alongOnes([k])[0], tolerance * 10).kind !== "fails");
  const isEqual = (a: Tensor, b: Tensor): boolean =>
    sameShape(a.shape, b.shape) &&
    a.data.every((ak, k) => Math.abs(ak - b.data[k]) <= tolerance * 10 * Math.abs(b.data[k]) + noise[k]);
  const noise = slopes.map(({ error }) => error);
  const differences = new Tensor(
    [...x[i].shape],
    Float64Array.from(slopes, ({ value }) => value),
  );
  if (isEqual(gradient, dY)) return "it is dY itself: the local derivative is missing";
  if (lacksUpstream()) return "the upstream gradient dY is missing";
  return mistakeIn(gradient, differences, isEqual);
}
