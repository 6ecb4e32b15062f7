/** Which streams of a child are the kernel's own, and so have to be those of a cell. */

import type { StreamName } from "../bridge.ts";

/** How Node is told about the streams of a child. */
type Stdio = "pipe" | "ignore" | "inherit" | "overlapped" | number | object | null | undefined;

export interface Routed {
  /** The same, with pipes where the kernel's streams were meant, and nothing to read from its stdin. */
  readonly stdio: readonly Stdio[];
  /** For each such pipe, by its place in the list, the stream of the cell that gets what comes out of it. */
  readonly into: ReadonlyMap<number, StreamName>;
}

const STREAMS: readonly (StreamName | undefined)[] = [undefined, "stdout", "stderr"];

/** Takes the kernel's streams out of a child's. */
export function routed(stdio: unknown): Routed {
  const listed = Array.isArray(stdio)
    ? (stdio as Stdio[])
    : [stdio, stdio, stdio].map((kind) => kind as Stdio);
  const into = new Map<number, StreamName>();
  const replaced = listed.map((kind, index) => {
    const descriptor = descriptorOf(kind, index);
    if (descriptor === 0) return "ignore";
    const name = descriptor === undefined ? undefined : STREAMS[descriptor];
    if (name === undefined) return kind;
    into.set(index, name);
    return "pipe";
  });
  return { stdio: replaced, into };
}

/** The number of the kernel's stream that is meant; undefined for others. */
function descriptorOf(kind: Stdio, index: number): number | undefined {
  if (kind === "inherit") return index;
  if (typeof kind === "number") return kind;
  return typeof kind === "object" && kind !== null ? (kind as { fd?: number }).fd : undefined;
}
