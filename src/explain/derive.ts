/** The lecture's chain for one step: from shapes and definition to the closed form of the gradient, in LaTeX. */

import { groupsOf } from "../indices.ts";
import { entryFormula } from "../latex/entry.ts";
import { entryOf } from "../latex/entry-name.ts";
import { byName, formula, type Leaf, type Naming, term } from "../latex/expression.ts";
import { genericMatrix } from "../latex/generic.ts";
import { matrixTex } from "../latex/matrix.ts";
import { nameTex } from "../latex/name.ts";
import { atLeast, Strength, type Tex } from "../latex/tex.ts";
import { Mask } from "../mask.ts";
import { toTensor } from "../op.ts";
import { add } from "../ops/add.ts";
import { internals, type Tensor } from "../tensor.ts";
import { gradientOf, type Situation } from "./situation.ts";
import type { Step } from "./step.ts";

/** Longer entries are not written nine times: MathJax refuses formulas of more than 5 kB, and nobody reads them. */
const LONGEST_CELL = 100;

/** Which indices name the axes of a result, in order. */
const INDICES: readonly string[] = ["i", "j", "p", "q"];

/** All steps of a derivation but the check. */
export function derive(situation: Situation): Step[] {
  return [
    shapes(situation),
    ...definition(situation),
    ...localSteps(situation),
    closed(situation),
    ...numbers(situation),
  ];
}

function sameLengths({ x, y }: Situation): boolean {
  return x.rank === y.rank && x.shape.every((length, axis) => length === y.shape[axis]);
}

function space(lengths: readonly string[]): string {
  return lengths.length === 0 ? "\\mathbb{R}" : `\\mathbb{R}^{${lengths.join(" \\times ")}}`;
}

/** The local derivative of an entry, ∂z_ij/∂w_kl = x_ik δ_jl; nothing for an op without one. */
export function localDerivative(situation: Situation): string | null {
  const step = localSteps(situation).find(({ kind }) => kind === "local");
  return step?.members.join(" = ") ?? null;
}

/** From the local derivative to the chain rule, where the op says which entries belong together. */
function localSteps(situation: Situation): Step[] {
  const { op } = situation;
  if (op.local !== undefined && sameLengths(situation)) return entrywise(situation);
  return op.divisor !== undefined ? contracted(situation) : [];
}

function shapes({ inputs, y, names, nameOf, lengthsOf }: Situation): Step {
  const operands = [...new Set(inputs)].filter((x) => !internals.isLiteral(x));
  const groups = new Map<string, string[]>();
  for (const x of operands) {
    const where = space(lengthsOf(x));
    groups.set(where, [...(groups.get(where) ?? []), nameTex(nameOf(x) ?? "", x.rank)]);
  }
  const given = [...groups].map(([where, list]) => `${list.join(", ")} \\in ${where}`).join(", \\; ");
  return {
    kind: "shapes",
    label: "shapes",
    members: [`${given} \\implies ${nameTex(names.y, y.rank)} \\in ${space(lengthsOf(y))}`],
  };
}

function definition(situation: Situation): Step[] {
  const { op, y, inputs, names, nameOf, style } = situation;
  const whole = `${nameTex(names.y, y.rank)} = ${formula(y, byName(nameOf)).latex}`;
  if (op.indices === undefined) return [{ kind: "definition", label: "definition", members: [whole] }];
  const indices = indicesOf(y);
  const left = entryOf(names.y, indices);
  const running =
    op.divisor !== undefined && inputs.length === 1 ? ["r", "c", ...style.running] : style.running;
  const cell = entryFormula(y, indices, { ...style, running }).latex;
  const textbook = op.definition && entryFormula(op.definition(...inputs), indices, style).latex;
  const members = y.rank === 0 ? [left, cell] : [`${whole}, \\quad ${left}`, cell];
  return [{ kind: "definition", label: "definition", members: textbook ? [...members, textbook] : members }];
}

function indicesOf(x: Tensor): string[] {
  return INDICES.slice(0, x.rank);
}

function fraction(over: string, under: string): string {
  return `\\frac{\\partial ${over}}{\\partial ${under}}`;
}

/** ∂y/∂x of an op that acts entry by entry, as a tensor with a record. */
function partialOf({ op, x, y, inputs }: Situation): Tensor {
  const shares = inputs.flatMap((input, k) => {
    const local = input === x ? op.local?.(k, y, ...inputs) : undefined;
    return local === undefined ? [] : [local instanceof Mask ? local.share : toTensor(op.name, local)];
  });
  return shares.reduce((sum, share) => add(sum, share)); // what stands twice among the operands has two shares
}

function entrywise(situation: Situation): Step[] {
  const { y, x, dy, names, nameOf, style, lengthsOf } = situation;
  const lengths = lengthsOf(y);
  const partial = partialOf(situation);
  const local = (indices: readonly string[]): Tex =>
    internals.isLiteral(partial) ? formula(partial, byName(nameOf)) : cellOf(partial, indices, style);
  const quotient = (indices: readonly string[]): string =>
    fraction(entryOf(names.y, indices), entryOf(names.x, indices));
  const indices = indicesOf(y);
  const isAbstract = situation.op.isAbstract === true;
  const isShort = !isAbstract && local(indices).latex.length <= LONGEST_CELL;
  const steps: Step[] = [
    {
      kind: "local",
      label: "local derivative",
      members: isAbstract ? [chained(situation, indices)] : [quotient(indices), local(indices).latex],
      ...(y.rank > 0 && { note: "every other ∂y/∂x is 0" }),
    },
  ];
  if (y.rank === 0 || y.rank > 2 || dy === null) return steps;
  const whole = fraction(nameTex(names.y, y.rank), nameTex(names.x, x.rank));
  const upstream = (at: readonly string[]): string => entryOf(`d${names.y}`, at);
  return [
    {
      kind: "generic",
      label: names.y,
      members: [
        nameTex(names.y, y.rank),
        `(${entryOf(names.y, indices)})`,
        genericMatrix(lengths, (at) => entryOf(names.y, at)),
      ],
    },
    ...steps,
    {
      kind: "jacobian",
      label: `∂${names.y}/∂${names.x}`,
      members: [
        whole,
        genericMatrix(lengths, quotient),
        ...(isShort ? [genericMatrix(lengths, (at) => local(at).latex)] : []),
        ...(isAbstract ? [] : [matrixForm(partial, nameOf, y.rank)]),
      ],
      note: "the diagonal of the full Jacobian, in the shape of the matrix",
    },
    {
      kind: "expanded",
      label: "chain rule",
      members: [
        `d${nameTex(names.x, x.rank)}`,
        `d${nameTex(names.y, y.rank)} \\odot ${whole}`,
        ...(isShort ? [genericMatrix(lengths, (at) => `${upstream(at)} \\cdot ${factor(local(at))}`)] : []),
        ...(isAbstract ? [genericMatrix(lengths, (at) => `${upstream(at)} \\cdot ${quotient(at)}`)] : []),
      ],
    },
  ];
}

/** dx_ij = dy_ij ∂y_ij/∂x_ij. */
function chained({ names }: Situation, indices: readonly string[]): string {
  const [dx, dy] = [names.x, names.y].map((name) => entryOf(`d${name}`, indices));
  return `${dx} = ${dy} \\, ${fraction(entryOf(names.y, indices), entryOf(names.x, indices))}`;
}

/** A factor after a dot: a sum in parentheses, and a sign too. */
function factor(tex: Tex): string {
  return atLeast(Strength.product, tex);
}

function cellOf(z: Tensor, indices: readonly string[], style: Situation["style"]): Tex {
  const name = style.nameOf(z);
  if (name !== null) return { latex: entryOf(name, indices), strength: Strength.atom, rank: 0 };
  return entryFormula(z, indices, style);
}

/** The partial in matrix notation, as the derivative of a tensor of `rank`: a number stands for a matrix of it. */
function matrixForm(partial: Tensor, nameOf: Naming, rank: number): string {
  const name = nameOf(partial);
  if (name !== null) return nameTex(name, partial.rank);
  if (!internals.isLiteral(partial) || rank === 0) return formula(partial, byName(nameOf)).latex;
  const value = partial.item();
  return value === 1
    ? "\\mathbf{1}"
    : value === -1
      ? "-\\mathbf{1}"
      : `${formula(partial, byName(nameOf)).latex} \\, \\mathbf{1}`;
}

/** ∂z_ij/∂w_kl = x_ik δ_jl, and the sum that the δ collapses. */
function contracted(situation: Situation): Step[] {
  const { op, y, x, i, inputs, names, nameOf, style, lengthsOf, dy } = situation;
  const [groups, output] = groupsOf(op.indices?.(...inputs.map(({ shape }) => shape)) ?? "->");
  const outer = new Map(Array.from(output, (index, axis) => [index, INDICES[axis]]));
  const own = ["k", "l", "m", "n"].slice(0, x.rank);
  const isScalar = y.rank === 0;
  const free = isScalar ? indicesOf(x) : own;
  const deltas: string[] = [];
  const substitute = new Map(outer);
  for (const [axis, index] of Array.from(groups[i]).entries()) {
    const before = outer.get(index);
    if (before === undefined) substitute.set(index, free[axis]);
    else deltas.push(`\\delta_{${before}${free[axis]}}`);
  }
  const others = inputs.flatMap((other, k) => {
    if (k === i) return [];
    const indices = Array.from(groups[k], (index) => substitute.get(index) ?? index);
    return [entryOf(nameOf(other) ?? "", indices)];
  });
  const divisor = op.divisor !== undefined && op.divisor !== 1 ? meanFactor(situation) : null;
  const local = [...(divisor === null ? [] : [divisor]), ...others, ...deltas].join(" \\, ") || "1";
  const left = fraction(entryOf(names.y, indicesOf(y)), entryOf(names.x, free));
  if (isScalar && inputs.length === 1) {
    const inside = entryFormula(y, [], { ...style, running: ["r", "c", ...style.running] }).latex;
    const steps: Step[] = [
      {
        kind: "local",
        label: "local derivative",
        members: [
          left,
          `\\frac{\\partial}{\\partial ${entryOf(names.x, free)}} \\left[ ${inside} \\right]`,
          local,
        ],
        note: `only the term with the indices ${free.join("")} contains it`,
      },
    ];
    if (x.rank === 0 || x.rank > 2) return steps;
    const lengths = lengthsOf(x);
    return [
      ...steps,
      {
        kind: "jacobian",
        label: `∂${names.y}/∂${names.x}`,
        members: [
          fraction(names.y, nameTex(names.x, x.rank)),
          genericMatrix(lengths, (at) => fraction(names.y, entryOf(names.x, at))),
          genericMatrix(lengths, (at) => entryOf(`d${names.x}`, at)),
          genericMatrix(lengths, () => local),
        ],
      },
    ];
  }
  if (dy === null) return [{ kind: "local", label: "local derivative", members: [left, local] }];
  // Of the sum over the result's entries, a δ leaves one term per pair of equal indices.
  const collapse = new Map(
    Array.from(groups[i], (index, axis) => [outer.get(index), free[axis]] as const).filter(
      ([before]) => before !== undefined,
    ),
  );
  const rename = (index: string): string => collapse.get(index) ?? index;
  const dyAt = (at: readonly string[]): string => entryOf(`d${names.y}`, at);
  const all = indicesOf(y);
  const sum = (letters: readonly string[]): string => letters.map((letter) => `\\sum_{${letter}} `).join("");
  const left2 = all.filter((letter) => !collapse.has(letter));
  const collapsedOthers = inputs.flatMap((other, k) => {
    if (k === i) return [];
    return [
      entryOf(
        nameOf(other) ?? "",
        Array.from(groups[k], (index) => rename(substitute.get(index) ?? index)),
      ),
    ];
  });
  return [
    { kind: "local", label: "local derivative", members: [left, local] },
    {
      kind: "expanded",
      label: "chain rule",
      members: [
        entryOf(`d${names.x}`, free),
        `${sum(all)}${dyAt(all)} \\, ${left}`,
        `${divisor === null ? "" : `${divisor} `}${sum(left2)}${[dyAt(all.map(rename)), ...collapsedOthers].join(" \\, ")}`,
      ],
      note: deltas.length > 0 ? "a δ leaves the term in which its two indices are equal" : "",
    },
  ];
}

function meanFactor({ y, x, op, lengthsOf }: Situation): string {
  const kept = [...lengthsOf(y)];
  const folded = lengthsOf(x).filter((length) => !kept.includes(length));
  return `\\frac{1}{${folded.length > 0 ? folded.join(" ") : op.divisor}}`;
}

function closed(situation: Situation): Step {
  const { x, names } = situation;
  return {
    kind: "closed",
    label: "closed form",
    members: [`d${nameTex(names.x, x.rank)}`, closedForm(situation)],
  };
}

/** The right side of dX = dY ⊙ ∂Y/∂X, for the whole gradient of the operand or for one share of it. */
export function closedForm(situation: Situation, share?: Tensor): string {
  const { op, x, inputs, names, nameOf, dy } = situation;
  if (op.isAbstract && dy !== null) {
    const whole = fraction(nameTex(names.y, dy.rank), nameTex(names.x, x.rank));
    return `d${nameTex(names.y, dy.rank)} \\odot ${whole}`;
  }
  const isMean = dy === null && inputs.length === 1 && op.divisor !== undefined && op.divisor !== 1;
  return isMean
    ? `${meanFactor(situation)} \\, \\mathbf{1}`
    : matrixForm(share ?? gradientOf(situation), nameOf, x.rank);
}

/** The closed form with the numbers put in; nothing for symbols, which have none, nor where no dY was given. */
function numbers(situation: Situation): Step[] {
  const { x, y, inputs, names, dy } = situation;
  const isSymbolic = [y, ...inputs].some((z) => internals.dimsOf(z) !== null);
  if (isSymbolic || (dy !== null && internals.gradientOf(y) === null)) return [];
  const gradient = gradientOf(situation);
  const value = matrixTex(gradient);
  if (value === null) return [];
  const leaves = new Set([y, ...inputs, ...(dy === null ? [] : [dy])]);
  const leafOf: Leaf = (z) => {
    const matrix = leaves.has(z) ? matrixTex(z) : null;
    return matrix === null ? null : { latex: matrix, strength: Strength.atom, rank: z.rank };
  };
  const left = `d${nameTex(names.x, x.rank)}`;
  // Three matrices side by side are wider than a notebook's column.
  const inserted = (dy === null ? [] : [term(gradient, leafOf).latex]).filter(
    (form) => form.split("\\begin{pmatrix}").length <= 3,
  );
  return [
    {
      kind: "numbers",
      label: "numbers",
      members: [left, ...inserted.filter((form) => form !== value), value],
    },
  ];
}
