/** Computes a graph again from its own data, by the recipes of its ops: for a page without a kernel. */

import { makers } from "../ops/makers.ts";
import { fromJsonNumber } from "../tensor/numbers.ts";
import type { Recipe } from "../tensor/op.ts";
import { groupsOf, sameShape, sizeOf } from "../tensor/shape.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { checkGradients } from "./check-gradients.ts";
import { describe } from "./describe.ts";
import type { GraphJson, GraphNode, GraphValues } from "./graph-json.ts";
import { detachedIn, type GraphRecord } from "./record.ts";

/** Another number for an entry of a leaf. */
export interface Edit {
  readonly node: number;
  readonly entry: number;
  readonly value: number;
}

/** A graph whose data are not enough to compute it again. */
export class ReplayError extends Error {
  override readonly name = "ReplayError";
}

/** The most entries and products of one op: a stranger's graph must not keep the page busy. */
const [MOST_ENTRIES, MOST_PRODUCTS] = [100_000, 5_000_000];

/** Why a graph cannot be computed again; `null` if it can. */
export function replayProblem({ nodes, omitted, failure }: GraphJson): string | null {
  if (failure !== null) return "the computation failed";
  if (omitted > 0) return "a part of it was left out, as it is too large";
  for (const node of nodes) {
    if (sizeOf(node.shape) > MOST_ENTRIES) return `${node.label} is too large`;
    if (node.op === null) {
      if (node.value === null) return `${node.label} has no numbers`;
      if (!("data" in node.value)) return `of ${node.label}, which is large, only a summary is here`;
    } else if (!isMakeable(node.op.recipe)) {
      return `${node.op.name} cannot be computed here`;
    }
  }
  return null;
}

/**
 * The same graph with everything that follows from the edits: values, gradients, shares, Jacobians.
 *
 * @throws ReplayError when the graph lacks data that this takes.
 */
export function replay(
  graph: GraphJson,
  edits: readonly Edit[],
  { check = false }: { readonly check?: boolean } = {},
): GraphJson {
  const problem = replayProblem(graph);
  if (problem !== null) throw new ReplayError(`Cannot compute this graph again: ${problem}`);
  const order: Tensor[] = [];
  for (const [k, node] of graph.nodes.entries()) {
    order.push(
      node.op === null
        ? leafOf(
            node,
            edits.filter((edit) => edit.node === k),
          )
        : computed(node, order),
    );
  }
  const record = recordAlong(graph, order);
  const checks = check ? checkGradients(record) : undefined;
  return overlaid(describe(record, { ...(checks && { checks }) }), graph);
}

function leafOf({ shape, dtype, value }: GraphNode, edits: readonly Edit[]): Tensor {
  const entries = numbersOf(value, dtype);
  for (const { entry, value: edited } of edits) entries[entry] = edited;
  return new Tensor([...shape], entries);
}

function numbersOf(values: GraphValues | null, dtype: GraphNode["dtype"]): Float64Array | Float32Array {
  const data = values !== null && "data" in values ? values.data : [];
  return dtype === "float32"
    ? Float32Array.from(data, fromJsonNumber)
    : Float64Array.from(data, fromJsonNumber);
}

function computed({ label, op, shape }: GraphNode, order: readonly Tensor[]): Tensor {
  const inputs = (op?.inputs ?? []).map((input) =>
    "from" in input ? order[input.from] : internals.literal(fromJsonNumber(input.value)),
  );
  const refuse = (reason: string): ReplayError =>
    new ReplayError(`Cannot compute ${label} again as ${op?.name}: ${reason}`);
  const recipe = op?.recipe;
  if (!isMakeable(recipe)) throw refuse("there is no such op here");
  if (recipe.maker === "contract") checkContraction(recipe, inputs, shape, refuse);
  let y: Tensor;
  try {
    y = makers[recipe.maker].remake(recipe as never, shape)(...inputs); // each reads what its ops have written
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  if (!sameShape(y.shape, [...shape])) throw refuse("its shape is another");
  return y;
}

/** A contraction itself says how long its axes are and how much there is to add up. */
function checkContraction(
  { indices, lengths }: Recipe,
  inputs: readonly Tensor[],
  shape: readonly number[],
  refuse: (reason: string) => ReplayError,
): void {
  const [groups, output] = groupsOf(String(indices));
  if (groups.length !== inputs.length || output === undefined || output.length !== shape.length) {
    throw refuse("its indices do not fit");
  }
  const known = new Map<string, number>();
  for (const [i, x] of inputs.entries()) {
    if (groups[i].length !== x.rank) throw refuse("its indices do not fit");
    for (const [axis, index] of Array.from(groups[i]).entries()) known.set(index, x.shape[axis]);
  }
  for (const [axis, index] of Array.from(output).entries()) {
    const length = known.get(index) ?? (lengths as Record<string, unknown> | undefined)?.[index];
    if (length !== shape[axis]) throw refuse("its lengths do not fit");
    known.set(index, shape[axis]);
  }
  const products = [...known.values()].reduce((product, length) => product * length, 1);
  if (products > MOST_PRODUCTS) throw refuse("there is too much to add up");
}

/** The record of the tensors, each called as it is in the graph. */
export function recordAlong(graph: GraphJson, order: readonly Tensor[]): GraphRecord {
  for (const [k, { name }] of graph.nodes.entries()) if (name !== null) order[k].as(name);
  const last = graph.nodes[graph.nodes.length - 1];
  const start = numbersOf(last.gradient, last.dtype);
  const seed = last.gradient !== null && "data" in last.gradient ? new Tensor([...last.shape], start) : null;
  return {
    order,
    detached: detachedIn(new Set(order)),
    data: new Map(order.map((x) => [x, x.data])),
    assigned: new Map(),
    gradients: new Map(),
    seed,
    given: new Map(graph.nodes.map(({ name, label }, k) => [order[k], name ?? label])),
    failure: null,
  };
}

/** The numbers of one graph, with everything that does not depend on numbers taken from another. */
export function overlaid(numbers: GraphJson, { nodes, ...graph }: GraphJson): GraphJson {
  return {
    ...graph,
    steps: numbers.steps,
    nodes: nodes.map((node, k): GraphNode => {
      const { check: _check, changed: _changed, ...before } = node;
      const { value, gradient, op, check } = numbers.nodes[k];
      const label = node.op?.label;
      return {
        ...before,
        value,
        gradient,
        op: op === null ? null : { ...op, ...(label !== undefined && { label }) },
        ...(check !== undefined && { check }),
      };
    }),
  };
}

// Makes ops again from JSON.

/** Whether an op can be made again. */
export function isMakeable(recipe: unknown): recipe is Recipe {
  const maker = (recipe as Recipe | undefined)?.maker;
  return typeof maker === "string" && Object.hasOwn(makers, maker);
}
