/** The graphs that were shown last, so that a front end can ask about them. */

import type { GraphJson } from "./graph-json.ts";
import type { GraphRecord } from "./record.ts";

/** A graph, and the record it was made from. */
export interface Kept {
  readonly record: GraphRecord;
  readonly toJSON: () => GraphJson;
}

/** A record holds on to all its tensors, and a training loop makes many. */
const MOST = 32;

const graphs = new Map<string, Kept>();
let count = 0;

/** Keeps a graph, and names it. */
export function keep(graph: Kept): string {
  count += 1;
  const id = `g${count}`;
  graphs.set(id, graph);
  const [oldest] = graphs.keys();
  if (graphs.size > MOST && oldest !== undefined) graphs.delete(oldest);
  return id;
}

/** The graph of that name; undefined when it is too long ago. */
export function kept(id: string): Kept | undefined {
  return graphs.get(id);
}
