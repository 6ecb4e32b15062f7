/** What a formula is about: which tensors and gradients it names, and so what is computed anew at each point. */

import { dependsOn, Tape, toposort } from "../autodiff/tape.ts";
import { GradientError } from "../tensor/errors.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { areProbabilities } from "./draw.ts";
import { type Expr, walk } from "./grammar.ts";
import type { Names } from "./names.ts";
import type { Setting } from "./trial.ts";

/** What the formula names, and what must be computed anew at each point. */
export function settingOf(members: readonly Expr[], names: Names): Setting {
  const known = names.labels;
  const labels = new Map<Tensor, string>();
  const gradients = new Set<Tensor>();
  const differentiatedBy = new Set<Tensor>();
  const visit = (part: Expr): void => {
    if (part.kind === "tensor") labels.set(part.tensor, known.get(part.tensor) ?? part.label);
    if (part.kind === "gradient") gradients.add(part.tensor);
    if (part.kind === "entry") {
      const { tensor, kind } = part.of;
      if (kind === "gradient") gradients.add(tensor);
      else labels.set(tensor, known.get(tensor) ?? part.label);
    }
    if (part.kind !== "derivative") return;
    const { of, by } = part;
    const variable = by.kind === "tensor" ? by.tensor : by.kind === "entry" ? by.of.tensor : null;
    if (variable === null) return;
    differentiatedBy.add(variable);
    if (of.kind === "objective" || (of.kind === "tensor" && of.label === "J")) gradients.add(variable);
  };
  for (const member of members) walk(member, visit);
  const asked = [...gradients];
  const objective = asked.length === 0 ? [] : objectiveOf(asked, labels, names);
  const ends = objective.map(({ y }) => y);
  const tape = new Tape([...labels.keys(), ...asked, ...ends]);
  for (const [x, label] of known) if (!labels.has(x) && tape.has(x)) labels.set(x, label);
  const roles = rolesIn(new Tape([...known.keys(), ...labels.keys()]));
  for (const x of [...differentiatedBy, ...asked]) roles.delete(x); // it can have any numbers
  return {
    tape,
    objective,
    labels,
    leaves: tape.leaves.filter((x) => x.name !== null || labels.has(x)),
    roles,
    asked,
    gradients: [...new Set([...asked, ...ends, ...labels.keys()])],
  };
}

// Finds the objective J whose gradients a formula means by dX.

/** What is differentiated: J = Σ ⟨dY, Y⟩ over its ends. */
export type Objective = readonly End[];

/** A tensor that the objective is a function of, and the objective's gradient there. */
export interface End {
  readonly y: Tensor;
  /** dY: 1 for a single number, a given one, or `null` for any, drawn anew at every point. */
  readonly cotangent: Tensor | 1 | null;
}

/**
 * The objective of the gradients of `xs`, in this order: that of the last `backward` which reached one of them and
 * depends on all; the number called J in scope, if it depends on all; else any function of the last results among the
 * tensors of the formula, whose names are `labels`, so that dX = dY ⊙ Y can be checked for every dY before there is a J.
 *
 * @throws GradientError when nothing says what the objective is.
 */
export function objectiveOf(
  xs: readonly Tensor[],
  labels: ReadonlyMap<Tensor, string>,
  names: Names,
): Objective {
  const covers = (y: Tensor): boolean => {
    const record = new Set(toposort(y));
    return xs.every((x) => record.has(x));
  };
  const origins = xs.map((x) => internals.originOf(x)).filter((origin) => origin !== null);
  for (const { y, cotangent } of origins) if (covers(y)) return [{ y, cotangent: cotangent ?? 1 }];

  const j = names.tensor("J");
  if (j !== undefined && j.size === 1 && covers(j)) return [{ y: j, cotangent: 1 }];

  const results = [...labels.keys()].filter((y) => xs.some((x) => dependsOn(y, x)));
  const known = [...new Set([...xs, ...results])];
  const ends = known.filter((y) => !known.some((other) => other !== y && dependsOn(other, y)));
  if (xs.some((x) => !ends.includes(x))) return ends.map((y) => ({ y, cotangent: null }));
  const name = labels.get(xs[0]) ?? xs[0].name ?? "X";
  throw new GradientError(
    `Nothing says what d${name} is the gradient of: call J.backward() or Y.backward(dY) first, ` +
      `on something that was computed from ${name}`,
  );
}

// Finds the leaves that cannot have arbitrary numbers, by what the record does with them.

/**
 * What a leaf is to an op: the probabilities that a cross-entropy compares with, the condition of a `where`, or a whole
 * exponent, which alone can raise a negative number.
 */
export type Role = "target" | "condition" | "exponent";

/** The roles of leaves; leaves without one can have any numbers, whatever they look like. */
export function rolesIn(tape: Tape): Map<Tensor, Role> {
  const roles = new Map<Tensor, Role>();
  for (const { op, inputs } of tape.nodes) {
    const [first, second] = inputs;
    if (op.name === "where" && isIndicator(first)) roles.set(first, "condition");
    if (op.name === "pow" && second?.data.every(Number.isInteger)) roles.set(second, "exponent");
    if (!WEIGHING.test(op.name)) continue;
    for (const [x, other] of [inputs, inputs.toReversed()]) {
      if (isLogProbability(other) && areProbabilities(x)) roles.set(x, "target");
    }
  }
  for (const x of roles.keys()) if (internals.nodeOf(x) !== null) roles.delete(x);
  return roles;
}

/** The ops that multiply a probability by the logarithm of another. */
const WEIGHING = /^(mul|mask|dot|matmul)$/;

function isIndicator(x: Tensor): boolean {
  return x.data.every((value) => value === 0 || value === 1);
}

/** log softmax, in one step or in two. */
function isLogProbability(x: Tensor): boolean {
  const node = internals.nodeOf(x);
  if (node?.op.name === "logSoftmax") return true;
  return node?.op.name === "log" && internals.nodeOf(node.inputs[0]) !== null;
}
