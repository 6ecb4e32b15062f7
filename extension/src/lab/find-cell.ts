/** The cell of a notebook that a graph speaks of. */
import type { Cell } from "@jupyterlab/cells";
import type { GraphPlace } from "gradbook/graph";

/** The index of the cell with the id of `place`, or else with its number; -1 if there is no such cell. */
export function findCell(
  cells: readonly Pick<Cell, "model">[],
  { id, cell: number }: Pick<GraphPlace, "id" | "cell">,
): number {
  const byId = id === undefined ? -1 : cells.findIndex(({ model }) => model.id === id);
  if (byId >= 0) return byId;
  return cells.findIndex(({ model }) => "executionCount" in model && model.executionCount === number);
}
