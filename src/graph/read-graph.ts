/** Reads the data of a graph, which may come from anybody's notebook and is trusted only once checked. */

import { fromJsonNumber, type JsonNumber } from "../tensor/numbers.ts";
import { plainTex } from "../tex/plain.ts";
import { stepsOf } from "./detail.ts";
import {
  callingOf,
  type GraphCheck,
  type GraphEdge,
  type GraphGroup,
  type GraphInput,
  type GraphJson,
  type GraphNode,
  type GraphOp,
  type GraphPlace,
  type GraphValues,
  MOST_AXES,
  MOST_NODES,
  MOST_NUMBERS,
  MOST_TEX,
  MOST_TEXT,
} from "./graph-json.ts";

/** Data that is not a graph. The message says where, and what is there. */
export class GraphDataError extends Error {
  override readonly name = "GraphDataError";
}

/**
 * The graph in `json`, with everything filled in that was left out because it follows from the rest. Unknown fields
 * are dropped, so that later versions 1 may say more.
 *
 * @throws GraphDataError when it is not a graph.
 */
export function readGraph(json: unknown): GraphJson {
  const graph = record(json, "its data");
  if (graph.v !== 1) throw wrong("the version of its data", graph.v, "1, all that is read here");
  const groups = list(graph.groups, "its groups", MOST_NODES).map(readGroup);
  const cells = graph.cells === undefined ? {} : record(graph.cells, "its cells");
  const budget = { numbers: MOST_NUMBERS };
  const nodes = list(graph.nodes, "its nodes", MOST_NODES).map((node, k) =>
    readNode(node, { k, groups, budget, cells }),
  );
  if (nodes.length === 0) throw wrong("its nodes", [], "at least one node");
  for (const { into, parent } of groups) {
    if (into === undefined || (nodes[into]?.op && nodes[into].group === parent)) continue;
    throw wrong("what a formula computes", into, "a node beside the nodes on the way to it");
  }
  const failure = graph.failure === null ? null : text(graph.failure, "its failure");
  return {
    v: 1,
    id: graph.id === null ? null : text(graph.id, "its id"),
    title: text(graph.title, "its title"),
    nodes,
    groups,
    ...(graph.entries !== undefined && {
      entries: list(graph.entries, "the nodes shown entry by entry", MOST_NODES).map((node) =>
        whole(node, "a node shown entry by entry", nodes.length - 1),
      ),
    }),
    steps: failure === null ? stepsOf(nodes) : [],
    failure,
    omitted: whole(graph.omitted, "the number of tensors left out", Number.MAX_SAFE_INTEGER),
  };
}

interface Around {
  readonly k: number;
  readonly groups: readonly GraphGroup[];
  /** How many numbers may still come. */
  readonly budget: { numbers: number };
  /** The ids of the cells, by their numbers. */
  readonly cells: Readonly<Record<string, unknown>>;
}

function readGroup(json: unknown, k: number): GraphGroup {
  const where = `group ${k + 1}`;
  const { label, parent, repeats, into } = record(json, where);
  return {
    label: text(label, `the label of ${where}`),
    ...(parent !== undefined && { parent: whole(parent, `what ${where} lies in`, k - 1) }),
    ...(repeats !== undefined && { repeats: whole(repeats, `the repetitions of ${where}`, MOST_NODES) }),
    ...(into !== undefined && { into: whole(into, `what ${where} computes`, MOST_NODES) }),
  };
}

function readNode(json: unknown, around: Around): GraphNode {
  const { groups } = around;
  const where = `node ${around.k + 1}`;
  const node = record(json, where);
  const name = node.name === undefined || node.name === null ? null : text(node.name, `the name of ${where}`);
  const shape = list(node.shape, `the shape of ${where}`, MOST_AXES).map((length) =>
    whole(length, `the shape of ${where}`, Number.MAX_SAFE_INTEGER),
  );
  const known = callingOf(name, shape.length)?.tex;
  const tex =
    node.tex === undefined && known !== undefined ? known : text(node.tex, `the LaTeX of ${where}`, MOST_TEX);
  const { dtype = "float64" } = node;
  if (dtype !== "float64" && dtype !== "float32")
    throw wrong(`the dtype of ${where}`, dtype, "float64 or float32");
  const size = shape.reduce((product, length) => product * length, 1);
  const values = (json: unknown, what: string): GraphValues | null =>
    json === undefined || json === null ? null : readValues(json, `${what} of ${where}`, size, around);
  return {
    name,
    tex,
    label: node.label === undefined ? plainTex(tex) : text(node.label, `the label of ${where}`),
    shape,
    ...(node.lengths !== undefined && {
      lengths: list(node.lengths, `the lengths of ${where}`, shape.length).map((length) =>
        text(length, `the lengths of ${where}`),
      ),
    }),
    dtype,
    op: node.op === undefined || node.op === null ? null : readOp(node.op, where, size, around),
    value: values(node.value, "the value"),
    gradient: values(node.gradient, "the gradient"),
    ...(node.at !== undefined && { place: readPlace(node.at, where, around) }),
    ...(node.changed === true && { changed: true }),
    ...(node.group !== undefined && { group: whole(node.group, `the group of ${where}`, groups.length - 1) }),
    ...(node.check !== undefined && { check: readCheck(node.check, where, size, around) }),
  };
}

function readOp(json: unknown, where: string, size: number, around: Around): GraphOp {
  const { name, tex, label, inputs, omitted, indices, recipe } = record(json, `the op of ${where}`);
  const operands = list(inputs, `the operands of ${where}`, around.budget.numbers);
  around.budget.numbers -= operands.length;
  return {
    name: text(name, `the op of ${where}`),
    tex: tex === undefined ? "" : text(tex, `the formula of ${where}`, MOST_TEX),
    label: text(label ?? name, `the label of ${where}'s op`),
    inputs: operands.map((input) => readInput(input, where, size, around)),
    ...(omitted !== undefined && {
      omitted: whole(omitted, `the number of operands left out of ${where}`, Number.MAX_SAFE_INTEGER),
    }),
    ...(indices !== undefined && { indices: text(indices, `the indices of ${where}`) }),
    ...(recipe !== undefined && { recipe }),
  };
}

function readInput(json: unknown, where: string, size: number, around: Around): GraphInput {
  const what = `an operand of ${where}`;
  // Only an earlier node can be an operand, so there are no circles.
  if (typeof json === "number") return { from: whole(json, what, around.k - 1), rule: "" };
  const input = record(json, what);
  if (!("from" in input)) return { value: number(input.value, what) };
  const { from, rule, local, share, jacobian } = input;
  const edge: GraphEdge = {
    from: whole(from, what, around.k - 1),
    ...(rule !== undefined && { rule: text(rule, `the rule of ${what}`, MOST_TEX) }),
    ...(local !== undefined && { local: text(local, `the local derivative of ${what}`, MOST_TEX) }),
    ...(share !== undefined && { share: readValues(share, `the share of ${what}`, null, around) }),
    ...(jacobian !== undefined && { jacobian: numbers(jacobian, `the Jacobian of ${what}`, around) }),
  };
  if (edge.jacobian !== undefined && edge.jacobian.length % Math.max(1, size) !== 0) {
    throw wrong(`the Jacobian of ${what}`, edge.jacobian.length, `rows for ${size} entries`);
  }
  return edge;
}

function readValues(json: unknown, what: string, size: number | null, around: Around): GraphValues {
  const values = record(json, what);
  if ("data" in values) {
    const data = numbers(values.data, what, around);
    if (size !== null && data.length !== size) throw wrong(what, data.length, `${size} numbers`);
    return { data };
  }
  return {
    least: number(values.least, what),
    most: number(values.most, what),
    mean: number(values.mean, what),
    corner: list(values.corner, what, MOST_AXES).map((row) =>
      row === null
        ? null
        : list(row, what, MOST_AXES).map((entry) => (entry === null ? null : number(entry, what))),
    ),
  };
}

function readPlace(json: unknown, where: string, { cells }: Around): GraphPlace {
  const [cell, line] = list(json, `the place of ${where}`, 2).map((one) =>
    whole(one, `the place of ${where}`, Number.MAX_SAFE_INTEGER),
  );
  const id = Object.hasOwn(cells, cell) ? text(cells[cell], `the id of cell ${cell}`) : undefined;
  return { cell, line, ...(id !== undefined && { id }) };
}

function readCheck(json: unknown, where: string, size: number, around: Around): GraphCheck {
  const { error, ok, why, differences } = record(json, `the check of ${where}`);
  return {
    error: fromJsonNumber(number(error, `the check of ${where}`)),
    ok: ok === null ? null : ok === true,
    ...(why !== undefined && { why: text(why, `the check of ${where}`) }),
    ...(differences !== undefined && {
      differences: readValues(differences, `the differences of ${where}`, size, around),
    }),
  };
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(what, value, "an object");
  return value as Record<string, unknown>; // an object that is not an array has fields by name
}

function list(value: unknown, what: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(what, value, "a list");
  if (value.length > most) throw wrong(what, value.length, `at most ${most}`);
  return value;
}

function text(value: unknown, what: string, most: number = MOST_TEXT): string {
  if (typeof value !== "string" || value.length > most)
    throw wrong(what, value, `text of at most ${most} characters`);
  return value;
}

function whole(value: unknown, what: string, most: number): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0 || Number(value) > most) {
    throw wrong(what, value, `a whole number from 0 to ${most}`);
  }
  return Number(value);
}

function number(value: unknown, what: string): JsonNumber {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return value;
  throw wrong(what, value, "a number");
}

function numbers(value: unknown, what: string, { budget }: Around): JsonNumber[] {
  const all = list(value, what, budget.numbers).map((one) => number(one, what));
  budget.numbers -= all.length;
  return all;
}

function wrong(what: string, found: unknown, expected: string): GraphDataError {
  const json = JSON.stringify(found) ?? "missing";
  const excerpt = json.length <= 60 ? json : `${json.slice(0, 60)}… (${json.length} characters)`;
  return new GraphDataError(`Cannot show this graph: ${what} is ${excerpt} instead of ${expected}`);
}
