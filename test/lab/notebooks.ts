/** Notebooks that tests make up. */
import type { ICodeCell, IMimeBundle, INotebookContent } from "@jupyterlab/nbformat";

/** A notebook that was run before: one code cell for each output, to see what a reader sees. */
export function savedNotebook(outputs: readonly IMimeBundle[]): INotebookContent {
  return notebookOf(
    outputs.map((data, index) => ({
      source: `outputs[${index}]`,
      execution_count: index + 1,
      outputs: [{ output_type: "execute_result", execution_count: index + 1, metadata: {}, data }],
    })),
  );
}

/** A notebook that was never run, with one code cell for each source. */
export function freshNotebook(sources: readonly string[]): INotebookContent {
  return notebookOf(sources.map((source) => ({ source, execution_count: null, outputs: [] })));
}

function notebookOf(
  cells: readonly Pick<ICodeCell, "source" | "execution_count" | "outputs">[],
): INotebookContent {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "gradbook", display_name: "TypeScript (Gradbook)", language: "typescript" },
    },
    cells: cells.map((cell, index) => ({ id: `cell-${index}`, cell_type: "code", metadata: {}, ...cell })),
  };
}
