/** What a front end may ask about a graph that is shown, and the answers. */

import { assign } from "../autodiff/tape.ts";
import { applyOp } from "../tensor/apply.ts";
import { ValueError } from "../tensor/errors.ts";
import { internals, Tensor } from "../tensor/tensor.ts";
import { checkGradients } from "./check-gradients.ts";
import { describe } from "./describe.ts";
import { numberOf } from "./detail.ts";
import { type GraphEntries, type GraphJson, packed } from "./graph-json.ts";
import type { GraphRecord } from "./record.ts";
import { type Edit, overlaid, recordAlong } from "./replay.ts";

/** A question, whose fields are trusted only once they are checked. */
export type Question = Readonly<Record<string, unknown>>;

/** The most entries that are sent at once. */
const MOST_ENTRIES = 100_000;

/** Which of the graphs this session knows: a page cannot tell which kernel made what it shows. */
export function known({ graphs }: Question): object {
  if (!Array.isArray(graphs)) throw new ValueError("Cannot say which graphs are known: they are no list");
  return { type: "known", graphs: graphs.filter((id) => kept(String(id)) !== undefined) };
}

/** The graph with other numbers in its leaves; no variable of the session changes. */
export function edit(question: Question): object {
  const { graph, edits } = read(question);
  return { type: "graph", graph: packed(edited(graph, edits, false)) };
}

/** The same with every gradient beside its central differences. */
export function check(question: Question): object {
  const { graph, edits } = read(question);
  return { type: "graph", graph: packed(edited(graph, edits, true)) };
}

/** Puts the edits into the session's own tensors. */
export function write(question: Question): object {
  const { graph, edits } = read(question);
  const names = Array.from(changed(graph, edits), ([x, moved]) => {
    assign(x, moved);
    return x.name ?? "a tensor without a name";
  });
  return { type: "written", names };
}

/** All entries of a node. */
export function values(question: Question): object {
  const { graph } = read({ ...question, edits: [] });
  const x = shown(graph)[Number(question.node)];
  if (x === undefined) throw new ValueError(`Cannot read node ${question.node}: there is no such node`);
  if (x.size > MOST_ENTRIES) {
    throw new ValueError(
      `Cannot send ${x.size} entries: slice ${x.name ?? "the tensor"} and display the part`,
    );
  }
  const entries = ({ data }: Tensor): GraphEntries => ({
    data: Array.from(data, (entry) => numberOf(entry, 17)),
  });
  const gradient = graph.record.gradients.get(x);
  return { type: "values", value: entries(x), gradient: gradient === undefined ? null : entries(gradient) };
}

function read({ graph: id, edits }: Question): { graph: Kept; edits: readonly Edit[] } {
  const graph = kept(String(id));
  if (graph === undefined) {
    throw new ValueError("Cannot find this graph any more: too many were shown since; run its cell again");
  }
  if (!Array.isArray(edits)) throw new ValueError("Cannot read the edits: they are no list");
  return { graph, edits: edits.map((one) => readEdit(one, graph)) };
}

/** The tensors of a graph by the indices of its nodes. */
function shown({ record, toJSON }: Kept): readonly Tensor[] {
  return record.order.slice(toJSON().omitted);
}

function readEdit(json: unknown, graph: Kept): Edit {
  const { node, entry, value } = (json ?? {}) as Record<keyof Edit, unknown>;
  const x = shown(graph)[Number(node)];
  const isEntry = Number.isInteger(entry) && Number(entry) >= 0 && x !== undefined && Number(entry) < x.size;
  if (!isEntry || typeof value !== "number") {
    throw new ValueError(
      `Cannot edit entry ${entry} of node ${node}: there is no such entry, or ${value} is no number`,
    );
  }
  if (internals.nodeOf(x) !== null || graph.record.detached.has(x)) {
    throw new ValueError(
      `Cannot edit ${x.name ?? "a result"}: it is computed; edit what it is computed from`,
    );
  }
  return { node: Number(node), entry: Number(entry), value };
}

/** The leaves that the edits change, with their new entries. */
function changed(graph: Kept, edits: readonly Edit[]): Map<Tensor, Tensor> {
  const moved = new Map<Tensor, Tensor>();
  for (const { node, entry, value } of edits) {
    const x = shown(graph)[node];
    const entries = (moved.get(x) ?? x).data.slice();
    entries[entry] = value;
    moved.set(x, new Tensor([...x.shape], entries));
  }
  return moved;
}

function edited(graph: Kept, edits: readonly Edit[], withCheck: boolean): GraphJson {
  const { failure } = graph.record;
  if (failure !== null) throw new ValueError("Cannot compute this graph again: the computation failed");
  const before = graph.toJSON();
  const again = computedAgain(graph.record, changed(graph, edits));
  const record = recordAlong(
    before,
    shown(graph).map((x) => again.get(x) ?? x),
  );
  return overlaid(describe(record, { ...(withCheck && { checks: checkGradients(record) }) }), before);
}

/** Everything anew, with `given` in place of some leaves; what was detached has the new numbers, too. */
export function computedAgain(
  { order, detached }: Pick<GraphRecord, "order" | "detached">,
  given: ReadonlyMap<Tensor, Tensor>,
): Map<Tensor, Tensor> {
  const again = new Map(given);
  const now = (x: Tensor): Tensor => again.get(x) ?? x; // the order has operands first; numbers in formulas stay
  for (const x of order) {
    if (again.has(x)) continue;
    const [node, source] = [internals.nodeOf(x), detached.get(x)];
    if (source !== undefined) again.set(x, now(source).detach());
    else again.set(x, node === null ? internals.leafOf(x) : applyOp(node.op, ...node.inputs.map(now)));
  }
  return again;
}

// The graphs that were shown last, so that a front end can ask about them.

/** A graph, and the record it was made from. */
export interface Kept {
  readonly record: GraphRecord;
  readonly toJSON: () => GraphJson;
}

/** A record holds on to all its tensors, and a training loop makes many. */
const MOST = 32;

const graphs = new Map<string, Kept>();

/** Keeps a graph, and names it by what it says: of two that say the same, the later is kept. */
export function keep(graph: Kept, content: string): string {
  const id = fingerprint(content);
  graphs.delete(id); // so that it comes last
  graphs.set(id, graph);
  const [oldest] = graphs.keys();
  if (graphs.size > MOST && oldest !== undefined) graphs.delete(oldest);
  return id;
}

/** The graph of that name; undefined if it was shown too long ago, or in another session. */
export function kept(id: string): Kept | undefined {
  return graphs.get(id);
}

/** Sixteen hexadecimal digits that are the same for the same text, in every session. */
function fingerprint(text: string): string {
  let [low, high] = [0x811c9dc5, 0x2f4ac1e7];
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    low = Math.imul(low ^ code, 0x01000193);
    // The second half mixes in the first, so that the two do not collide on the same texts.
    high = Math.imul(high ^ (low >>> 15) ^ code, 0x5bd1e995);
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
