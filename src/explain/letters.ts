/** Letters for lengths: which axes of a record must be equal, found along the record, not by equal sizes. */

import { toposort } from "../autodiff/toposort.ts";
import { groupsOf } from "../indices.ts";
import { nameTex } from "../latex/name.ts";
import { internals, type Tensor } from "../tensor.ts";

const LETTERS: readonly string[] = [
  "\\alpha",
  "\\beta",
  "\\gamma",
  "\\delta",
  "\\kappa",
  "\\lambda",
  "\\mu",
  "\\nu",
];

/** The lengths of each tensor's axes: a letter per class of equal axes, 1 for an axis of length 1. */
export type Lengths = (x: Tensor) => readonly string[];

/**
 * Names the lengths in the record of `y`. Axes are the same where an op says so; the lengths that a symbol was given
 * keep their letters, the others get α, β, … in the order in which they are asked for.
 */
export function lettersFor(y: Tensor): Lengths {
  const parent = new Map<string, string>();
  const ids = new Map<Tensor, number>();
  const key = (x: Tensor, axis: number): string => {
    if (!ids.has(x)) ids.set(x, ids.size);
    return `${ids.get(x)}:${axis}`;
  };
  const root = (axis: string): string => {
    const above = parent.get(axis) ?? axis;
    return above === axis ? axis : root(above);
  };
  const unite = (a: string, b: string): void => {
    const [ra, rb] = [root(a), root(b)];
    if (ra !== rb) parent.set(rb, ra);
  };

  const order = toposort(y);
  for (const z of order) {
    const node = internals.nodeOf(z);
    const correspondence = node?.op.indices?.(...node.inputs.map(({ shape }) => shape));
    if (!node || correspondence === undefined) continue;
    const [groups, output] = groupsOf(correspondence);
    const first = new Map<string, string>();
    const meet = (x: Tensor, group: string): void => {
      for (const [axis, index] of Array.from(group).entries()) {
        const before = first.get(index);
        if (before === undefined) first.set(index, key(x, axis));
        else unite(before, key(x, axis));
      }
    };
    for (const [i, x] of node.inputs.entries()) meet(x, groups[i]);
    meet(z, output);
  }
  const letters = new Map<string, string>();
  for (const x of order) {
    internals.dimsOf(x)?.forEach((dim, axis) => {
      letters.set(root(key(x, axis)), dim === null ? `${x.shape[axis]}` : nameTex(dim, 0));
    });
  }
  const taken = new Set(letters.values());
  const free = LETTERS.filter((letter) => !taken.has(letter));
  const lengthOf = (x: Tensor, axis: number): string => {
    if (x.shape[axis] === 1) return "1";
    const axisClass = root(key(x, axis));
    const letter = letters.get(axisClass) ?? free.shift() ?? `${x.shape[axis]}`;
    letters.set(axisClass, letter);
    return letter;
  };
  return (x) => x.shape.map((_, axis) => lengthOf(x, axis));
}
