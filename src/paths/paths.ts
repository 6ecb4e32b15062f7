/** The total derivative, path by path. */

import { CotangentMap, walkBack } from "../autodiff/backward.ts";
import { grad } from "../autodiff/grad.ts";
import { toposort } from "../autodiff/tape.ts";
import { isSymbolic } from "../print/expression.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { GradientError, ShapeError, ValueError } from "../tensor/errors.ts";
import { onesLike } from "../tensor/make.ts";
import { checkTensor, nameVariables } from "../tensor/operands.ts";
import { checkedOptions, NUMBER } from "../tensor/options.ts";
import { formatShape } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { type Path, Paths } from "./path-list.ts";

/** Options of `paths`. */
export interface PathsOptions {
  /** The most paths that are shown, 5 when left out: the largest; the others are summed up. */
  readonly most?: number;
}

/**
 * The paths by which `x` affects `J`: ∂J/∂x = Σ_paths ∂J/∂y ∂y/∂x. A path leads through the tensors that have a
 * name; unnamed steps between two of them are one factor. All paths are counted, the largest are shown with their
 * numbers, and the remainder of the gradient is given too.
 *
 * @throws ShapeError when J has more than one entry, GradientError when it does not depend on x, and ValueError when
 * x has no name.
 * @example
 * const x = tensor(3).as("x");
 * paths(add(square(x), x).as("J"), x).gradient.item() // 7
 */
export function paths(J: Tensor, x: Tensor, options?: PathsOptions): Paths {
  checkTensor("list the paths to", J, "paths(J, x)");
  checkTensor("list the paths from", x, "paths(J, x)");
  const { most = 5 } = checkedOptions(options, {
    of: "paths",
    example: "paths(J, x, { most: 9 })",
    known: { most: NUMBER },
  });
  const nameOf = naming(J);
  checkArguments(J, x, most, nameOf);
  const list = (): Paths => {
    const gradient = grad(J, x); // also notices an operand that was assigned since
    const graph = namedGraph(J, x, (z) => nameOf(z) !== null);
    const count = graph.counts.get(J) ?? 0n;
    if (count === 0n) throw noPath(J, x, nameOf);
    const largest = largestWays(graph, onesLike(J), most);
    const isAll = count <= BigInt(largest.length);
    // If all are shown, they stand in the order in which they were written; the ways back are the reverse of it.
    const ways = (isAll ? inOrder(largest, graph) : largest).map((way) => pathOf(way, graph, nameOf));
    const isExact = count <= BigInt(WIDTH) || ways.every(({ factors }) => factors !== null);
    return new Paths({ list: ways, count, gradient, isExact, isSymbolic: isSymbolic(J) });
  };
  return internals.withWitnesses(() => withoutRecording(list));
}

/** What a tensor is called; an unnamed J is J. */
function naming(J: Tensor): (z: Tensor) => string | null {
  nameVariables();
  return (z) => z.name ?? (z === J ? "J" : null);
}

function checkArguments(J: Tensor, x: Tensor, most: number, nameOf: (z: Tensor) => string | null): void {
  if (J.size !== 1) {
    const name = nameOf(J) ?? "Y";
    throw new ShapeError(
      `Cannot list the paths to ${name} of shape ${formatShape(J.shape)}: only a single number has one gradient; ` +
        `reduce first, as in sum(${name})`,
      [J.shape],
    );
  }
  if (x === J)
    throw new GradientError(`Cannot list the paths from ${nameOf(J)} to itself: name another tensor`);
  if (nameOf(x) === null) {
    throw new ValueError('Cannot list the paths from a tensor without a name: give it one, as in x.as("x")');
  }
  if (!Number.isInteger(most) || most < 1) {
    throw new ValueError(`Cannot show ${most} paths: give a whole number from 1 on`);
  }
}

function noPath(J: Tensor, x: Tensor, nameOf: (z: Tensor) => string | null): GradientError {
  const [j, name] = [nameOf(J), nameOf(x)];
  const isLeaf = internals.nodeOf(J) === null;
  const reason = isLeaf ? `${j} was not computed from anything` : `${j} does not depend on ${name}`;
  return new GradientError(
    `Cannot list the paths from ${name} to ${j}: ${reason}; compute ${j} from ${name}, then list them`,
  );
}

/** The ways in the order of their first tensors after J, then of the next, as the record has them. */
function inOrder(ways: readonly Way[], { order }: NamedGraph): Way[] {
  const ranks = new Map(order.map((z, rank) => [z, rank]));
  const rank = ({ tensors }: Way, k: number): number => ranks.get(tensors[k]) ?? 0;
  return ways.toSorted((a, b) => {
    const k = a.tensors.findIndex((z, i) => z !== b.tensors[i]);
    return k < 0 ? 0 : rank(a, k) - rank(b, k);
  });
}

function pathOf(
  { tensors, cotangent }: Way,
  { steps }: NamedGraph,
  nameOf: (z: Tensor) => string | null,
): Path {
  const isNumbers = tensors.every(({ size }) => size === 1);
  const factors = tensors.slice(1).map((x, k) => steps.get(tensors[k])?.get(x)?.data[0] ?? 0);
  return {
    // Every tensor on a path is named: that is what makes it a stop.
    names: tensors.map((z) => ({ name: nameOf(z) ?? "", rank: z.rank })),
    factors: isNumbers ? factors : null,
    contribution: new Tensor(cotangent.shape, cotangent.data),
  };
}

// A record as a person reads it: named tensors, with what lies between two of them taken as one step.

/** The named tensors from x to J, and how a cotangent gets from one to those before it. */
export interface NamedGraph {
  /** Each tensor after those it was computed from: x first, J last. */
  readonly order: readonly Tensor[];
  /** What each tensor was computed from in one step, with the derivative of the sum of its entries. */
  readonly steps: ReadonlyMap<Tensor, ReadonlyMap<Tensor, Tensor>>;
  /** How many paths lead to each tensor from x. */
  readonly counts: ReadonlyMap<Tensor, bigint>;
  /** Pulls a cotangent of y back by one step, to the named tensors it was computed from. */
  readonly pull: (y: Tensor, cotangent: Tensor) => Map<Tensor, Tensor>;
}

/** Reads the record of `J` between `x` and `J`; a tensor between the two is a stop if `isNamed`. */
export function namedGraph(J: Tensor, x: Tensor, isNamed: (z: Tensor) => boolean): NamedGraph {
  const leading = new Set([x]);
  const between = toposort(J).filter((z) => {
    if (internals.nodeOf(z)?.inputs.some((input) => leading.has(input))) leading.add(z);
    return leading.has(z);
  });
  const stops = new Set(between.filter((z) => z === x || z === J || isNamed(z)));
  const inside = new Map(Array.from(stops, (y) => [y, stepBelow(y, between, leading, stops)]));
  const pull: NamedGraph["pull"] = (y, cotangent) => {
    const cotangents = new CotangentMap([[y, cotangent]]);
    walkBack(inside.get(y) ?? [], cotangents, {
      isAskedFor: (input) => leading.has(input),
      operandsOf: (_z, { inputs }) => inputs,
    });
    // At a stop the step is over: its cotangent waits there for the next one.
    return new Map(Array.from(cotangents).filter(([z]) => z !== y && stops.has(z)));
  };
  const order = Array.from(stops);
  const steps = new Map(order.slice(1).map((y) => [y, pull(y, onesLike(y))]));
  const counts = new Map([[x, 1n]]);
  for (const [y, reached] of steps) {
    const before = Array.from(reached.keys(), (z) => counts.get(z) ?? 0n);
    counts.set(
      y,
      before.reduce((total, count) => total + count, 0n),
    );
  }
  return { order, steps, counts, pull };
}

/** The tensors that a cotangent of `y` passes until it meets the next stops: y first, each before those it came from. */
function stepBelow(
  y: Tensor,
  between: readonly Tensor[],
  leading: ReadonlySet<Tensor>,
  stops: ReadonlySet<Tensor>,
): Tensor[] {
  const needed = new Set([y]);
  const step: Tensor[] = [];
  let open = 1; // tensors that are needed and not met yet
  for (let k = between.indexOf(y); open > 0; k--) {
    const z = between[k];
    if (!needed.has(z)) continue;
    open -= 1;
    step.push(z);
    for (const input of internals.nodeOf(z)?.inputs ?? []) {
      if (needed.has(input) || stops.has(input) || !leading.has(input)) continue;
      needed.add(input);
      open += 1;
    }
  }
  return step;
}

// The paths that contribute most, without walking all of them: there may be more than there are atoms.

/** A way from J back to a tensor, and the cotangent that flows along it alone. */
export interface Way {
  /** From J to the tensor. */
  readonly tensors: readonly Tensor[];
  readonly cotangent: Tensor;
}

/** At every tensor, at most this many of the ways to it are followed further. */
export const WIDTH = 64;

/**
 * The `most` ways from J to x with the largest cotangents, the largest first. For single numbers they are the largest
 * there are, as all ways to a tensor go on with the same factors. For matrices that is so as long as at most 64 ways
 * meet in a tensor; beyond that, a way that is small at first is dropped.
 */
export function largestWays({ order, counts, pull }: NamedGraph, seed: Tensor, most: number): Way[] {
  const J = order[order.length - 1];
  const ways = new Map<Tensor, Way[]>([[J, [{ tensors: [J], cotangent: seed }]]]);
  for (const y of order.slice(1).reverse()) {
    for (const { tensors, cotangent } of largest(ways.get(y) ?? [], Math.max(WIDTH, most))) {
      for (const [x, dx] of pull(y, cotangent)) {
        if ((counts.get(x) ?? 0n) === 0n) continue; // no derivative passes on from there
        const before = ways.get(x);
        const way = { tensors: [...tensors, x], cotangent: dx };
        if (before === undefined) ways.set(x, [way]);
        else before.push(way);
      }
    }
    ways.delete(y);
  }
  return largest(ways.get(order[0]) ?? [], most);
}

function largest(ways: readonly Way[], most: number): Way[] {
  const sizes = new Map(ways.map((way) => [way, sizeOf(way.cotangent)]));
  const size = (way: Way): number => sizes.get(way) ?? 0;
  return ways.toSorted((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a))).slice(0, most);
}

/** The sum of squares; NaN counts as larger than any number. */
function sizeOf({ data }: Tensor): number {
  const squares = data.reduce((total, entry) => total + entry * entry, 0);
  return Number.isNaN(squares) ? Number.POSITIVE_INFINITY : squares;
}
