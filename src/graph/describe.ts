/** From a record to the JSON of its graph. */

import { allocate } from "../dtype.ts";
import { closedForm, localDerivative } from "../explain/derive.ts";
import { lettersFor } from "../explain/letters.ts";
import { type Situation, situationOf } from "../explain/situation.ts";
import { placeOf, session } from "../host.ts";
import type { JsonNumber } from "../json-numbers.ts";
import { literalTex } from "../latex/expression.ts";
import { plainTex } from "../latex/plain.ts";
import { hasSymbols } from "../latex/symbolic.ts";
import { Strength, type Tex } from "../latex/tex.ts";
import { withoutRecording } from "../op.ts";
import { internals, type Node, Tensor } from "../tensor.ts";
import { backwardShares, isUnchanged, type Shares } from "./backward-shares.ts";
import type { Check } from "./check-gradients.ts";
import { type Detail, levelsFor } from "./detail.ts";
import type { GraphEdge, GraphInput, GraphJson, GraphNode, GraphOp, GraphValues } from "./graph-json.ts";
import { MOST_JSON } from "./graph-json.ts";
import { grouped } from "./groups.ts";
import { packed } from "./packed.ts";
import { pillLabel } from "./pill-label.ts";
import { type GraphRecord, texIn } from "./record.ts";
import { stepsOf } from "./steps.ts";
import { type Numbers, numberOf, valuesOf } from "./values.ts";

/** What is said of a graph beside what its record says. */
export interface Description {
  readonly id?: string | null;
  /** What central differences say of the gradients. */
  readonly checks?: ReadonlyMap<Tensor, Check>;
  /** The tensors that are shown entry by entry at first. */
  readonly entries?: readonly Tensor[];
}

/** The graph of a record, in as much detail as fits into a notebook. */
export function describe(record: GraphRecord, about: Description = {}): GraphJson {
  return fitting(record, about, {
    symbolic: hasSymbols(record.order),
    lengthsOf: lettersFor(record.order[record.order.length - 1]),
    shares: backwardShares(record),
  });
}

/** What is found out once of a record, however much of it is then said. */
interface Findings {
  readonly symbolic: boolean;
  readonly lengthsOf: (x: Tensor) => readonly string[];
  readonly shares: Shares;
}

function fitting(record: GraphRecord, about: Description, findings: Findings): GraphJson {
  let length = 0;
  for (const detail of levelsFor(record.order.length)) {
    const graph = inDetail(record, about, findings, detail);
    length = JSON.stringify(packed(graph)).length;
    if (length <= MOST_JSON) return graph;
  }
  // Even the least that can be said of each is too much: those nearest to the result are kept.
  const kept = Math.floor(record.order.length * Math.min(0.95, MOST_JSON / length));
  const omitted = record.order.length - kept;
  const rest = fitting({ ...record, order: record.order.slice(-kept) }, about, findings);
  return { ...rest, omitted: rest.omitted + omitted };
}

function inDetail(
  record: GraphRecord,
  { id = null, checks, entries = [] }: Description,
  findings: Findings,
  detail: Detail,
): GraphJson {
  const { order, failure } = record;
  const result = order[order.length - 1];
  const writer: Writer = { ...findings, record, detail, index: new Map(order.map((x, k) => [x, k])) };
  const nodes = order.map((x) => nodeOf(writer, x, checks?.get(x)));
  if (failure !== null) nodes.push(failedNode(writer));
  return {
    v: 1,
    id,
    session: session(),
    title: failure === null ? plainTex(texIn(record, result)) : failure.action,
    ...grouped(nodes, order),
    ...(entries.length > 0 && { entries: entries.flatMap((x) => writer.index.get(x) ?? []) }),
    steps: failure === null ? stepsOf(nodes) : [],
    failure: failure?.message ?? null,
    omitted: 0,
  };
}

interface Writer extends Findings {
  readonly record: GraphRecord;
  readonly detail: Detail;
  readonly index: ReadonlyMap<Tensor, number>;
}

function nodeOf(writer: Writer, x: Tensor, check: Check | undefined): GraphNode {
  const { record, detail, symbolic, lengthsOf, shares } = writer;
  const node = internals.nodeOf(x);
  const tex = texIn(record, x);
  const isLeaf = node === null;
  const data = record.data.get(x) ?? x.data;
  const gradient = symbolic ? undefined : shares.cotangents.get(x);
  const place = placeOf(internals.madeAt(x));
  return {
    name: x.name,
    tex,
    label: plainTex(tex),
    shape: [...x.shape],
    ...(symbolic && x.rank > 0 && { lengths: lengthsOf(x) }),
    dtype: x.dtype,
    op: node === null ? null : opOf(writer, x, node),
    value: symbolic ? null : numbersIn(detail, { shape: x.shape, data }, isLeaf ? 17 : undefined),
    gradient: gradient === undefined ? null : numbersIn(detail, gradient),
    ...(place !== null && { place }),
    ...(check !== undefined && {
      check: {
        error: check.error,
        ok: check.ok,
        differences: valuesOf(check.differences, detail.entries),
      },
    }),
  };
}

function numbersIn({ entries, summaries }: Detail, numbers: Numbers, digits?: number): GraphValues | null {
  return summaries || numbers.data.length <= entries ? valuesOf(numbers, entries, digits) : null;
}

function opOf(writer: Writer, z: Tensor, node: Node): GraphOp {
  const { record, detail } = writer;
  const { op, inputs } = node;
  const operands = inputs.map((x) => operandTex(record, x));
  const tex = { ...op.tex(...operands), rank: z.rank }.latex;
  const indices = op.indices?.(...inputs.map(({ shape }) => shape));
  return {
    name: op.name,
    tex: detail.formulas ? tex : "",
    label: detail.formulas ? pillLabel(op, operands, plainTex(tex)) : op.name,
    inputs: inputs.map((x, i) => inputOf(writer, z, node, x, i)),
    ...(detail.formulas && indices !== undefined && { indices }),
    ...(detail.formulas && recipeOf(node) !== undefined && { recipe: recipeOf(node) }),
  };
}

/** What stands for an operand in a formula: its name, or the number it is. */
function operandTex(record: GraphRecord, x: Tensor): Tex {
  if (internals.isLiteral(x)) return literalTex(x.item());
  return { latex: texIn(record, x), strength: Strength.atom, rank: x.rank };
}

function inputOf(writer: Writer, z: Tensor, node: Node, x: Tensor, i: number): GraphInput {
  if (internals.isLiteral(x)) return { value: numberOf(x.item(), 17) };
  const from = writer.index.get(x) ?? 0;
  return { from, ...edgeOf(writer, z, node, i) };
}

/** The derivative that goes from a result to its operand number `i`. */
function edgeOf(writer: Writer, z: Tensor, node: Node, i: number): Omit<GraphEdge, "from"> {
  const { record, detail, symbolic, lengthsOf, shares } = writer;
  if (!detail.formulas) return shares.of(z, i) === null ? {} : { rule: "" };
  const objective = record.order[record.order.length - 1];
  const situation = situationOf(z, i, { given: record.given, lengthsOf, objective });
  const rule = ruleOf(situation, i);
  if (rule === null) return {};
  const share = symbolic ? null : shares.of(z, i);
  const jacobian = symbolic || !isUnchanged(node) ? null : jacobianOf(node, z, i, detail.jacobian);
  const local = localDerivative(situation);
  return {
    rule,
    ...(local !== null && { local }),
    ...(share !== null && share.size <= detail.share && { share: valuesOf(share, detail.share) }),
    ...(jacobian !== null && { jacobian }),
  };
}

/** The share that the operand gets, as the op's rule gives it: `null` where no derivative passes. */
function ruleOf(situation: Situation, i: number): string | null {
  const { op, y, inputs, dy } = situation;
  const share = op.vjp(i, dy ?? internals.literal(1), y, ...inputs);
  return share === null ? null : closedForm(situation, share);
}

/** ∂y/∂x entry by entry, a row per entry of the result; `null` when there are more than `most`. */
function jacobianOf({ op, inputs }: Node, y: Tensor, i: number, most: number): JsonNumber[] | null {
  const x = inputs[i];
  if (x.size * y.size > most) return null;
  return withoutRecording(() =>
    Array.from({ length: y.size }, (_, k) => {
      const cotangent = allocate(y.dtype, y.size);
      cotangent[k] = 1;
      const row = op.vjp(i, new Tensor(y.shape, cotangent), y, ...inputs);
      return row === null ? Array<number>(x.size).fill(0) : Array.from(row.data);
    }).flatMap((row) => row.map((entry) => numberOf(entry))),
  );
}

/** How the op is made again; an op whose rule has no recipe is made by its name. */
function recipeOf({ op }: Node): GraphOp["recipe"] {
  if (op.isAbstract) return undefined;
  return op.recipe ?? { maker: op.name };
}

/** The node that there would be, had the op not failed. */
function failedNode({ record, index }: Writer): GraphNode {
  const { failure } = record;
  if (failure === null) throw new Error("Cannot describe a failure that did not happen");
  const { action, operands, at } = failure;
  const inputs = operands.map(
    (x): GraphInput =>
      internals.isLiteral(x) ? { value: numberOf(x.item(), 17) } : { from: index.get(x) ?? 0 },
  );
  const formula = `\\operatorname{${action}}(${operands.map((x) => operandTex(record, x).latex).join(", ")})`;
  const place = placeOf(at);
  return {
    name: null,
    tex: "?",
    label: "?",
    shape: [],
    dtype: "float64",
    op: { name: action, tex: formula, label: action, inputs },
    value: null,
    gradient: null,
    ...(place !== null && { place }),
  };
}
