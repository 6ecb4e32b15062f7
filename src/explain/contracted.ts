/** The derivative of a contraction, from its index string: ∂z_ij/∂w_kl = x_ik δ_jl, and the sum that the δ collapses. */

import {
  type Cell,
  delta,
  entryAt,
  entryFormula,
  namedEntry,
  over,
  productOf,
  type Sum,
  sumOf,
  sumsAlong,
  times,
} from "../print/entry.ts";
import { groupsOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { genericMatrix } from "../tex/matrix.ts";
import { derivativeTex, entryLetters, entryOf, joined, nameTex } from "../tex/name.ts";
import { type Claim, type Claimed, distinct, indicesOf, type Situation, scaleOf } from "./situation.ts";

/** Which indices name the axes of the operand beside it. */
const OWN: readonly string[] = ["k", "l", "m", "n", "a", "b", "w", "z"];

/** One operand's share of a contraction's derivative: what is multiplied, and which indices must be equal. */
interface Share {
  /** Indices that run along axes that only the other operand has. */
  readonly sums: readonly Sum[];
  readonly others: readonly { readonly x: Tensor; readonly indices: readonly string[] }[];
  readonly deltas: readonly (readonly [string, string])[];
}

/**
 * ∂y/∂x at the entries `outer` and `own` for the operand at position p. Each index of the contraction is named after the
 * first axis it stands at; where it stands at a second one too, a δ says that the two are equal.
 */
function shareOf(
  { op, inputs, style }: Situation,
  p: number,
  outer: readonly string[],
  own: readonly string[],
): Share {
  const [groups, output] = groupsOf(op.indices?.(...inputs.map(({ shape }) => shape)) ?? "->");
  const others = inputs.filter((_, k) => k !== p);
  const { operands, running, equal } = entryLetters(
    groups.filter((_, k) => k !== p),
    [
      [output, outer],
      [groups[p], own],
    ],
    (i, axis) => others[i].shape[axis] === 1,
    ["r", "c", "e", "f", "g", "h"],
  );
  return {
    sums: sumsAlong(running, others, style),
    others: others.map((x, i) => ({ x, indices: operands[i] })),
    deltas: equal,
  };
}

/** 1/α · Σ · others · δ. */
function shareCell({ y, style }: Situation, { sums, others, deltas }: Share): Cell {
  const product = productOf([
    ...others.map(({ x, indices }) => entryAt(x, indices, style)),
    ...deltas.map(([a, b]) => delta(a, b)),
  ]);
  const scale = scaleOf(y, style);
  return productOf([
    ...scale,
    ...(sums.length === 0 && product.latex === "1" && scale.length > 0
      ? []
      : [sums.length === 0 ? product : over("sum", sums, product)]),
  ]);
}

/** ∂z_ij/∂w_kl = x_ik δ_jl, and the sum that the δ collapses. */
export function contracted(situation: Situation): Claimed[] {
  const { y, x, inputs, names, style, lengthsOf, dy } = situation;
  const outer = indicesOf(y);
  const own = y.rank === 0 ? indicesOf(x) : OWN.slice(0, x.rank);
  const shares = inputs.flatMap((input, p) => (input === x ? [shareOf(situation, p, outer, own)] : []));
  const local = sumOf(shares.map((share) => shareCell(situation, share)));
  const left = derivativeTex(entryOf(names.y, outer), entryOf(names.x, own));
  const all: Sum[] = outer.map((letter, axis) => ({
    letter,
    upTo: lengthsOf(y)[axis],
    length: y.shape[axis],
  }));
  const upstream = (at: readonly string[]): Cell[] =>
    dy === null ? [] : [namedEntry(`d${names.y}`, dy, at)];
  const chained = over("sum", all, productOf([...upstream(outer), local]), false);
  const claims: Claim[] = [{ of: "dx", at: own, cell: chained }];
  const isFold = y.rank === 0 && inputs.length === 1;
  const steps: Claimed[] = [
    {
      kind: "local",
      label: "local derivative",
      members: isFold
        ? distinct([
            left,
            `${derivativeTex("", entryOf(names.x, own))} \\left[ ${inside()} \\right]`,
            local.latex,
          ])
        : [left, local.latex],
      ...(isFold && x.rank > 0 && { note: `only the term with the indices ${own.join("")} contains it` }),
      claims,
    },
  ];
  const isEven = shares.every(({ deltas }) => deltas.length === 0);
  if (isFold && isEven && x.rank > 0 && x.rank <= 2) {
    const lengths = lengthsOf(x);
    const derivative = (at: readonly string[]): string =>
      derivativeTex(nameTex(names.y, 0), entryOf(names.x, at));
    return [
      ...steps,
      {
        kind: "jacobian",
        label: `∂${names.y}/∂${names.x}`,
        members: [
          derivativeTex(nameTex(names.y, 0), nameTex(names.x, x.rank)),
          genericMatrix(lengths, derivative),
          ...(dy === null ? [genericMatrix(lengths, (at) => entryOf(`d${names.x}`, at))] : []),
          genericMatrix(lengths, () => local.latex),
          ...scaleOf(y, style).map(({ latex }) => `${latex} ${genericMatrix(lengths, () => "1")}`),
        ],
        claims,
      },
    ];
  }
  if (dy === null) return steps;
  const collapsed = sumOf(shares.map(collapse));
  return [
    ...steps,
    {
      kind: "expanded",
      label: "chain rule",
      members: distinct([
        entryOf(`d${names.x}`, own),
        `${all.map(({ letter }) => `\\sum_{${letter}} `).join("")}${[...upstream(outer).map(({ latex }) => latex), left].join(" \\, ")}`,
        collapsed.latex,
      ]),
      note: isEven ? "" : "a δ leaves the term in which its two indices are equal",
      claims: [...claims, { of: "dx", at: own, cell: collapsed }],
    },
    ...shares.flatMap((share) => (shares.length === 1 ? asProduct(share) : [])),
  ];

  function inside(): string {
    return entryFormula(y, [], { ...style, running: ["r", "c", ...style.running] }).latex;
  }

  /** A sum over a product of two entries is an entry of a matrix product, in which one of the two is transposed. */
  function asProduct(share: Share): Claimed[] {
    const [other] = share.others;
    const [row, column] = own;
    if (share.others.length !== 1 || share.sums.length > 0 || dy === null) return [];
    if (x.rank !== 2 || dy.rank !== 2 || other.x.rank !== 2 || share.deltas.length !== 1) return [];
    const [[a, b]] = share.deltas;
    const rename = (index: string): string =>
      index === (outer.includes(a) ? a : b) ? (outer.includes(a) ? b : a) : index;
    const factors = [
      { name: `d${names.y}`, x: dy, at: outer.map(rename) },
      { name: style.nameOf(other.x), x: other.x, at: other.indices.map(rename) },
    ];
    const first = factors.find(({ at }) => at.includes(row));
    const second = factors.find((factor) => factor !== first && factor.at.includes(column));
    const running = first?.at.find((index) => index !== row);
    if (!first || !second || first.name === null || second.name === null || running === undefined) return [];
    if (!second.at.includes(running)) return [];
    const turned = (name: string, isTurned: boolean): string =>
      `${nameTex(name, 2)}${isTurned ? "^{\\top}" : ""}`;
    const cellOf = (name: string, { x, at }: (typeof factors)[number], isTurned: boolean): Cell => {
      const cell = namedEntry(name, x, at);
      return isTurned ? { ...cell, latex: `(${turned(name, true)})_{${joined(at.toReversed())}}` } : cell;
    };
    const [isFirst, isSecond] = [first.at[0] !== row, second.at[1] !== column];
    if (!isFirst && !isSecond) return [];
    const product = productOf([cellOf(first.name, first, isFirst), cellOf(second.name, second, isSecond)]);
    const sum = over(
      "sum",
      all.filter(({ letter }) => letter === running),
      product,
      false,
    );
    return [
      {
        kind: "expanded",
        label: "as a product",
        members: [
          entryOf(`d${names.x}`, own),
          sum.latex,
          `(${turned(first.name, isFirst)} ${turned(second.name, isSecond)})_{${joined(own)}}`,
        ],
        note: `the sum runs along the ${isFirst ? "rows" : "columns"} of ${isFirst ? first.name : second.name}, so it stands there transposed`,
        claims: [{ of: "dx", at: own, cell: sum }],
      },
    ];
  }

  /** A δ leaves of the sum over the result's entries the terms in which its two indices are equal. */
  function collapse(share: Share): Cell {
    const renamed = new Map<string, string>();
    const rename = (index: string): string => {
      const to = renamed.get(index);
      return to === undefined ? index : rename(to);
    };
    const kept: [string, string][] = [];
    for (const [a, b] of share.deltas) {
      const [left, right] = [rename(a), rename(b)];
      if (outer.includes(left)) renamed.set(left, right);
      else if (outer.includes(right)) renamed.set(right, left);
      else kept.push([left, right]);
    }
    const rest = all.filter(({ letter }) => !renamed.has(letter));
    const term = productOf([
      ...upstream(outer.map(rename)),
      ...share.others.map((other) => entryAt(other.x, other.indices.map(rename), style)),
      ...kept.map(([a, b]) => delta(a, b)),
    ]);
    const inner = share.sums.length === 0 ? term : over("sum", share.sums, term);
    const sum = rest.length === 0 ? inner : over("sum", rest, inner, false);
    const [scale] = scaleOf(y, style);
    return scale === undefined ? sum : times(scale, sum);
  }
}
