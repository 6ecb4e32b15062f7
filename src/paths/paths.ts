/** The total derivative, path by path. */

import { grad } from "../autodiff/grad.ts";
import { GradientError, ShapeError, ValueError } from "../errors.ts";
import { isSymbolic } from "../latex/symbolic.ts";
import { onesLike } from "../make.ts";
import { withoutRecording } from "../op.ts";
import { checkedOptions, NUMBER } from "../options.ts";
import { formatShape } from "../shape.ts";
import { internals, Tensor } from "../tensor.ts";
import { checkTensor } from "../tensors.ts";
import { nameVariables } from "../variable-names.ts";
import { largestWays, type Way, WIDTH } from "./largest.ts";
import { type NamedGraph, namedGraph } from "./named-graph.ts";
import { type Path, Paths } from "./path-list.ts";

/** Options of `paths`. */
export interface PathsOptions {
  /** The most paths that are shown, 5 when left out: the largest; the others are summed up. */
  readonly most?: number;
}

/**
 * The paths by which `x` has its effect on `J`: ∂J/∂x = Σ_paths ∂J/∂y ∂y/∂x. A path leads over the tensors that have a
 * name; unnamed steps between two of them are one factor. All paths are counted, the largest are shown with their
 * numbers, and what is left to the gradient is said.
 *
 * @throws ShapeError when J has more entries than one, GradientError when it does not depend on x, and ValueError when
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
    // All of them stand in the order in which they were written, of which the ways back are the reverse.
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
