/** Walks through the entries of formulas by the arrow keys. */
import type { EntryCell } from "./entry-cells.ts";

/** Where an entry stands, as far as walking goes. */
type Spot = Pick<EntryCell, "matrix" | "row" | "column">;

/** The next entry in the direction of an arrow: within its matrix, and sideways on into the neighbouring one. */
export function nextCell<T extends Spot>(
  cells: readonly T[],
  from: T,
  key: "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown",
): T {
  const isBackward = key === "ArrowLeft" || key === "ArrowUp";
  // Those that come later in the direction of the arrow, the nearest first.
  const ahead = isBackward
    ? cells.slice(0, cells.indexOf(from)).toReversed()
    : cells.slice(cells.indexOf(from) + 1);
  const inMatrix = ahead.filter(({ matrix }) => matrix === from.matrix);
  const isVertical = key === "ArrowUp" || key === "ArrowDown";
  const next = isVertical
    ? inMatrix.find(({ column }) => column === from.column)
    : inMatrix.find(({ row }) => row === from.row);
  const beside = ahead.find(({ matrix }) => matrix !== from.matrix);
  return next ?? (beside && inNextMatrix(ahead, from, beside, isVertical)) ?? from;
}

/** Into the next matrix: by a sideways step into the same row, where there is one; by a step up or down, into its nearest entry. */
function inNextMatrix<T extends Spot>(ahead: readonly T[], from: T, beside: T, isVertical: boolean): T {
  if (isVertical) return beside;
  return ahead.find(({ matrix, row }) => matrix === beside.matrix && row === from.row) ?? beside;
}
