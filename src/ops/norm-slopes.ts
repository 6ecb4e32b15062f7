/** Derivatives of products with a norm, which at 0 behave like the square of the norm. */

import { mapOf } from "../numeric/map.ts";
import { carry, carryBoth } from "../rules/mask.ts";
import { pointwise } from "../rules/pointwise.ts";
import { applyOp } from "../tensor/apply.ts";
import { allocate } from "../tensor/dtype.ts";
import { note, placeNow } from "../tensor/host.ts";
import { onesLike } from "../tensor/make.ts";
import type { Op } from "../tensor/op.ts";
import { broadcastShapes, pointwiseIndices, sameShape } from "../tensor/shape.ts";
import { internals, type Node, Tensor } from "../tensor/tensor.ts";
import { fraction, hadamard } from "../tex/tex.ts";
import { div, mul, neg } from "./arithmetic.ts";
import { eq } from "./compare.ts";
import { pow } from "./exponential.ts";
import { where } from "./where.ts";

// The quotient of a cotangent and a norm, also where both are 0.

/** Below it 1/y² is ∞. */
const TINY = 1e-150;

/**
 * The q of a cotangent q y, by its record, where y is 0 or tiny somewhere: q y x/y is q x, which bends as it should, to any
 * order. `null` if none is found, or none is needed.
 */
export function factorBeside(ct: Tensor, y: Tensor): Tensor | null {
  return y.data.some((entry) => entry < TINY) ? known(withoutFactor(ct, y)) : null;
}

/** g/y for a norm y. Where y is 0, a factor y of g is left out, as 2y/y is 2; without one the quotient is not a number. */
export function overNorm(g: Tensor, y: Tensor): Tensor {
  if (!y.data.includes(0)) return div(g, y);
  return withoutFactor(g, y) ?? quotient(g, y);
}

/** g/y where y is not 0; where it is, 0 for a constant 0, and NaN for anything else. */
function quotient(g: Tensor, y: Tensor): Tensor {
  const atZero = allocate(g.dtype, g.size).map((_, k) =>
    g.data[k] === 0 && internals.nodeOf(g) === null ? 0 : Number.NaN,
  );
  return where(eq(y, 0), new Tensor([...g.shape], atZero), div(g, y));
}

/** How many steps of the record may still be looked at: it may be long, and lead to the same tensors again. */
interface Room {
  left: number;
}

const MOST = 500;

/** The product g with its factor y left out, by the record of g; `null` if none is found. */
function withoutFactor(g: Tensor, y: Tensor, room: Room = { left: MOST }): Tensor | null {
  if (isSame(g, y)) return onesLike(y);
  if (room.left-- <= 0) return null;
  const node = internals.nodeOf(g);
  if (node === null) return g.data.every((entry) => entry === 0) ? g : null;
  const { op: made, inputs } = node;
  const without = (k: number): Tensor | null => {
    const factor = withoutFactor(inputs[k], y, room);
    return factor && applyOp(made, ...inputs.with(k, factor));
  };
  switch (made.name) {
    case "neg":
    case "div":
    case "directed":
      return without(0);
    case "mul":
    case "mask":
      return known(without(0)) ?? without(1);
    case "square":
      return ofPower(inputs[0], 2, y, room);
    case "pow":
      return ofPower(inputs[0], Number(made.recipe?.exponent), y, room);
    case "add":
    case "sub":
    case "where": {
      const isTerm = (k: number): boolean => made.name !== "where" || k > 0;
      const terms = inputs.map((input, k) => (isTerm(k) ? withoutFactor(input, y, room) : null));
      if (terms.every((term) => term === null)) return null;
      return applyOp(made, ...inputs.map((x, k) => (isTerm(k) ? (terms[k] ?? quotient(x, y)) : x)));
    }
    default:
      return throughContraction(node, g, y, room);
  }
}

/** The operand of a sum, or of what repeats it, without the factor: Σ_k y g_k = y Σ_k g_k. */
function throughContraction({ op: made, inputs }: Node, g: Tensor, y: Tensor, room: Room): Tensor | null {
  const indices = contractionOf(made);
  if (indices === null) return null;
  const repeated = internals.nodeOf(y);
  const isRepeated = repeated !== null && contractionOf(repeated.op) === indices;
  const [before, after] = indices.split("->");
  const isSum = Array.from(after).every((index) => before.includes(index));
  if (!isRepeated && !isSum) return null;
  const inside = isRepeated ? repeated.inputs[0] : made.vjp(0, y, g, ...inputs);
  const factor = inside && withoutFactor(inputs[0], inside, room);
  return factor && applyOp(made, factor);
}

/** A quotient that is a number everywhere. */
function known(factor: Tensor | null): Tensor | null {
  return factor?.data.some(Number.isNaN) ? null : factor;
}

/** The indices of a contraction of one operand. */
function contractionOf({ recipe }: Op): string | null {
  const indices = recipe?.maker === "contract" ? String(recipe.indices) : "";
  return indices === "" || indices.includes(",") ? null : indices;
}

/** Whether both are the same tensor, or made in the same way from the same tensor. */
function isSame(a: Tensor, b: Tensor): boolean {
  if (a === b) return true;
  const [m, n] = [internals.nodeOf(a), internals.nodeOf(b)];
  if (m === null || n === null || m.op.recipe === undefined || m.op.name !== n.op.name) return false;
  if (!m.inputs.every((input, k) => input === n.inputs[k])) return false;
  return JSON.stringify(m.op.recipe) === JSON.stringify(n.op.recipe) && sameShape(a.shape, b.shape);
}

/** xⁿ/y = (x/y) xⁿ⁻¹. */
function ofPower(x: Tensor, n: number, y: Tensor, room: Room): Tensor | null {
  const factor = n >= 1 ? withoutFactor(x, y, room) : null;
  return factor && mul(factor, pow(x, n - 1));
}

// What a norm y of x passes back, ct ⊙ x/y, as one op: at x = 0 the product has a limit where its factors have none.

const share = mapOf((ct, xk, y) => (ct === 0 ? 0 : ct * (y === 0 ? 0 : xk / y)));

const op: Op = {
  name: "directed",
  of: "norm",
  recipe: { maker: "directed" },
  tex: (ct, x, y) => hadamard(ct, { ...fraction(x, y), rank: x.rank }),
  indices: pointwiseIndices,
  shape: (...shapes) => broadcastShapes("norm", shapes),
  // At y = 0, the kink of the norm, x is 0 too, and so is the gradient; nothing can be said for an infinite cotangent.
  primal: (form, a, b, c) => pointwise(share, form, a, b, c),
  vjp: (i, ct, _z, ...x) => moved(i, ct, x),
  jvp: (i, t, _z, ...x) => moved(i, t, x),
};

/** ct ⊙ x/y, all of one shape, for a norm y that x belongs to; 0 where y is. */
export function directed(ct: Tensor, x: Tensor, y: Tensor): Tensor {
  const factor = factorBeside(ct, y);
  return factor === null ? applyOp(op, ct, x, y) : carry(factor, x);
}

/** `m` times the derivative of g x/y by its cotangent g, by x, or by y: x/y, g/y or −(g/y) x/y. */
function moved(i: number, m: Tensor, [g, x, y]: readonly Tensor[]): Tensor {
  if (i === 0) return directed(m, x, y);
  const scaled = carryBoth(m, overNorm(g, y)); // g is a cotangent too
  noticeKink(scaled, m, g, y);
  return i === 1 ? scaled : neg(directed(scaled, x, y));
}

let toldAt = -1;

/** Says once in a cell that the second derivative of a norm was asked for where it does not exist. */
function noticeKink(scaled: Tensor, m: Tensor, g: Tensor, y: Tensor): void {
  if (toldAt === placeNow() || !y.data.includes(0)) return;
  const isLost = scaled.data.some((entry, k) => Number.isNaN(entry) && y.data[k] === 0 && finite(m, g, k));
  if (!isLost) return;
  toldAt = placeNow();
  note(
    "Where a norm is 0 it has a kink, and no second derivative: NaN stands there. Its square has one: write " +
      "sum(square(X))",
  );
}

const finite = (m: Tensor, g: Tensor, k: number): boolean =>
  Number.isFinite(m.data[k]) && Number.isFinite(g.data[k]);
