/** From a record to the JSON of its graph. */

import { unitCotangents } from "../autodiff/jacobian.ts";
import { closedForm, localDerivative } from "../explain/derive.ts";
import { type Situation, situationOf } from "../explain/situation.ts";
import { applied, hasSymbols, literalTex } from "../print/expression.ts";
import { lettersFor } from "../print/letters.ts";
import { withoutRecording } from "../tensor/apply.ts";
import { placeOf } from "../tensor/host.ts";
import type { JsonNumber } from "../tensor/numbers.ts";
import { pointwiseIndices } from "../tensor/shape.ts";
import { internals, type Node, type Tensor } from "../tensor/tensor.ts";
import { listed } from "../tex/matrix.ts";
import { plainTex } from "../tex/plain.ts";
import { Strength, type Tex } from "../tex/tex.ts";
import { backwardShares, type Check, type Shares } from "./check-gradients.ts";
import { type Detail, levelsFor, type Numbers, numberOf, pillLabel, stepsOf, valuesOf } from "./detail.ts";
import { type Fold, foldsOf } from "./folds.ts";
import {
  clipped,
  DETACH,
  type GraphCheck,
  type GraphEdge,
  type GraphInput,
  type GraphJson,
  type GraphNode,
  type GraphOp,
  type GraphValues,
  ID_LENGTH,
  MOST_JSON,
  MOST_NODES,
  MOST_TEX,
  MOST_TEXT,
  packed,
  SEEN_AT_FIRST,
} from "./graph-json.ts";
import { grouped } from "./groups.ts";
import { asRecorded, changedIn, type GraphRecord, isUnchanged, nameIn, texIn } from "./record.ts";

/** What is said about a graph in addition to its record. */
export interface Description {
  /** What central differences say about the gradients. */
  readonly checks?: ReadonlyMap<Tensor, Check>;
  /** The tensors that are shown entry by entry at first. */
  readonly entries?: readonly Tensor[];
}

/** The graph of a record, in as much detail as fits into a notebook; whoever keeps it gives it its id. */
export function describe(record: GraphRecord, about: Description = {}): GraphJson {
  const symbolic = hasSymbols(record.order);
  return fitting(record, about, {
    symbolic,
    // A picture with numbers in it has numbers for lengths too, in every formula.
    lengthsOf: symbolic
      ? lettersFor(record.order[record.order.length - 1])
      : ({ shape }) => shape.map(String),
    shares: backwardShares(record),
    changed: changedIn(record),
  });
}

/** What is found out once about a record, however much of it is then described. */
interface Findings {
  readonly symbolic: boolean;
  readonly lengthsOf: (x: Tensor) => readonly string[];
  readonly shares: Shares;
  /** The leaves whose numbers are no longer those that everything was computed from. */
  readonly changed: ReadonlySet<Tensor>;
}

function fitting(record: GraphRecord, about: Description, findings: Findings): GraphJson {
  const { order } = record;
  let kept = Math.min(order.length, MOST_NODES - 1); // a failure is one node more
  if (kept === order.length) {
    let length = 0;
    for (const detail of levelsFor(Math.max(order.length, mostOperands(order)))) {
      const graph = inDetail(record, about, findings, detail);
      length = JSON.stringify(packed(graph)).length;
      if (length <= MOST_JSON - ID_LENGTH) return graph;
    }
    // Even the shortest description of each is too much: those nearest to the result are kept.
    kept = Math.floor(order.length * Math.min(0.95, MOST_JSON / length));
  }
  const omitted = order.length - kept;
  const rest = fitting({ ...record, order: order.slice(omitted) }, about, findings);
  return { ...rest, omitted: rest.omitted + omitted };
}

/** An op with many operands takes as much to describe as many tensors. */
function mostOperands(order: readonly Tensor[]): number {
  return order.reduce((most, x) => Math.max(most, internals.nodeOf(x)?.inputs.length ?? 0), 0);
}

function inDetail(
  record: GraphRecord,
  { checks, entries = [] }: Description,
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
    id: null,
    title: clipped(failure === null ? plainTex(texIn(record, result)) : failure.action, MOST_TEXT),
    ...grouped(nodes, order, entries.length > 0 ? [] : formulasIn(writer, nodes)),
    ...(entries.length > 0 && { entries: entries.flatMap((x) => writer.index.get(x) ?? []) }),
    steps: failure === null ? stepsOf(nodes) : [],
    failure: failure === null ? null : clipped(failure.message, MOST_TEXT),
    omitted: 0,
  };
}

/** What is read as one op, in a graph that is too large to be read op by op. */
function formulasIn({ record, detail, lengthsOf }: Writer, nodes: readonly GraphNode[]): Fold[] {
  const { order, failure } = record;
  if (nodes.length <= SEEN_AT_FIRST || failure !== null || !detail.formulas) return [];
  return foldsOf(nodes, order, (k, inside) => {
    const parts = new Set([...inside].map((part) => order[part]));
    const formula = (x: Tensor): Tex => {
      const node = internals.nodeOf(x);
      if (node === null) return operandTex(record, x);
      const operands = node.inputs.map((input) =>
        parts.has(input) ? formula(input) : operandTex(record, input),
      );
      return applied(x, node.op, operands, lengthsOf);
    };
    return plainTex(formula(order[k]).latex);
  });
}

interface Writer extends Findings {
  readonly record: GraphRecord;
  readonly detail: Detail;
  readonly index: ReadonlyMap<Tensor, number>;
}

function nodeOf(writer: Writer, x: Tensor, check: Check | undefined): GraphNode {
  const { record, detail, symbolic, lengthsOf, shares, changed } = writer;
  const node = internals.nodeOf(x);
  const tex = texIn(record, x);
  const op = node === null ? detachOf(writer, x) : opOf(writer, x, node);
  const data = record.data.get(x) ?? x.data;
  const gradient = symbolic ? undefined : shares.cotangents.get(x);
  const place = placeOf(internals.madeAt(x));
  return {
    name: x.name === null ? null : nameIn(record, x),
    tex,
    label: clipped(plainTex(tex), MOST_TEXT),
    shape: [...x.shape],
    ...(symbolic && x.rank > 0 && { lengths: lengthsOf(x) }),
    dtype: x.dtype,
    op,
    value:
      symbolic || changed.has(x)
        ? null
        : numbersIn(detail, { shape: x.shape, data }, op === null ? 17 : undefined),
    gradient: gradient === undefined ? null : numbersIn(detail, gradient),
    ...(place !== null && { place }),
    ...(changed.has(x) && { changed: true }),
    ...(check !== undefined && { check: checkIn(detail, check) }),
  };
}

function checkIn({ entries }: Detail, { error, ok, why, differences }: Check): GraphCheck {
  return {
    error,
    ok,
    ...(why !== undefined && { why: clipped(why, MOST_TEXT) }),
    ...(differences !== undefined && { differences: valuesOf(differences, entries) }),
  };
}

function numbersIn({ entries, summaries }: Detail, numbers: Numbers, digits?: number): GraphValues | null {
  return summaries || numbers.data.length <= entries ? valuesOf(numbers, entries, digits) : null;
}

function opOf(writer: Writer, z: Tensor, node: Node): GraphOp {
  const { record, detail, lengthsOf } = writer;
  const { op, inputs } = node;
  const operands = inputs.map((x) => operandTex(record, x));
  const written = (...x: Tex[]): string => applied(z, op, x, lengthsOf).latex;
  const tex = written(...operands);
  const hasRoom = detail.formulas && tex.length <= MOST_TEX;
  const indices = op.indices?.(...inputs.map(({ shape }) => shape));
  const shown = inputs.flatMap((x, i) => inputOf(writer, z, node, x, i));
  const omitted = inputs.length - shown.length;
  // What refers to operands by their positions means nothing if some are missing.
  const isWhole = detail.formulas && omitted === 0;
  return {
    name: op.name,
    tex: hasRoom ? tex : "",
    label: hasRoom
      ? clipped(
          pillLabel(op, operands, (...x) => plainTex(written(...x))),
          MOST_TEXT,
        )
      : op.name,
    inputs: shown,
    ...(omitted > 0 && { omitted }),
    ...(isWhole && indices !== undefined && indices.length <= MOST_TEXT && { indices }),
    ...(isWhole && op.recipe !== null && { recipe: op.recipe }),
  };
}

/** The step from the tensor that `x` was detached from, which no gradient passes; `null` for a leaf. */
function detachOf({ record, detail, index }: Writer, x: Tensor): GraphOp | null {
  const source = record.detached.get(x);
  if (source === undefined) return null;
  const tex = `\\operatorname{${DETACH}}(${texIn(record, source)})`;
  const from = index.get(source);
  return {
    name: DETACH,
    tex: detail.formulas && tex.length <= MOST_TEX ? tex : "",
    label: DETACH,
    inputs: from === undefined ? [] : [{ from }],
    ...(from === undefined && { omitted: 1 }),
    ...(from !== undefined &&
      detail.formulas && { indices: pointwiseIndices(x.shape), recipe: { maker: DETACH } }),
  };
}

/** What stands for an operand in a formula: its name or its number. */
function operandTex(record: GraphRecord, x: Tensor): Tex {
  if (internals.isLiteral(x)) return literalTex(x.item());
  return { latex: texIn(record, x), strength: Strength.atom, rank: x.rank };
}

/** Nothing for an operand that was left out. */
function inputOf(writer: Writer, z: Tensor, node: Node, x: Tensor, i: number): GraphInput[] {
  if (internals.isLiteral(x)) return [{ value: numberOf(x.item(), 17) }];
  const from = writer.index.get(x);
  return from === undefined ? [] : [{ from, ...edgeOf(writer, z, node, i) }];
}

/** The derivative that goes from a result to its operand number `i`. */
function edgeOf(writer: Writer, z: Tensor, node: Node, i: number): Omit<GraphEdge, "from"> {
  const { record, detail, symbolic, lengthsOf, shares } = writer;
  if (!detail.formulas) return shares.of(z, i) === null ? {} : { rule: "" };
  const objective = record.order[record.order.length - 1];
  const situation = situationOf(z, i, { given: record.given, lengthsOf, objective });
  const rule = ruleOf(situation, i);
  if (rule === null) return {};
  if (rule.length > MOST_TEX) return { rule: "" };
  const share = symbolic ? null : shares.of(z, i);
  const jacobian = symbolic || !isUnchanged(record, node) ? null : jacobianOf(writer, node, z, i);
  const local = localDerivative(situation);
  return {
    rule,
    ...(local !== null && local.length <= MOST_TEX && { local }),
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

/** ∂y/∂x entry by entry, a row per entry of the result; `null` when there are too many. */
function jacobianOf(
  { record, detail }: Writer,
  { op, inputs }: Node,
  y: Tensor,
  i: number,
): JsonNumber[] | null {
  const x = inputs[i];
  if (x.size * y.size > detail.jacobian) return null;
  const operands = inputs.map((input) => asRecorded(record, input));
  return withoutRecording(() =>
    Array.from(unitCotangents(y), (unit) => {
      const row = op.vjp(i, unit, y, ...operands);
      return row === null ? Array<number>(x.size).fill(0) : Array.from(row.data);
    }).flatMap((row) => row.map((entry) => numberOf(entry))),
  );
}

/** The node that would be there, had the op not failed. */
function failedNode({ record, index }: Writer): GraphNode {
  const { failure } = record;
  if (failure === null) throw new Error("Cannot describe a failure that did not happen");
  const { action, operands, at } = failure;
  const inputs = operands.flatMap((x): GraphInput[] => {
    if (internals.isLiteral(x)) return [{ value: numberOf(x.item(), 17) }];
    const from = index.get(x);
    return from === undefined ? [] : [{ from }];
  });
  const omitted = operands.length - inputs.length;
  const formula = `\\operatorname{${action}}(${listed(operands.map((x) => operandTex(record, x).latex))})`;
  const place = placeOf(at);
  return {
    name: null,
    tex: "?",
    label: "?",
    shape: [],
    dtype: "float64",
    op: {
      name: action,
      tex: formula.length <= MOST_TEX ? formula : "",
      label: action,
      inputs,
      ...(omitted > 0 && { omitted }),
    },
    value: null,
    gradient: null,
    ...(place !== null && { place }),
  };
}
