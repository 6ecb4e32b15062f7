/** What is different between two graphs of the same computation. */
import type { GraphJson, GraphValues } from "gradbook/graph";
import { numbersOf } from "./entries.ts";

/** A node that has changed. */
export interface Change {
  readonly node: number;
  /** The largest change of an entry; `null` where value or gradient stayed the same, or could not be compared. */
  readonly value: number | null;
  readonly gradient: number | null;
  /** The entries whose value changed, and those whose gradient did. */
  readonly valueEntries: readonly number[];
  readonly gradientEntries: readonly number[];
}

/** Whether two graphs have the same nodes, so that they can be compared node by node. */
export function isComparable(before: GraphJson, after: GraphJson): boolean {
  return (
    before.nodes.length === after.nodes.length &&
    before.nodes.every(({ label, shape, op }, node) => {
      const other = after.nodes[node];
      return label === other.label && op?.name === other.op?.name && shape.join() === other.shape.join();
    })
  );
}

/** The nodes that changed, those that changed most first. */
export function changesBetween(before: GraphJson, after: GraphJson): Change[] {
  if (!isComparable(before, after)) return [];
  return after.nodes
    .map((node, index): Change => {
      const value = difference(before.nodes[index].value, node.value);
      const gradient = difference(before.nodes[index].gradient, node.gradient);
      return {
        node: index,
        value: value.most,
        gradient: gradient.most,
        valueEntries: value.entries,
        gradientEntries: gradient.entries,
      };
    })
    .filter(({ value, gradient }) => value !== null || gradient !== null)
    .toSorted((a, b) => Math.max(b.value ?? 0, b.gradient ?? 0) - Math.max(a.value ?? 0, a.gradient ?? 0));
}

function difference(
  before: GraphValues | null,
  after: GraphValues | null,
): { most: number | null; entries: number[] } {
  const [old, now] = [numbersOf(before), numbersOf(after)];
  if (old === null || now === null) return { most: summaryDifference(before, after), entries: [] };
  const entries = [...now.keys()].filter((i) => !Object.is(old[i], now[i]));
  const most = entries.reduce((largest, i) => Math.max(largest, Math.abs(now[i] - old[i])), 0);
  return { most: entries.length === 0 ? null : most, entries };
}

/** Large tensors have only their least, most and mean to compare. */
function summaryDifference(before: GraphValues | null, after: GraphValues | null): number | null {
  if (before === null || after === null || "data" in before || "data" in after) return null;
  const most = Math.max(
    ...([`least`, `most`, `mean`] as const).map((key) => Math.abs(Number(after[key]) - Number(before[key]))),
  );
  return most === 0 ? null : most;
}
