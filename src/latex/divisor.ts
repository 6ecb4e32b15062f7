/** What a mean is divided by, in letters: αβ, not the 143 behind two symbols. */

import { groupsOf } from "../indices.ts";
import { internals, type Tensor } from "../tensor.ts";

/** The factor of a mean in the record of `y`: 1/(αβ), or 1/(αβ − 1) where less is divided by. */
export function divisorTex(y: Tensor, lengthsOf: (x: Tensor) => readonly string[]): string {
  return `\\frac{1}{${divisorOf(y, lengthsOf)}}`;
}

/** The lengths of the axes that the mean folds, or that its derivative spreads over again. */
export function divisorOf(y: Tensor, lengthsOf: (x: Tensor) => readonly string[]): string {
  const node = internals.nodeOf(y);
  const divisor = node?.op.divisor ?? 1;
  const correspondence = node?.op.indices?.(...node.inputs.map(({ shape }) => shape));
  if (node === null || correspondence === undefined) return `${divisor}`;
  const [groups, output] = groupsOf(correspondence);
  let count = 1;
  const folded: string[] = [];
  const collect = (x: Tensor, group: string, isKept: (index: string) => boolean): void => {
    const lengths = lengthsOf(x);
    for (const [axis, index] of Array.from(group).entries()) {
      if (isKept(index) || x.shape[axis] === 1) continue;
      count *= x.shape[axis];
      folded.push(lengths[axis]);
    }
  };
  for (const [i, x] of node.inputs.entries()) collect(x, groups[i], (index) => output.includes(index));
  collect(y, output, (index) => groups.join("").includes(index));
  if (folded.every((length) => /^\d+$/.test(length))) return `${divisor}`;
  const less = count - divisor; // the correction of a variance
  return `${folded.join(" ")}${less === 0 ? "" : less > 0 ? ` - ${less}` : ` + ${-less}`}`;
}
