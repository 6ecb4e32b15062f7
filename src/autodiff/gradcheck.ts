/** Compares a gradient with central differences, and says what is wrong with it. */

import { DtypeError, GradientError, ShapeError } from "../errors.ts";
import { onesLike } from "../make.ts";
import { plainNumber } from "../numbers.ts";
import { createRandom } from "../random.ts";
import { entryName, formatShape, sameShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { centralDifference } from "./central-difference.ts";
import { grad } from "./grad.ts";
import { mistakeIn } from "./mistake.ts";

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
  /** The step of the differences (default 1e−5). */
  readonly step?: number;
  /** The error allowed, relative to 1 + |difference| (default 1e−6). */
  readonly tolerance?: number;
}

/**
 * Checks the gradient of `f` at `xs` against central differences, entry by entry, under a random upstream gradient dY.
 * Answers true, or throws an error that names the entry, both values, and the likely mistake.
 *
 * Use arguments that are not square and have no special values: an all-ones dY or a square matrix lets many mistakes
 * pass.
 *
 * @throws GradientError when they disagree; ShapeError when a gradient has not its argument's shape; DtypeError for
 * float32, which is too coarse for differences.
 * @example
 * gradcheck((x) => mul(x, x), tensor([[1, 2, 3]])) // true
 */
export function gradcheck<const X extends Tensor | readonly Tensor[]>(
  f: (...xs: ArgumentsOf<X>) => Tensor,
  xs: X,
  options: GradcheckOptions<X> = {},
): true {
  const list: readonly Tensor[] = xs instanceof Tensor ? [xs] : xs;
  // A list of arguments, whatever the type says of each.
  return check("Gradient check", f as Differentiable, list, options as GradcheckOptions);
}

function check(title: string, f: Differentiable, x: readonly Tensor[], options: GradcheckOptions): true {
  for (const { dtype } of x) {
    if (dtype !== "float64")
      throw new DtypeError(`Cannot check gradients of ${dtype}: cast the arguments to "float64"`);
  }
  const { gradient, order = gradient === undefined ? 2 : 1, step = 1e-5, tolerance = 1e-6 } = options;
  const random = createRandom(1);
  const like = ({ shape, size }: Tensor): Tensor =>
    new Tensor([...shape], Float64Array.from({ length: size }, random.normal));
  const dY = like(f(...x));
  const given = gradient?.(dY, ...x);
  const first =
    given === undefined ? grad(f(...x), x, { cotangent: dY }) : given instanceof Tensor ? [given] : given;

  const along = (...at: Tensor[]): number => inner(dY, f(...at));
  x.forEach((xi, i) => {
    const name = xi.name ?? `argument ${i + 1}`;
    checkShape(`${title} of ${name}`, name, first[i], xi);
    const differences = centralDifferences(along, x, i, step);
    const entry = disagreement(first[i], differences, tolerance);
    if (entry === null) return;
    const likely = gradient && likelyMistake(first[i], differences, tolerance, { dY, f, x, i, step });
    throw new GradientError(
      `${title} of ${name} failed at ${entryName(entry, xi.shape)}: the gradient is ` +
        `${plainNumber(first[i].data[entry])}, the central difference ${plainNumber(differences.data[entry])}` +
        (likely ? `; ${likely}` : ""),
    );
  });

  if (order === 2) {
    const tangents = x.map(like);
    const slope: Differentiable = (...at) => {
      const gradients = grad(f(...at), at, { cotangent: dY, createGraph: true });
      return gradients.map((dx, i) => dx.mul(tangents[i]).sum()).reduce((a, b) => a.add(b));
    };
    check("Second-derivative check", slope, x, { order: 1, step, tolerance });
  }
  return true;
}

function inner(a: Tensor, b: Tensor): number {
  let total = 0;
  for (let k = 0; k < a.size; k++) total += a.data[k] * b.data[k];
  return total;
}

function centralDifferences(
  f: (...x: Tensor[]) => number,
  x: readonly Tensor[],
  i: number,
  h: number,
): Tensor {
  const along = (moved: Tensor): number => f(...x.with(i, moved));
  const slopes = x[i].data.map((_, k) => centralDifference(along, x[i], k, h));
  return new Tensor([...x[i].shape], slopes);
}

/** The first entry at which the two disagree. */
function disagreement(gradient: Tensor, differences: Tensor, tolerance: number): number | null {
  const k = differences.data.findIndex(
    (d, at) => !(Math.abs(gradient.data[at] - d) <= tolerance * (1 + Math.abs(d))),
  );
  return k < 0 ? null : k;
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

interface Situation {
  readonly dY: Tensor;
  readonly f: Differentiable;
  readonly x: readonly Tensor[];
  readonly i: number;
  readonly step: number;
}

/** The mistakes that students make most, each with what it looks like. */
function likelyMistake(
  gradient: Tensor,
  differences: Tensor,
  tolerance: number,
  situation: Situation,
): string | null {
  const { dY, f, x, i, step } = situation;
  const isEqual = (a: Tensor, b: Tensor): boolean =>
    sameShape(a.shape, b.shape) && disagreement(a, b, tolerance * 10) === null;
  if (isEqual(gradient, dY)) return "it is dY itself: the local derivative is missing";
  const ones = onesLike(dY);
  if (
    isEqual(
      gradient,
      centralDifferences((...at) => inner(ones, f(...at)), x, i, step),
    )
  ) {
    return "the upstream gradient dY is missing";
  }
  return mistakeIn(gradient, differences, isEqual);
}
