/**
 * Ops that are a sum of products, declared by an index string: `ik,kj->ij` is the matrix product,
 * z_ij = Σ_k x_ik y_kj.
 *
 * An index that stands only before the arrow is summed over; one that stands only after it repeats the value along a
 * new axis; one that stands twice in a group takes, or fills, a diagonal. So the adjoint of a contraction is again a
 * contraction: exchange the result's group with the operand's, dX = `ij,kj->ik` (dZ, Y).
 */

import { accumulate, type Loop, type Loops, planOf, type Plan as Sum } from "../numeric/contract.ts";
import { applyTo } from "../tensor/apply.ts";
import { allocate } from "../tensor/dtype.ts";
import { ShapeError, ValueError } from "../tensor/errors.ts";
import type { Maker, Op } from "../tensor/op.ts";
import { formatShape, groupsOf, letters, type Shape, sameShape, sizeOf, stridesOf } from "../tensor/shape.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { contractionTex } from "../tex/contraction.ts";

/** A contraction of one or two operands. */
export interface Contraction {
  readonly name: string;
  /** The op that it belongs to, where it is a step of a backward pass. */
  readonly of?: string;
  /** One letter per axis, a group per operand: `ik,kj->ij`. */
  readonly indices: string;
  /** The lengths of the indices that stand only after the arrow. */
  readonly lengths?: Lengths;
  /** What the sum is divided by, for a mean. */
  readonly divisor?: number;
  /** Which of two operands is a cotangent or a tangent: where it is 0, the term is 0, even next to ∞ or NaN. */
  readonly stops?: number;
}

type Lengths = Readonly<Record<string, number>>;

/** Applies a contraction. */
export function contract(contraction: Contraction, ...x: Tensor[]): Tensor {
  return applyTo(opOf(contraction), x);
}

// A backward pass asks for the same contractions again and again: their ops are kept, by index string.
const known = new Map<string, [contraction: Contraction, op: Op][]>();
const [MOST_STRINGS, MOST_PER_STRING] = [1000, 16];

function opOf(contraction: Contraction): Op {
  let list = known.get(contraction.indices);
  if (list === undefined) {
    if (known.size >= MOST_STRINGS) known.clear();
    list = [];
    known.set(contraction.indices, list);
  }
  for (const [other, op] of list) if (isSame(contraction, other)) return op;
  const op = contractionOp(contraction);
  if (list.length >= MOST_PER_STRING) list.shift();
  list.push([contraction, op]);
  return op;
}

/** Whether two contractions of one index string are the same. */
function isSame(one: Contraction, other: Contraction): boolean {
  return (
    one.name === other.name &&
    one.divisor === other.divisor &&
    one.stops === other.stops &&
    one.of === other.of &&
    haveSameLengths(one.lengths, other.lengths)
  );
}

function haveSameLengths(one: Lengths | undefined, other: Lengths | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  for (const index in one) if (one[index] !== other[index]) return false;
  for (const index in other) if (!(index in one)) return false;
  return true;
}

/** An index of its own: no index string of a student or of an op has it. */
const ROW = "*";

/** The same contraction for every row of operand i, which has an axis more, in front. */
function inRows(contraction: Contraction, i: number): Contraction {
  const [inputs, output] = groupsOf(contraction.indices);
  return { ...contraction, indices: `${inputs.with(i, ROW + inputs[i]).join(",")}->${ROW}${output}` };
}

/** Makes contractions again. */
export const contraction: Maker = {
  remake:
    ({ name, indices, lengths, divisor, stops }: Contraction) =>
    (...x) =>
      contract(
        {
          name,
          indices,
          ...(lengths && { lengths }),
          ...(divisor !== undefined && { divisor }),
          ...(stops !== undefined && { stops }),
        },
        ...x,
      ),
};

function contractionOp(contraction: Contraction): Op {
  const { name, of, indices, divisor = 1, stops } = contraction;
  const [inputs, output] = groupsOf(indices);

  const adjoints = inputs.map((group, i) => `${inputs.with(i, output).join(",")}->${group}`);
  const exchanged = (i: number, x: readonly Tensor[]): Contraction => ({
    name,
    indices: adjoints[i],
    lengths: lengthsOf(
      inputs,
      x.map((xj) => xj.shape),
    ),
    divisor,
    ...(x.length > 1 && { stops: i }),
  });

  /** The plans for the last shapes that it met. */
  const plans: Plan[] = [];
  const planFor = (a: Shape, b: Shape | undefined): Plan => {
    for (const plan of plans) if (isFor(plan, a, b)) return plan;
    const shapes = b === undefined ? [a] : [a, b];
    const lengths = { ...lengthsOf(inputs, shapes), ...contraction.lengths };
    const shape = Array.from(output, (index) => lengths[index]);
    const plan: Plan = {
      shapes: shapes.map((one) => [...one]),
      shape,
      sum: planOf(loopsOf(inputs, output, shape, shapes), shapes.length),
      adjoints: [],
    };
    if (plans.length >= MOST_PLANS) plans.shift();
    plans.push(plan);
    return plan;
  };

  const finish = { divisor, stops };
  return {
    name,
    ...(of !== undefined && { of }),
    // Worked out when it is asked for: a backward pass makes many contractions, and few are shown.
    tex: (...x) => contractionTex(indices, divisor, contraction.lengths ?? {})(...x),
    texIn: (letters) =>
      contractionTex(indices, divisor === 1 ? 1 : letters.divisor, contraction.lengths ?? {}),
    indices: () => indices,
    recipe: { maker: "contract", name, indices, lengths: contraction.lengths, divisor, stops },
    divisor,
    shape: (a, b) => planFor(a, b).shape.slice(),
    primal: ({ shape, dtype }, a, b) => {
      const { sum } = planFor(a.shape, b?.shape);
      const y = allocate(dtype, sizeOf(shape), !sum.fillsAll);
      accumulate(sum, y, internals.entriesOf(a), internals.entriesOf(b ?? a), finish);
      return y;
    },
    vjp: (i, ct, _y, ...x) => {
      const { adjoints } = planFor(x[0].shape, x[1]?.shape);
      adjoints[i] ??= opOf(exchanged(i, x));
      x[i] = ct;
      return applyTo(adjoints[i], x);
    },
    vjps: (i, cts, _y, ...x) => contract(inRows(exchanged(i, x), x.length > 1 ? i : 0), ...x.with(i, cts)),
    jvp: (i, t, _y, ...x) => contract({ ...contraction, ...(x.length > 1 && { stops: i }) }, ...x.with(i, t)),
  };
}

/** The result's shape and how its sums are computed, for operands of these shapes. */
interface Plan {
  readonly shapes: readonly Shape[];
  readonly shape: Shape;
  readonly sum: Sum;
  /** The contractions that pull a cotangent back to each operand, once they were asked for. */
  readonly adjoints: Op[];
}

const MOST_PLANS = 8;

function isFor({ shapes }: Plan, a: Shape, b: Shape | undefined): boolean {
  return sameShape(shapes[0], a) && (b === undefined || sameShape(shapes[1], b));
}

/**
 * The index string of a student taken apart, for operands of these shapes; without an arrow, the result has the indices
 * that stand once, in the order of the alphabet.
 *
 * @throws ShapeError when it does not fit the shapes; ValueError when it is not an index string.
 */
export function readIndices(given: string, shapes: readonly Shape[]): [inputs: string[], output: string] {
  const refuse = (why: string): ShapeError => {
    const operands = shapes.length === 1 ? "shape" : "shapes";
    const found =
      shapes.length === 0 ? "no operands" : `${operands} ${shapes.map(formatShape).join(" and ")}`;
    return new ShapeError(`Cannot einsum ${JSON.stringify(given)} with ${found}: ${why}`, shapes);
  };
  const indices = given.replace(/\s/g, "");
  if (!/^[a-z]*(,[a-z]*)*(->[a-z]*)?$/i.test(indices)) {
    throw new ValueError(
      `Cannot einsum ${JSON.stringify(given)}: an index is one letter, and each operand has a group of them, as in ` +
        'einsum("ij,jk->ik", X, Y)',
    );
  }
  const [before, after] = indices.split("->");
  const inputs = before.split(",");
  if (inputs.length !== shapes.length) {
    throw refuse(
      `${inputs.length} ${inputs.length === 1 ? "group of indices wants" : "groups of indices want"} as many operands`,
    );
  }
  for (const [i, group] of inputs.entries()) {
    const { length } = shapes[i];
    if (group.length !== length)
      throw refuse(`"${group}" names ${axes(group.length)}, and its operand has ${length}`);
  }
  const all = Array.from(inputs.join(""));
  const lengths = shapes.flat();
  for (const [k, index] of all.entries()) {
    const first = lengths[all.indexOf(index)];
    if (lengths[k] !== first) throw refuse(`the index ${index} has lengths ${first} and ${lengths[k]}`);
  }
  const once = all.filter((index) => all.indexOf(index) === all.lastIndexOf(index));
  const output = after ?? once.sort().join("");
  for (const [k, index] of Array.from(output).entries()) {
    if (!all.includes(index)) throw refuse(`the index ${index} of the result stands in no operand`);
    if (output.indexOf(index) !== k) {
      throw refuse(`the index ${index} stands twice in the result; diag(x) fills a diagonal`);
    }
  }
  return [inputs, output];
}

const axes = (count: number): string => `${count} ${count === 1 ? "axis" : "axes"}`;

function lengthsOf(groups: readonly string[], shapes: readonly Shape[]): Lengths {
  const lengths: Record<string, number> = {};
  groups.forEach((group, operand) => {
    Array.from(group).forEach((index, axis) => {
      lengths[index] = shapes[operand][axis];
    });
  });
  return lengths;
}

function loopsOf(inputs: readonly string[], output: string, shape: Shape, operands: readonly Shape[]): Loops {
  const lengths: Lengths = { ...lengthsOf([output], [shape]), ...lengthsOf(inputs, operands) };
  const loop = (index: string): Loop => ({
    length: lengths[index],
    y: stepOf(index, output, shape),
    a: stepOf(index, inputs[0], operands[0]),
    b: operands.length > 1 ? stepOf(index, inputs[1], operands[1]) : 0,
  });
  const kept = new Set(output);
  const summed = [...new Set(inputs.join(""))].filter((index) => !kept.has(index));
  return { kept: Array.from(kept, loop), summed: summed.map(loop) };
}

/** How far one step of `index` moves in a tensor whose axes are `group`; along a diagonal, the steps add up. */
function stepOf(index: string, group: string, shape: Shape): number {
  const strides = stridesOf(shape);
  let step = 0;
  for (let axis = 0; axis < group.length; axis++) if (group[axis] === index) step += strides[axis];
  return step;
}

/** Sums `x` over the axes along which a tensor of `shape` was broadcast to x's shape: the adjoint of broadcasting. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  return matchAxes({ name: "sumTo", of: "sum" }, x, shape, x.shape.length - shape.length);
}

/** `sumTo` for every row of `x`. */
export function sumRowsTo(x: Tensor, shape: Shape): Tensor {
  const { rank } = x;
  const [own, fresh] = [letters(rank), letters(shape.length, rank)];
  const offset = rank - shape.length;
  const isKept = (axis: number): boolean => x.shape[axis + offset] === shape[axis];
  if (offset === 1 && shape.every((_, axis) => isKept(axis))) return x;
  const after = shape.map((_, axis) => (isKept(axis) ? own[axis + offset] : fresh[axis])).join("");
  const lengths = Object.fromEntries(shape.map((length, axis) => [fresh[axis], length]));
  return contract({ name: "sumTo", of: "sum", indices: `${own}->${own[0]}${after}`, lengths }, x);
}

/** Repeats `x` along axes of length 1, and new leading ones, until it has `shape`. */
export function stretchTo(x: Tensor, shape: Shape): Tensor {
  return matchAxes({ name: "broadcastTo" }, x, shape, x.shape.length - shape.length);
}

/** Axes are aligned at the last one; where the lengths differ, the old index is summed and a new one fills the axis. */
function matchAxes(names: Pick<Contraction, "name" | "of">, x: Tensor, shape: Shape, offset: number): Tensor {
  if (sameShape(x.shape, shape)) return x;
  for (const match of matches) {
    if (match.name === names.name && sameShape(match.from, x.shape) && sameShape(match.to, shape)) {
      return applyTo(match.op, [x]);
    }
  }
  const before = letters(x.rank);
  const fresh = letters(shape.length, x.rank);
  const after = shape
    .map((length, axis) => (x.shape[axis + offset] === length ? before[axis + offset] : fresh[axis]))
    .join("");
  const lengths = Object.fromEntries(shape.map((length, axis) => [fresh[axis], length]));
  const op = opOf({ ...names, indices: `${before}->${after}`, lengths });
  if (matches.length >= MOST_MATCHES) matches.shift();
  matches.push({ name: names.name, from: [...x.shape], to: [...shape], op });
  return applyTo(op, [x]);
}

/** How shapes were matched last. */
const matches: { readonly name: string; readonly from: Shape; readonly to: Shape; readonly op: Op }[] = [];
const MOST_MATCHES = 32;
