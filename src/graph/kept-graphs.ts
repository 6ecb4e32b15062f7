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

/** Keeps a graph, and names it by what it says: of two that say the same, the later. */
export function keep(graph: Kept, content: string): string {
  const id = fingerprint(content);
  graphs.delete(id); // so that it comes last
  graphs.set(id, graph);
  const [oldest] = graphs.keys();
  if (graphs.size > MOST && oldest !== undefined) graphs.delete(oldest);
  return id;
}

/** The graph of that name; undefined when it is too long ago, or of another session. */
export function kept(id: string): Kept | undefined {
  return graphs.get(id);
}

/** Sixteen hexadecimal digits that are the same for the same text, in every session. */
function fingerprint(text: string): string {
  let [low, high] = [0x811c9dc5, 0x2f4ac1e7];
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    low = Math.imul(low ^ code, 0x01000193);
    // The second half mixes in the first, so that the two do not fail at the same texts.
    high = Math.imul(high ^ (low >>> 15) ^ code, 0x5bd1e995);
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
