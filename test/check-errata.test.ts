/** The eleven faulty lines of the lecture's slides: each is refuted as it stands there, and accepted once corrected. */
import { expect, test } from "vitest";
import { add, check, exp, mean, mul, relu, sub, sum, type Tensor, tensor } from "../src/index.ts";

type Scope = Readonly<Record<string, Tensor>>;
/** The LaTeX of the cell in a row and a column, each `1`, `2` or the last one. */
type Cell = (row: string, column: string) => string;

const X: Tensor = tensor([
  [1, -2, 0],
  [3, 0.5, -1],
]);
const M: Tensor = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const N: Tensor = tensor([
  [2, 0, -1],
  [1, -2, 3],
]);
const dY: Tensor = tensor([
  [1, 0.5, -1],
  [2, -0.25, 4],
]);

function reduced(f: (x: Tensor) => Tensor): Scope {
  const x = X.detach();
  const J = f(x);
  J.backward();
  return { X: x, J };
}

function mapped(f: (x: Tensor) => Tensor): Scope {
  const x = X.detach();
  const Y = f(x);
  Y.backward(dY);
  return { X: x, Y, dY };
}

function combined(f: (m: Tensor, n: Tensor) => Tensor): Scope {
  const [m, n] = [M.detach(), N.detach()];
  const Y = f(m, n);
  Y.backward(dY);
  return { M: m, N: n, Y, dY };
}

/** The generic matrix, as the slides print it. */
function generic(cell: Cell, rows = "\\alpha", columns = "\\beta"): string {
  const line = (row: string): string =>
    `${cell(row, "1")} & ${cell(row, "2")} & \\dots & ${cell(row, columns)}`;
  const dots = "\\vdots & \\vdots & \\ddots & \\vdots";
  return `\\begin{pmatrix} ${[line("1"), line("2"), dots, line(rows)].join(" \\\\ ")} \\end{pmatrix}`;
}

const partial = (above: string, below: string): string => `\\frac{\\partial ${above}}{\\partial ${below}}`;

/** dM of a slide of part E: its grid of products, then what the op makes of it. */
function chain(matrix: string, local: Cell, closed: string, faulty: boolean): string {
  const letter = matrix.toLowerCase();
  const cell: Cell = (i, j) => {
    // On the slides the corner of the first row differentiates y_12.
    const above = faulty && i === "1" && j === "\\beta" ? "y_{12}" : `y_{${i}${j}}`;
    return `dy_{${i}${j}} \\cdot ${partial(above, `${letter}_{${i}${j}}`)}`;
  };
  const products: Cell = (i, j) => `dy_{${i}${j}} \\cdot ${local(i, j)}`;
  return `d${matrix} = ${generic(cell)} = ${generic(products)} = ${closed}`;
}

const gradient = (above: string, rows: string, columns: string): string =>
  `\\frac{\\partial J}{\\partial X} = ${generic((i, j) => partial(above, `x_{${i}${j}}`), rows, columns)} = ` +
  `${generic((i, j) => `dx_{${i}${j}}`, rows, columns)} = ${generic(() => "1", rows, columns)}`;

const share = (above: string): string =>
  `${partial(above, "X")} = ${generic(() => "\\frac{1}{\\alpha\\beta}")} = \\frac{1}{\\alpha\\beta} ${generic(() => "1")}`;

const exponential = (left: string): string =>
  `d${left} = dY \\frac{\\partial Y}{\\partial X} = ${generic((i, j) => `dy_{${i}${j}} \\cdot y_{${i}${j}}`)} = ` +
  "\\frac{\\partial J}{\\partial Y} \\circ Y";

const cases: Cell = (i, j) =>
  `dy_{${i}${j}} \\cdot \\begin{cases} 1, & x_{${i}${j}} \\geq 0 \\\\ 0, & x_{${i}${j}} < 0 \\end{cases}`;

const rectified = (matrix: string): string =>
  `dX = dY \\frac{\\partial Y}{\\partial X} = ${generic(cases)} = dY \\odot (${matrix} \\geq 0).astype(float)`;

const SUM = reduced((x) => sum(x));
const MEAN = reduced((x) => mean(x));
const EXP = mapped((x) => exp(x));
const RELU = mapped((x) => relu(x, { at0: 1 }));
const ADD = combined((m, n) => add(m, n));
const SUB = combined((m, n) => sub(m, n));
const MUL = combined((m, n) => mul(m, n));

const one: Cell = () => "1";
const minusOne: Cell = () => "(-1)";
const wrongCorner = /entry \(1, 3\) is -?\d.* on the left, 0 on the right; ∂y_12\/∂[mn]_1β is 0 there/;

interface Erratum {
  readonly name: string;
  readonly scope: Scope;
  readonly slide: string;
  readonly corrected: string;
  readonly answer: RegExp;
}

const entries: Cell = (i, j) => `n_{${i}${j}}`;
const others: Cell = (i, j) => `m_{${i}${j}}`;

const errata: readonly Erratum[] = [
  {
    name: "E1, y for J",
    scope: SUM,
    slide: gradient("y", "m", "n"),
    corrected: gradient("J", "\\alpha", "\\beta"),
    answer: /^y is not a name here; did you mean X or J\?/,
  },
  {
    name: "E2, m and n for α and β",
    scope: SUM,
    slide: gradient("J", "m", "n"),
    corrected: gradient("J", "\\alpha", "\\beta"),
    answer: /^n is not a name here: .* the last row is α, the last column β/,
  },
  {
    name: "E3, y for J",
    scope: MEAN,
    slide: share("y"),
    corrected: share("J"),
    answer: /^y is not a name here; did you mean X or J\?/,
  },
  {
    name: "E4, ij for x_ij",
    scope: EXP,
    slide: "Y = e^X, y_{ij} = e^{ij}",
    corrected: "Y = e^X, y_{ij} = e^{x_{ij}}",
    answer: /^y_ij = .* does not hold .*; i and j stand for their numbers there: an entry is written x_ij/,
  },
  {
    name: "E5, dJ for dX",
    scope: EXP,
    slide: exponential("J"),
    corrected: exponential("X"),
    answer: /the left side has shape \[\], the right side \[2, 3\]; dJ is the single number 1/,
  },
  {
    name: "E6, Z for X",
    scope: RELU,
    slide: rectified("Z"),
    corrected: rectified("X"),
    answer: /^Z is not a name here; did you mean X or Y\?/,
  },
  ...(
    [
      ["E7", "M", ADD, one, "dY"],
      ["E8", "N", ADD, one, "dY"],
      ["E9", "M", SUB, one, "dY"],
      ["E10", "N", SUB, minusOne, "-dY"],
      ["E11", "M", MUL, entries, "dY \\odot N"],
      ["E12", "N", MUL, others, "dY \\odot M"],
    ] as const
  ).map(([name, matrix, scope, local, closed]) => ({
    name: `${name}, y_12 in the last column of d${matrix}`,
    scope,
    slide: chain(matrix, local, closed, true),
    corrected: chain(matrix, local, closed, false),
    answer: wrongCorner,
  })),
];

const run = (scope: Scope, formula: string) =>
  check.with(scope)(Object.assign([formula], { raw: [formula] }));

test.each(errata)("$name: the line of the slide is refuted", ({ scope, slide, answer }) => {
  expect(() => run(scope, slide)).toThrow(answer);
});

test.each(errata)("$name: the corrected line holds", ({ scope, corrected }) => {
  expect(run(scope, corrected).points).toBe(6);
});

test("a generic matrix of one row or two columns has no row or column between", () => {
  const x: Tensor = tensor([[1, 2]]);
  const J = sum(x);
  J.backward();
  expect(run({ X: x, J }, gradient("J", "\\alpha", "\\beta")).points).toBe(6);
});
