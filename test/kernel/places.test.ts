import { expect, test } from "vitest";
import type { Cell } from "../../kernel/src/bridge.ts";
import { cursorOf } from "../../kernel/src/language/cursor.ts";
import type { CompiledCell } from "../../kernel/src/language/protocol.ts";
import { Sources } from "../../kernel/src/session/sources.ts";

const compiled: CompiledCell = {
  code: "",
  sourceMap: { version: 3, file: "", sources: [], sourcesContent: [], names: [], mappings: "" },
  declared: [],
  steps: [],
  lastExpression: undefined,
  hasTopLevelAwait: false,
  shadowed: [],
  modules: [],
};

const cell = (id: number, count: number, cellId?: string): Cell => {
  return { id, count, source: "", place: "", cellId, allowInput: false };
};

test("A line is told by the number beside its cell, and by JupyterLab's id where there is one", () => {
  const sources = new Sources();
  sources.addCell(cell(0, 1, "abc"), compiled);
  sources.addCell(cell(7, 3), compiled);
  expect(sources.placeOf(cursorOf(0, 2))).toEqual({ cell: 1, line: 2, id: "abc" });
  expect(sources.placeOf(cursorOf(7, 12))).toEqual({ cell: 3, line: 12 });
  expect(sources.placeOf(cursorOf(8, 1))).toBeNull();
  expect(sources.placeOf(0)).toBeNull();
});
