import type { Cell } from "@jupyterlab/cells";
import { expect, it } from "vitest";
import { findCell } from "../../extension/src/lab/find-cell.ts";

// Of a cell, its id and its number alone are read; a cell of text has no number.
const cells = [{ id: "intro" }, { id: "a", executionCount: 7 }, { id: "b", executionCount: 3 }].map(
  (model) => ({ model }) as unknown as Cell,
);

it.each([
  ["by its id", { id: "b", cell: 3 }, 2],
  ["by its id also after it has run again under another number", { id: "a", cell: 3 }, 1],
  ["by its number where the graph knows no id", { cell: 7 }, 1],
  ["by its number where the id is not in this notebook", { id: "elsewhere", cell: 3 }, 2],
  ["not at all where neither is there", { id: "gone", cell: 4 }, -1],
])("a graph's cell is found %s", (_, place, index) => {
  expect(findCell(cells, place)).toBe(index);
});
