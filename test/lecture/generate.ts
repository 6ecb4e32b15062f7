/** The formulas of the lecture, each produced by the library: by a step of a derivation, or by a view of a matrix. */

import type { StepKind } from "../../src/explain/derivation.ts";
import {
  add,
  apply,
  boxed,
  columns,
  differential,
  entries,
  entry,
  exp,
  explain,
  generic,
  log,
  mean,
  mul,
  paths,
  relu,
  rows,
  sigmoid,
  space,
  sub,
  sum,
  symbol,
  type Tensor,
  tanh,
  tensor,
  update,
} from "../../src/index.ts";

const numbers = [
  [1, 2, 4],
  [0.5, 5, 10],
];
const matrix = (name: string): Tensor => tensor(numbers).as(name);
const scalar = (name: string): Tensor => tensor(2).as(name);
const [X, Y, M, N, dX, dY] = ["X", "Y", "M", "N", "dX", "dY"].map(matrix);

/** The members of one step of the derivation of `y`, towards `wrt`. */
function step(y: Tensor, kind: StepKind, wrt?: Tensor): readonly string[] {
  const derivation = explain(y, wrt === undefined ? {} : { wrt });
  const found = derivation.parts[0].steps.find((one) => one.kind === kind);
  if (!derivation.ok || found === undefined)
    throw new Error(`No ${kind} of ${y.name} that holds:\n${derivation}`);
  return found.members;
}

const chain = (...members: readonly string[]): string => members.join(" = ");
const line = (y: Tensor, kind: StepKind, wrt?: Tensor): string => chain(...step(y, kind, wrt));
const last = (members: readonly string[]): string => members[members.length - 1];

/** The definition of a whole matrix alone, without that of its entries. */
const whole = (y: Tensor): string => step(y, "definition")[0].split(", \\quad ")[0];

/** The chain rule entry by entry, ended by the closed form. */
const product = (y: Tensor, wrt?: Tensor): string =>
  chain(...step(y, "expanded", wrt), last(step(y, "closed", wrt)));

/** The chain of one of two operands: ∂y/∂x in general, for this op, multiplied out where it is, and the closed form. */
function binary(y: Tensor, wrt: Tensor): string {
  const [left, , ...grids] = step(y, "expanded", wrt); // the slides leave dY ⊙ ∂Y/∂X out
  return chain(left, ...grids, last(step(y, "closed", wrt)));
}

const Z_O = symbol("Z^[O]", "N", "K");
const [W_O, b_O] = [symbol("W^[O]", "l_{O-1}", "l_O"), symbol("b^[O]", "K")];
const where = { l_O: "K" };
const W_of = (layer: string): Tensor => symbol(`W^[${layer}]`, "N", "K");
const b_of = (layer: string): Tensor => symbol(`b^[${layer}]`, "K");

// The effect graph of S09 and S10: the slides fix its edges, the functions are ours.
const [x1, x2, x3] = [1, 2, 3].map((value) => tensor(value).as(`x${value}`));
const [y1, y2] = [mul(3, x1).as("y1"), mul(x1, x2).as("y2")];
const [y3, y4] = [add(x1, mul(x2, x2)).as("y3"), mul(x3, x3).as("y4")];
const J = add(add(y1, mul(2, y2)), mul(y3, y4)).as("J");

/** The total derivative without its numbers: the first line of what `paths` shows. */
function overPaths(objective: Tensor, x: Tensor): string {
  const [first] = paths(objective, x).latex().replace("\\begin{aligned}", "").split("\\\\");
  return first.replace(/&\s*=/, "=").trim();
}

const [total, average] = [sum(X).as("J"), mean(X).as("J")];
const fX = apply("f", X).as("Y");
const [eX, logX] = [exp(X).as("Y"), log(X).as("Y")];
const [sigmaX, tanhX, reluX] = [sigmoid(X).as("Y"), tanh(X).as("Y"), relu(X, { at0: 1 }).as("Y")];
const fXY = apply("f", X, Y).as("Z");
const [plus, minus, times] = [add(M, N).as("Y"), sub(M, N).as("Y"), mul(M, N).as("Y")];
const places = [
  [1, 2],
  [2, "β"],
  ["α", 1],
] as const;

// S24 writes the chain rule for single entries: numbers with the names of entries.
const [x_ij, y_ij] = [scalar("x_{i j}"), scalar("y_{i j}")];
const L = apply("g", apply("f", x_ij, y_ij).as("z_{i j}")).as("J");

const local = (y: Tensor, wrt: Tensor): readonly string[] => step(y, "local", wrt);

/** By the id of the formula; S16c and S18a are drawn instead. */
export const generators: Readonly<Record<string, () => string>> = {
  S03a: () => generic(M).latex(),
  S03b: () => differential(M).latex(),
  S03c: () =>
    space(M)
      .implies(space(matrix("dM")))
      .latex(),
  S03d: () => generic(M, { gradient: true }).latex(),
  S05a: () => rows(Z_O).latex(),
  S05b: () => rows(Z_O, { gradient: true }).latex(),
  S05c: () => space(symbol("dZ^[O]", "N", "K")).latex(),
  S06a: () => columns(W_O, { where }).latex(),
  S06b: () => columns(W_O, { where, gradient: true }).latex(),
  S06c: () => space(symbol("dW^[O]", "l_{O-1}", "K")).latex(),
  S06d: () =>
    columns(b_O)
      .beside(columns(b_O, { gradient: true }))
      .latex(),
  S07a: () => update(W_of("O"), "α").latex(),
  S07b: () => update(b_of("O"), "α").latex(),
  S07c: () => update(W_of("O-1"), "α").latex(),
  S07d: () => update(b_of("O-1"), "α").latex(),
  S07e: () => update(W_of("1"), "α").latex(),
  S07f: () => update(b_of("1"), "α").latex(),
  S08a: () => overPaths(sum(fX).as("J"), X).split(" = ")[1],
  S10a: () => overPaths(J, x1),
  S10b: () => overPaths(J, x2),
  S10c: () => overPaths(J, x3),
  S12a: () => space(X, scalar("J")).latex(),
  S12b: () => line(total, "definition"),
  S12c: () => line(total, "local"),
  S12d: () => line(total, "jacobian"),
  S13a: () => space(X, scalar("J")).latex(),
  S13b: () => line(average, "definition"),
  S13c: () => line(average, "local"),
  S13d: () => {
    const members = step(average, "jacobian");
    return chain(members[0], ...members.slice(-2)); // the slide leaves out the steps before
  },
  S14a: () => space(X, Y).latex(),
  S14b: () => line(fX, "definition"),
  S14c: () => entries(dY).leadsTo(entries(dX)).latex(),
  S15a: () => space(X, Y).latex(),
  S15b: () => line(fX, "definition"),
  S15c: () => boxed(X, places).beside(boxed(Y, places)).latex(),
  S15d: () => entry(fX, 1, 2).latex(),
  S15e: () => entry(fX, 2, "β").latex(),
  S15f: () => entry(fX, "α", 1).latex(),
  S15g: () => line(fX, "jacobian"),
  S16a: () => space(X, Y).latex(),
  S16b: () => line(fX, "definition"),
  S16d: () => line(fX, "local"),
  S17a: () => line(fX, "local"),
  S17b: () => line(fX, "jacobian"),
  S17c: () => product(fX),
  S18b: () => line(fX, "closed"),
  S19a: () => line(eX, "definition"),
  S19b: () => chain(local(eX, X)[0], last(entry(eX, "i", "j").members), last(local(eX, X))),
  S19c: () => line(eX, "jacobian"),
  S19d: () => product(eX),
  S20a: () => line(logX, "definition"),
  S20b: () => line(logX, "local"),
  S20c: () => line(logX, "jacobian"),
  S20d: () => product(logX),
  S21a: () => whole(sigmaX),
  S21b: () => line(sigmaX, "local"),
  S21c: () => line(sigmaX, "jacobian"),
  S21d: () => product(sigmaX),
  S22a: () => whole(tanhX),
  S22b: () => line(tanhX, "local"),
  S22c: () => line(tanhX, "jacobian"),
  S22d: () => product(tanhX),
  S23a: () => whole(reluX),
  S23b: () => line(reluX, "local"),
  S23c: () => product(reluX),
  S24a: () => space(X, Y, matrix("Z")).latex(),
  S24b: () => line(fXY, "definition"),
  S24c: () => overPaths(L, x_ij),
  S24d: () => overPaths(L, y_ij),
  S24e: () => line(fXY, "local", X),
  S24f: () => line(fXY, "local", Y),
  S25a: () => line(fXY, "definition"),
  S25b: () => line(fXY, "local", X),
  S25c: () => line(fXY, "jacobian", X),
  S25d: () => product(fXY, X),
  S25e: () => line(fXY, "local", Y),
  S25f: () => line(fXY, "jacobian", Y),
  S25g: () => product(fXY, Y),
  S26a: () => whole(plus),
  S26b: () => `${entry(plus, "i", "j").latex()} \\quad ${chain(local(plus, M)[0], ...local(plus, N))}`,
  S26c: () => binary(plus, M),
  S26d: () => binary(plus, N),
  S27a: () => whole(minus),
  S27b: () =>
    `${entry(minus, "i", "j").latex()} \\quad ${chain(...local(minus, M))}, ${chain(...local(minus, N))}`,
  S27c: () => binary(minus, M),
  S27d: () => binary(minus, N),
  S28a: () => whole(times),
  S28b: () =>
    `${entry(times, "i", "j").latex()} \\quad ${chain(...local(times, M))}, ${chain(...local(times, N))}`,
  S28c: () => binary(times, M),
  S28d: () => binary(times, N),
};
