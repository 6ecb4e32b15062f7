/** The values that indices have by themselves, and sums over them. */

import { contract } from "../contraction.ts";
import { letters as axisLetters } from "../indices.ts";
import { toTensor } from "../op.ts";
import { mul } from "../ops/mul.ts";
import { Tensor } from "../tensor.ts";
import { solid } from "./arithmetic.ts";
import { dimensionOf } from "./bind.ts";
import { describe } from "./describe.ts";
import { FormulaError } from "./errors.ts";
import type { Expr, Subscript } from "./grammar.ts";
import type { Scene } from "./scene.ts";
import { type Cells, type Matrix, matrix, pick, type Value } from "./value.ts";

/** An index or a dimension as a number: the i of e^{ij}. */
export function letterValue(
  { letter: name, at }: Extract<Expr, { kind: "letter" }>,
  { letters, source }: Scene,
): Value {
  const length = letters.lengths.get(name);
  if (length !== undefined) {
    return {
      kind: "cells",
      tensor: new Tensor(
        [length],
        Float64Array.from({ length }, (_, i) => i + 1),
      ),
      indices: [name],
    };
  }
  const dimension = dimensionOf(name, letters);
  if (dimension !== null) return matrix(toTensor("take", dimension));
  throw new FormulaError(`${name} is not a name here: no entry has it as an index`, source, at);
}

/** Kronecker's δ_jl: 1 where its indices agree. */
export function deltaValue(
  { subscripts, at }: Extract<Expr, { kind: "delta" }>,
  { letters, source }: Scene,
): Value {
  const [a, b] = subscripts;
  const lengthOf = (index: Subscript): number =>
    typeof index === "string" ? (letters.lengths.get(index) ?? 0) : index;
  const n = Math.max(lengthOf(a), lengthOf(b));
  if (subscripts.length !== 2 || n === 0) {
    throw new FormulaError(
      "δ has two indices, and one of them must be that of an entry, as in x_ik δ_jl",
      source,
      at,
    );
  }
  const identity = new Tensor(
    [n, n],
    Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0)),
  );
  return pick(
    identity,
    subscripts.map((index) => (typeof index === "number" ? index - 1 : index)),
  );
}

/** Σ of the entries along an index. */
export function sumOver(index: string, value: Value, expr: Expr, { letters, source }: Scene): Value {
  const plain = solid(value, describe(expr));
  const length = letters.lengths.get(index);
  if (length === undefined) {
    throw new FormulaError(
      `Nothing says how far ${index} runs: no entry under the sum has it`,
      source,
      expr.at,
    );
  }
  if (plain.kind === "matrix" || !plain.indices.includes(index)) {
    const total = mul(plain.tensor, length);
    return plain.kind === "matrix" ? matrix(total) : { ...plain, tensor: total };
  }
  return summed(plain, index);
}

function summed({ tensor, indices }: Cells, index: string): Matrix | Cells {
  const names = axisLetters(indices.length);
  const axis = indices.indexOf(index);
  const total = contract({ name: "sum", indices: `${names}->${names.replace(names[axis], "")}` }, tensor);
  const left = indices.toSpliced(axis, 1);
  return left.length === 0 ? matrix(total) : { kind: "cells", tensor: total, indices: left };
}
