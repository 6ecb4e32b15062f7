/** A lecture as somebody runs it in a browser. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ICodeCell, INotebookContent } from "@jupyterlab/nbformat";
import { expect } from "vitest";
import { root } from "../../scripts/setup/paths.ts";
import type { NotebookPage } from "../lab/notebook-page.ts";
import { withoutCells } from "../lite/outputs.ts";

export const lecture = "lectures/09-jacobians.ipynb";

/** Runs all cells of the lecture, and expects the outputs that are saved in it. */
export async function runLecture(notebook: NotebookPage): Promise<void> {
  await notebook.runAll();
  const ran = codeOf(await notebook.content());
  expect(ran.filter(({ execution_count }) => !execution_count)).toEqual([]);
  const saved = codeOf(JSON.parse(readFileSync(join(root, "notebooks", lecture), "utf8")));
  for (const [k, { id, outputs }] of saved.entries()) {
    expect(withoutCells(ran[k].outputs), String(id)).toEqual(withoutCells(outputs));
  }
}

function codeOf(content: INotebookContent): ICodeCell[] {
  return content.cells.filter((cell): cell is ICodeCell => cell.cell_type === "code");
}
