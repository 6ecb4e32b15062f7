/** The derivative of an op that acts entry by entry: one line for the entry, and the matrices of all of them. */

import { add, mul } from "../ops/arithmetic.ts";
import { type Cell, delta, entryAt, namedEntry, over, productOf, type Sum } from "../print/entry.ts";
import { Mask } from "../rules/mask.ts";
import { toTensor } from "../tensor/apply.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { genericMatrix } from "../tex/matrix.ts";
import { derivativeTex, entryOf, indexSum, nameTex, termsOf } from "../tex/name.ts";
import { atLeast, Strength, type Tex } from "../tex/tex.ts";
import { type Claim, type Claimed, indicesOf, matrixForm, type Situation } from "./situation.ts";

/** Longer entries are not written nine times: MathJax rejects formulas of more than 5 kB, and nobody reads them. */
const LONGEST_CELL = 100;

/** From the local derivative to the chain rule, for an operand with the shape of the result. */
export function entrywise(situation: Situation): Claimed[] {
  const { y, x, dy, names, nameOf, style, lengthsOf } = situation;
  const lengths = lengthsOf(y);
  const partial = partialOf(situation);
  const local = (indices: readonly string[]): Cell => entryAt(partial, aligned(partial, y, indices), style);
  const quotient = (indices: readonly string[]): string =>
    derivativeTex(entryOf(names.y, indices), entryOf(names.x, indices));
  const indices = indicesOf(y);
  const isAbstract = situation.op.isAbstract === true;
  const upstream = (at: readonly string[]): string => entryOf(`d${names.y}`, at);
  const grid = (cell: (at: readonly string[]) => string): string => genericMatrix(lengths, cell);
  const isShort = !isAbstract && local(indices).latex.length <= LONGEST_CELL;
  const claims: Claim[] = [{ of: "dx", at: indices, cell: pulledBack(situation, indices, local(indices)) }];
  const steps: Claimed[] = [
    {
      kind: "local",
      label: "local derivative",
      members: isAbstract ? [chained(situation, indices)] : [quotient(indices), local(indices).latex],
      ...(y.rank > 0 && { note: `0 for every other entry of ${names.x}` }),
      claims,
    },
  ];
  if (y.rank === 0 || y.rank > 2 || dy === null) return steps;
  const whole = derivativeTex(nameTex(names.y, y.rank), nameTex(names.x, x.rank));
  return [
    {
      kind: "generic",
      label: names.y,
      members: [
        nameTex(names.y, y.rank),
        `(${entryOf(names.y, indices)})`,
        grid((at) => entryOf(names.y, at)),
      ],
      claims: [],
    },
    ...steps,
    {
      kind: "jacobian",
      label: `∂${names.y}/∂${names.x}`,
      members: [
        whole,
        grid(quotient),
        ...(isShort ? [grid((at) => local(at).latex)] : []),
        ...(isAbstract ? [] : [matrixForm(partial, nameOf, y.rank, style.lengthsOf)]),
      ],
      note: "the diagonal of the full Jacobian, in the shape of the matrix",
      claims: [...claims, { of: "gradient", value: mul(dy, partial) }],
    },
    {
      kind: "expanded",
      label: "chain rule",
      members: [
        `d${nameTex(names.x, x.rank)}`,
        `d${nameTex(names.y, y.rank)} \\odot ${whole}`,
        ...(isAbstract || isOneOfSeveral(situation)
          ? [grid((at) => `${upstream(at)} \\cdot ${quotient(at)}`)]
          : []),
        ...(isShort ? [grid((at) => `${upstream(at)} \\cdot ${factor(local(at))}`)] : []),
        ...signed(partial).map((sign) => grid((at) => sign + upstream(at))),
      ],
      claims,
    },
  ];
}

/** The sign that is left of a factor of 1 or -1; nothing for other factors. */
function signed(partial: Tensor): string[] {
  const value = internals.isLiteral(partial) ? partial.item() : 0;
  return value === 1 ? [""] : value === -1 ? ["-"] : [];
}

/** Whether the result has other operands too, each with a derivative of its own. */
function isOneOfSeveral({ inputs, x }: Situation): boolean {
  return inputs.some((input) => input !== x && !internals.isLiteral(input));
}

/**
 * From the local derivative to a sum, for an operand that is broadcast: ∂z_ij/∂b_l = δ_jl, and b_l is in every row of
 * column l.
 */
export function stretched(situation: Situation): Claimed[] {
  const { y, x, dy, names, style, lengthsOf } = situation;
  const outer = indicesOf(y);
  const offset = y.rank - x.rank;
  const isKept = (axis: number): boolean => axis >= offset && x.shape[axis - offset] === y.shape[axis];
  const own = x.shape.map((_, axis) => (isKept(axis + offset) ? OWN[axis] : "1"));
  const partial = partialOf(situation);
  const local = (at: readonly string[]): Cell => entryAt(partial, aligned(partial, y, at), style);
  const deltas = outer.flatMap((letter, axis) => (isKept(axis) ? [delta(letter, own[axis - offset])] : []));
  const left = derivativeTex(entryOf(names.y, outer), entryOf(names.x, own));
  const slope = withoutOnes([local(outer), ...deltas]);
  const sums = outer.map(
    (letter, axis): Sum => ({ letter, upTo: lengthsOf(y)[axis], length: y.shape[axis] }),
  );
  if (dy === null) return [];
  const upstream = (at: readonly string[]): Cell => namedEntry(`d${names.y}`, dy, at);
  const kept = outer.map((letter, axis) => (isKept(axis) ? own[axis - offset] : letter));
  const remaining = sums.filter((_, axis) => !isKept(axis));
  const rest = withoutOnes([upstream(kept), local(kept)]);
  const collapsed = remaining.length === 0 ? rest : over("sum", remaining, rest);
  const chain = over("sum", sums, productOf([upstream(outer), slope]), false);
  const claims: Claim[] = [chain, collapsed].map((cell) => ({ of: "dx", at: own, cell }));
  return [
    { kind: "local", label: "local derivative", members: [left, slope.latex], claims },
    {
      kind: "expanded",
      label: "chain rule",
      members: [
        entryOf(`d${names.x}`, own),
        `${sums.map(({ letter }) => `\\sum_{${letter}} `).join("")}${upstream(outer).latex} \\, ${left}`,
        collapsed.latex,
      ],
      note: `${names.x} is copied along the other axis, so its gradient is a sum along it`,
      claims,
    },
  ];
}

/** Which indices name the axes of an operand beside the result's. */
const OWN: readonly string[] = ["k", "l", "m", "n", "a", "b", "w", "z"];

/** A product without its factors of 1. */
function withoutOnes(factors: readonly Cell[]): Cell {
  const rest = factors.filter(({ latex }) => latex !== "1");
  return rest.length === 0 ? factors[0] : productOf(rest);
}

/** ∂y/∂x of an op that acts entry by entry, as a tensor with a record. */
function partialOf({ op, x, y, inputs }: Situation): Tensor {
  const shares = inputs.flatMap((input, k) => {
    const local = input === x ? op.local?.(k, y, ...inputs) : undefined;
    if (local === undefined || local === 0) return [];
    return [local instanceof Mask ? local.share : toTensor(op.name, local)];
  });
  if (shares.length === 0) return internals.literal(0);
  return shares.reduce((sum, share) => add(sum, share)); // a tensor that is two of the operands gets two shares
}

/** The indices of an operand that is broadcast to the result: its axes are aligned at the last. */
function aligned(z: Tensor, y: Tensor, indices: readonly string[]): string[] {
  const offset = y.rank - z.rank;
  return z.shape.map((length, axis) => (length === y.shape[axis + offset] ? indices[axis + offset] : "1"));
}

/** dx = dy · ∂y/∂x, as a formula that is evaluated. */
function pulledBack({ dy, names }: Situation, indices: readonly string[], local: Cell): Cell {
  return dy === null ? local : productOf([namedEntry(`d${names.y}`, dy, indices), local]);
}

/** dx_ij = dy_ij ∂y_ij/∂x_ij. */
function chained({ names }: Situation, indices: readonly string[]): string {
  const [dx, dy] = [names.x, names.y].map((name) => entryOf(`d${name}`, indices));
  return `${dx} = ${dy} \\, ${derivativeTex(entryOf(names.y, indices), entryOf(names.x, indices))}`;
}

/** A factor after a dot: in parentheses if it is a sum or has a sign. */
function factor(tex: Tex): string {
  return atLeast(Strength.product, tex);
}

/**
 * From the local derivative to a sum, for an op that only moves entries: ∂y_ijpq/∂x_kl is 1 where the entry comes from
 * x_kl, and a δ says so for each axis. Each δ is solved for an index of the result.
 */
export function moved(
  { y, x, dy, names, lengthsOf }: Situation,
  origin: (...indices: string[]) => string[],
): Claimed[] {
  const outer = indicesOf(y);
  const own = OWN.slice(0, x.rank);
  const from = origin(...outer);
  const local = productOf(own.map((letter, axis) => delta(letter, from[axis])));
  const left = derivativeTex(entryOf(names.y, outer), entryOf(names.x, own));
  const solved = new Map<string, string>();
  for (const [axis, index] of from.entries()) {
    const [letter] = Array.from(termsOf(index)).find(([one, count]) => one !== "" && count === 1) ?? [];
    if (letter !== undefined) solved.set(letter, indexSum([1, own[axis]], [-1, index], [1, letter]));
  }
  const sums = outer.map(
    (letter, axis): Sum => ({ letter, upTo: lengthsOf(y)[axis], length: y.shape[axis] }),
  );
  if (dy === null) return [];
  const upstream = (at: readonly string[]): Cell => namedEntry(`d${names.y}`, dy, at);
  const chain = over("sum", sums, productOf([upstream(outer), local]), false);
  const rest = sums.filter(({ letter }) => !solved.has(letter));
  const term = upstream(outer.map((letter) => solved.get(letter) ?? letter));
  const collapsed = rest.length === 0 ? term : over("sum", rest, term, false);
  const claims: Claim[] = [chain, collapsed].map((cell) => ({ of: "dx", at: own, cell }));
  return [
    {
      kind: "local",
      label: "local derivative",
      members: [left, local.latex],
      note: "only the entries that are moved from there contain it",
      claims: claims.slice(0, 1),
    },
    {
      kind: "expanded",
      label: "chain rule",
      members: [
        entryOf(`d${names.x}`, own),
        `${outer.map((letter) => `\\sum_{${letter}} `).join("")}${upstream(outer).latex} \\, ${left}`,
        collapsed.latex,
      ],
      note: "a δ leaves the terms in which its two indices are equal; beyond the ends, entries are 0",
      claims,
    },
  ];
}
