/** Letters for lengths: which axes of a record must be equal, found along the record, not by equal sizes. */

import { toposort } from "../autodiff/tape.ts";
import { groupsOf } from "../tensor/shape.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { nameTex } from "../tex/name.ts";

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
 * Names the lengths in the record of `y`. Two axes are the same where an op says so; lengths that a symbol was given
 * keep their letters, the others get α, β, … in the order in which they are asked for.
 */
export function lettersFor(y: Tensor): Lengths {
  const { order, root, key } = axesAlong(y);
  const letters = new Map<string, string>();
  for (const x of order) {
    internals.dimsOf(x)?.forEach((dim, axis) => {
      letters.set(root(key(x, axis)), dim === null ? `${x.shape[axis]}` : nameTex(dim, 0));
    });
  }
  const taken = new Set(letters.values());
  const free = LETTERS.filter((letter) => !taken.has(letter));
  let further = 0; // beyond the alphabet they are numbered
  const lengthOf = (x: Tensor, axis: number): string => {
    if (x.shape[axis] === 1) return "1";
    const axisClass = root(key(x, axis));
    const letter = letters.get(axisClass) ?? free.shift() ?? `\\ell_{${++further}}`;
    letters.set(axisClass, letter);
    return letter;
  };
  return (x) => x.shape.map((_, axis) => lengthOf(x, axis));
}

/**
 * The lengths in the record of `z`, which is made of tensors that `lengthsOf` knows: a gradient. `same` says which of
 * them each tensor has the lengths of. Letters are asked for only where they are needed, so that none is wasted.
 */
export function lettersAlong(z: Tensor, same: ReadonlyMap<Tensor, Tensor>, lengthsOf: Lengths): Lengths {
  const { root, key } = axesAlong(z);
  const known = new Map<string, () => string>();
  for (const [x, one] of same) {
    for (const axis of x.shape.keys()) known.set(root(key(x, axis)), () => lengthsOf(one)[axis]);
  }
  return (x) =>
    x.shape.map((length, axis) => (length === 1 ? "1" : (known.get(root(key(x, axis)))?.() ?? `${length}`)));
}

/** The axes in a record, and which of them are the same. */
interface AxesAlong {
  readonly order: readonly Tensor[];
  readonly key: (x: Tensor, axis: number) => string;
  readonly root: (axis: string) => string;
}

function axesAlong(y: Tensor): AxesAlong {
  const parent = new Map<string, string>();
  const ids = new Map<Tensor, number>();
  const key = (x: Tensor, axis: number): string => {
    if (!ids.has(x)) ids.set(x, ids.size);
    return `${ids.get(x)}:${axis}`;
  };
  const root = (axis: string): string => {
    let top = axis;
    for (let above = parent.get(top); above !== undefined && above !== top; above = parent.get(top))
      top = above;
    parent.set(axis, top); // a long chain is walked once
    return top;
  };
  const unite = (a: string, b: string): void => {
    const [ra, rb] = [root(a), root(b)];
    if (ra !== rb) parent.set(rb, ra);
  };

  const order = toposort(y);
  for (const z of order) {
    const node = internals.nodeOf(z);
    const shapes = node?.inputs.map(({ shape }) => shape) ?? [];
    const correspondence = node?.op.indices?.(...shapes) ?? node?.op.lengths?.(...shapes);
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
  return { order, key, root };
}
