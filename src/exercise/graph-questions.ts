/** Questions about a computation: build it, name its paths, say where gradients add up, predict one of them. */

import { CotangentMap, seedOf, walkBack } from "../autodiff/backward.ts";
import { toposort } from "../autodiff/tape.ts";
import { describe } from "../graph/describe.ts";
import type { GraphJson, GraphNode } from "../graph/graph-json.ts";
import { recordOf } from "../graph/record.ts";
import { add } from "../ops/arithmetic.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { ValueError } from "../tensor/errors.ts";
import { sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Found, failed, passed, withoutValue } from "./judge.ts";
import type { Part, PartOptions, Run } from "./part.ts";
import type { Asking } from "./student.ts";

/** Builds a computation, from the inputs of the exercise. */
export type Computation = (inputs: { readonly [name: string]: Tensor }) => Tensor;

/** A computation of the same shape as the teacher's: the same ops, joined in the same way. */
export function buildPart(name: string, reference: Computation, { weight = 1 }: PartOptions): Part {
  return {
    kind: "computation",
    of: name,
    weight,
    mistakes: [],
    *check(run: Run): Asking<Found & { check: string }> {
      const check = `the computation of ${name}`;
      const answer = yield { ask: "graph", name };
      const none = withoutValue(answer, name);
      if (none !== null) return { check, ...none };
      if (answer.kind !== "graph")
        return { check, ...failed("type", `${name} must be a tensor that was computed from others`) };
      const wanted = describe(recordOf(reference(run.inputs)));
      const problem = difference(answer.graph, wanted);
      if (problem === null) return { check, ...passed(`${name} is computed in the way that was asked for`) };
      for (const { name: mistake, wrong, hint } of run.mistakes) {
        if (typeof wrong !== "function") continue;
        const other = describe(recordOf(wrong(run.inputs)));
        if (difference(answer.graph, other) === null)
          return { check, ...failed("value", problem, { mistake, hint }) };
      }
      return { check, ...failed("value", problem) };
    },
  };
}

const COMMUTES = /^(add|mul|maximum|minimum)$/;

/** Where two computations differ, in a sentence about the first; `null` if they do not. */
function difference(given: GraphJson, wanted: GraphJson): string | null {
  let first: string | null = null;
  const note = (problem: string): null => {
    first ??= problem;
    return null;
  };
  /** The pairs of nodes that correspond, or `null`. */
  const match = (
    a: number,
    b: number,
    pairs: ReadonlyMap<number, number>,
  ): ReadonlyMap<number, number> | null => {
    const [x, y] = [given.nodes[a], wanted.nodes[b]];
    const [before, taken] = [pairs.get(a), [...pairs.values()].includes(b)];
    if (before !== undefined)
      return before === b ? pairs : note(`${called(x)} is used in more than one place, or in another one`);
    if (taken)
      return note(
        `${called(x)} stands in place of a tensor that is used twice: compute it once, and use it again`,
      );
    const problem = ownDifference(x, y);
    if (problem !== null) return note(problem);
    const now = new Map(pairs).set(a, b);
    if (x.op === null || y.op === null) return now;
    const [p, q] = [x.op.inputs, y.op.inputs];
    const orders = COMMUTES.test(x.op.name) && p.length === 2 ? [p, p.toReversed()] : [p];
    for (const order of orders) {
      let found: ReadonlyMap<number, number> | null = now;
      for (const [k, input] of order.entries()) {
        const other = q[k];
        if (found === null) break;
        if ("from" in input && "from" in other) found = match(input.from, other.from, found);
        else if ("from" in input || "from" in other)
          found = note(`${called(x)} has a number where a tensor belongs, or the other way round`);
        else
          found =
            input.value === other.value
              ? found
              : note(`${called(x)} is computed with the number ${input.value}`);
      }
      if (found !== null) return found;
    }
    return null;
  };
  const matched = match(given.nodes.length - 1, wanted.nodes.length - 1, new Map());
  return matched === null ? (first ?? "The computation has another shape") : null;
}

function ownDifference(x: GraphNode, y: GraphNode): string | null {
  if (x.op === null && y.op !== null)
    return `${called(x)} is not computed from anything; a step is missing there`;
  if (x.op !== null && y.op === null)
    return `${called(x)} is computed by ${x.op.name}, where the computation begins`;
  if (x.op?.name !== y.op?.name) return `${called(x)} is computed by ${x.op?.name}, where another op belongs`;
  if (x.op?.inputs.length !== y.op?.inputs.length)
    return `${called(x)} is computed from ${x.op?.inputs.length} tensors`;
  if (!sameShape([...x.shape], [...y.shape]))
    return `${called(x)} has shape [${x.shape.join(", ")}], and another is asked for`;
  return y.op === null && y.name !== null && x.name !== y.name
    ? `${called(x)} stands where ${y.name} belongs`
    : null;
}

function called({ name, label }: GraphNode): string {
  return name ?? label;
}

/** All ways from one tensor to the result, each as the names on it: `W → Z → J`. */
export function pathsIn(y: Tensor, from: string): string[] {
  const { nodes } = describe(recordOf(y));
  const usersOf = nodes.map((_, k) =>
    nodes.flatMap(({ op }, user) =>
      (op?.inputs ?? []).flatMap((input) => ("from" in input && input.from === k ? [user] : [])),
    ),
  );
  const start = nodes.findIndex(({ name }) => name === from);
  if (start < 0)
    throw new ValueError(
      `Cannot list the paths from ${from}: ${y.name ?? "the result"} was not computed from it`,
    );
  const ways = (k: number): string[][] => {
    const own = nodes[k].name === null ? [] : [nodes[k].name ?? ""];
    return k === nodes.length - 1
      ? [own]
      : usersOf[k].flatMap((user) => ways(user).map((way) => [...own, ...way]));
  };
  return [...new Set(ways(start).map((way) => way.join(" → ")))];
}

/** The names of the tensors that are used more than once: where the shares of their gradients add up. */
export function meetingsIn(y: Tensor): string[] {
  const { nodes } = describe(recordOf(y));
  const uses = nodes.map(() => 0);
  for (const { op } of nodes)
    for (const input of op?.inputs ?? []) if ("from" in input) uses[input.from] += 1;
  return nodes.flatMap(({ name }, k) => (uses[k] > 1 && name !== null ? [name] : []));
}

/** The share of its gradient that the tensor `from` gets from the tensor `to`, which was computed from it. */
export function shareIn(y: Tensor, from: string, to: string): Tensor {
  const shares: Tensor[] = [];
  withoutRecording(() =>
    walkBack(toposort(y).toReversed(), new CotangentMap([[y, seedOf("go backward from", y, undefined)]]), {
      isAskedFor: () => true,
      operandsOf: (_, { inputs }) => inputs,
      meet: (z, i, share) => {
        if (z.name === to && namesOf(z)[i] === from) shares.push(share);
      },
    }),
  );
  if (shares.length === 0)
    throw new ValueError(`Cannot follow the edge from ${to} back to ${from}: there is none`);
  return withoutRecording(() => shares.reduce((a, b) => add(a, b)));
}

function namesOf(z: Tensor): (string | null)[] {
  const { nodes } = describe(recordOf(z));
  const inputs = nodes[nodes.length - 1].op?.inputs ?? [];
  return inputs.map((input) => ("from" in input ? nodes[input.from].name : null));
}
