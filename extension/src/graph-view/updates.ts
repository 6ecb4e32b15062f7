/** The graphs that one output has shown, one after the other, as a training loop renews it. */
import type { GraphJson } from "gradbook/graph";

/** So many are kept: a minute of a loop that shows one each second. */
export const MOST_UPDATES = 60;

/** A graph and the place it had in the row, from 1. */
export interface Update {
  readonly number: number;
  readonly graph: GraphJson;
}

/** The row with `graph` at its end; the oldest leave it. */
export function withUpdate(updates: readonly Update[], graph: GraphJson): readonly Update[] {
  const number = (updates.at(-1)?.number ?? 0) + 1;
  return [...updates, { number, graph }].slice(-MOST_UPDATES);
}

/** The update with this number, or the oldest that is kept where it has gone. */
export function updateAt(updates: readonly Update[], number: number): Update {
  return updates.find((update) => update.number >= number) ?? updates[updates.length - 1];
}
