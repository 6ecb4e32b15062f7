/** The lecture's chain for one step: from shapes and definition to the closed form of the gradient, in LaTeX. */

import { type Cell, entryFormula, isEntrywise } from "../print/entry.ts";
import { byName, formula, isSymbolic, type Leaf, term } from "../print/expression.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { matrixTex, spaceTex } from "../tex/matrix.ts";
import { derivativeTex, entryOf, nameTex } from "../tex/name.ts";
import { Strength } from "../tex/tex.ts";
import { contracted } from "./contracted.ts";
import { entrywise, moved, stretched } from "./entrywise.ts";
import {
  type Claim,
  type Claimed,
  distinct,
  gradientOf,
  indicesOf,
  lengthsAlong,
  matrixForm,
  type Situation,
  scaleOf,
} from "./situation.ts";

/** A longer formula is not written at all. */
const LONGEST_FORMULA = 1200;

const LONGEST_NUMBERS = 2400;

/** All steps of a derivation but the check. */
export function derive(situation: Situation): Claimed[] {
  const first = [shapes(situation), ...definition(situation)]; // they say which length has which letter
  const local = localSteps(situation);
  return [...first, ...local, closed(situation, local.length > 0), ...numbers(situation)];
}

function sameLengths({ x, y }: Situation): boolean {
  return x.rank === y.rank && x.shape.every((length, axis) => length === y.shape[axis]);
}

/** The local derivative of an entry, ∂z_ij/∂w_kl = x_ik δ_jl; nothing for an op without one. */
export function localDerivative(situation: Situation): string | null {
  const step = localSteps(situation).find(({ kind }) => kind === "local");
  return step?.members.join(" = ") ?? null;
}

/** From the local derivative to the chain rule, for ops that say which entries belong together. */
function localSteps(situation: Situation): Claimed[] {
  const { op } = situation;
  if (op.local !== undefined) return sameLengths(situation) ? entrywise(situation) : stretched(situation);
  if (op.origin !== undefined) return moved(situation, op.origin);
  return op.divisor !== undefined ? contracted(situation) : [];
}

function shapes({ inputs, y, names, nameOf, lengthsOf }: Situation): Claimed {
  const operands = [...new Set(inputs)].filter((x) => !internals.isLiteral(x));
  const groups = new Map<string, string[]>();
  for (const x of operands) {
    const where = spaceTex(lengthsOf(x));
    groups.set(where, [...(groups.get(where) ?? []), nameTex(nameOf(x) ?? "", x.rank)]);
  }
  const given = [...groups].map(([where, list]) => `${list.join(", ")} \\in ${where}`).join(", \\; ");
  return {
    kind: "shapes",
    label: "shapes",
    members: [`${given} \\implies ${nameTex(names.y, y.rank)} \\in ${spaceTex(lengthsOf(y))}`],
    claims: [],
  };
}

function definition(situation: Situation): Claimed[] {
  const { op, y, inputs, names, style } = situation;
  const name = nameTex(names.y, y.rank);
  const whole = formula(y, inRows(situation), lengthsAlong(y, situation)).latex;
  const indices = indicesOf(y);
  const running =
    op.divisor !== undefined && inputs.length === 1 ? ["r", "c", ...style.running] : style.running;
  const cells = [
    ...(isEntrywise(op) ? [entryFormula(y, indices, { ...style, running })] : []),
    ...(op.definition === undefined ? [] : [textbook(situation, op.definition(...inputs))]),
  ];
  const [first, ...rest] = cells.map(({ latex }) => latex);
  const isPlain = isEntrywise(op) && op.big === undefined; // its formula as a whole says no more than that of an entry
  const members =
    first === undefined
      ? [name, whole]
      : y.rank > 0
        ? [`${name} = ${whole}, \\quad ${entryOf(names.y, indices)}`, first, ...rest]
        : [name, ...(isPlain ? [] : [whole]), first, ...rest];
  const claims = cells.map((cell): Claim => ({ of: "y", at: indices, cell }));
  return [{ kind: "definition", label: "definition", members: distinct(members), claims }];
}

/** Tensors by their names; a vector that is added to every row of a matrix as 𝟏 bᵀ. */
function inRows({ op, y, inputs, nameOf }: Situation): Leaf {
  const named = byName(nameOf);
  return (x) => {
    const tex = named(x);
    const isRow = op.local !== undefined && y.rank === 2 && x.rank === 1 && inputs.includes(x);
    if (tex === null || !isRow) return tex;
    return { latex: `\\mathbf{1} ${tex.latex}^{\\top}`, strength: Strength.product, rank: 2 };
  };
}

/** An entry of what a textbook writes for the result. */
function textbook(situation: Situation, value: Tensor): Cell {
  const lengthsOf = lengthsAlong(value, situation, situation.y);
  return entryFormula(value, indicesOf(value), { ...situation.style, lengthsOf });
}

function closed(situation: Situation, isDerived: boolean): Claimed {
  const { x, names, op } = situation;
  const claims: Claim[] = [{ of: "gradient", value: gradientOf(situation) }];
  const written = closedForm(situation);
  const scale = meanOf(situation);
  if (scale !== null) claims.push({ of: "dx", at: indicesOf(x), cell: scale });
  const isLong = written.length > LONGEST_FORMULA;
  const length = isLong ? "too long to be written here, " : "";
  const note =
    isDerived && !isLong ? "" : `the rule of ${op.name}, ${length}checked but not derived entry by entry`;
  return {
    kind: "closed",
    label: "closed form",
    members: [`d${nameTex(names.x, x.rank)}`, isLong ? "\\cdots" : written],
    ...(note !== "" && { note }),
    claims,
  };
}

/** The right side of dX = dY ⊙ ∂Y/∂X, for the whole gradient of the operand or for one share of it. */
export function closedForm(situation: Situation, share?: Tensor): string {
  const { op, x, names, nameOf, dy } = situation;
  if (op.isAbstract && dy !== null) {
    const whole = derivativeTex(nameTex(names.y, dy.rank), nameTex(names.x, x.rank));
    return `d${nameTex(names.y, dy.rank)} \\odot ${whole}`;
  }
  const scale = meanOf(situation);
  if (scale !== null) return `${scale.latex} \\, \\mathbf{1}`;
  const gradient = share ?? gradientOf(situation);
  return matrixForm(gradient, nameOf, x.rank, lengthsAlong(gradient, situation));
}

/** The factor of the mean of a tensor, whose gradient has the same number in every entry. */
function meanOf({ op, y, dy, inputs, style }: Situation): Cell | null {
  return dy === null && inputs.length === 1 && op.divisor !== undefined
    ? (scaleOf(y, style)[0] ?? null)
    : null;
}

/** Whether the tensor is a matrix of ones and zeros that a comparison made. */
function isCondition(z: Tensor): boolean {
  return CONDITIONS.has(internals.nodeOf(z)?.op.name ?? "");
}

const CONDITIONS: ReadonlySet<string> = new Set(["ge", "gt", "le", "lt", "eq", "ne"]);

/** The closed form with the numbers inserted; nothing for symbols, which have none, or if no dY was given. */
function numbers(situation: Situation): Claimed[] {
  const { x, y, inputs, names, dy } = situation;
  if (isSymbolic(y) || (dy !== null && internals.gradientOf(y) === null)) return [];
  const gradient = gradientOf(situation);
  const value = matrixTex(gradient);
  if (value === null) return [];
  const leaves = new Set([y, ...inputs, ...(dy === null ? [] : [dy])]);
  const leafOf: Leaf = (z) => {
    const matrix = leaves.has(z) || isCondition(z) ? matrixTex(z) : null;
    return matrix === null ? null : { latex: matrix, strength: Strength.atom, rank: z.rank };
  };
  const left = `d${nameTex(names.x, x.rank)}`;
  // Three matrices side by side are wider than a notebook's column.
  const inserted = (
    dy === null ? [] : [term(gradient, leafOf, lengthsAlong(gradient, situation)).latex]
  ).filter((form) => form.split("\\begin{pmatrix}").length <= 3 && form.length <= LONGEST_NUMBERS);
  return [
    {
      kind: "numbers",
      label: "numbers",
      members: [left, ...inserted.filter((form) => form !== value), value],
      claims: [{ of: "gradient", value: gradient }],
    },
  ];
}
