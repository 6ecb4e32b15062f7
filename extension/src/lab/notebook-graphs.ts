/** The graphs among the outputs of a notebook, and which of them is the latest. */
import type { ICellModel, ICodeCellModel } from "@jupyterlab/cells";
import type { INotebookModel } from "@jupyterlab/notebook";
import type { IObservableList } from "@jupyterlab/observables";
import type { IOutputAreaModel } from "@jupyterlab/outputarea";
import type { IOutputModel } from "@jupyterlab/rendermime";
import type { IDisposable } from "@lumino/disposable";
import { type ISignal, Signal } from "@lumino/signaling";
import { GRAPH_MIME } from "gradbook/graph";

/** A graph in a notebook. */
export interface NotebookGraph {
  readonly cell: ICodeCellModel;
  readonly output: IOutputModel;
}

/** An output that took the place of another: a live display was updated, or the notebook is trusted now. */
export interface Replacement {
  readonly before: IOutputModel;
  readonly after: IOutputModel;
}

/** Watches the outputs of a notebook, also those that JupyterLab has not drawn as they are far from the window. */
export class NotebookGraphs implements IDisposable {
  readonly #notebook: INotebookModel;
  readonly #changed = new Signal<this, void>(this);
  readonly #replaced = new Signal<this, Replacement>(this);
  readonly #watched = new Map<IOutputAreaModel, ICodeCellModel>();
  #latest: NotebookGraph | null = null;
  #isDisposed = false;

  constructor(notebook: INotebookModel) {
    this.#notebook = notebook;
    notebook.cells.changed.connect(this.#watch, this);
    this.#watch();
    this.#latest = lastRun(this.all);
  }

  /** All of them, from the top of the notebook to its end. */
  get all(): readonly NotebookGraph[] {
    return codeCells(this.#notebook).flatMap((cell) => graphsOf(cell).map((output) => ({ cell, output })));
  }

  /**
   * The one that a cell sent last, or, where none has run yet, the one of the cell that ran last. While its cell runs
   * again it stays the latest, though JupyterLab has cleared it, so that a panel does not jump to another and back.
   */
  get latest(): NotebookGraph | null {
    return this.#latest;
  }

  /** Emitted when a graph came, changed or went. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Emitted when an output took the place of another one, before `changed`. */
  get replaced(): ISignal<this, Replacement> {
    return this.#replaced;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    // Releases what it listens to as well.
    Signal.clearData(this);
  }

  /** Looks at the cells that are there now, and no longer at those that are gone. */
  #watch(): void {
    const cells = new Map(codeCells(this.#notebook).map((cell) => [cell.outputs, cell]));
    for (const [outputs, cell] of this.#watched) if (!cells.has(outputs)) this.#leave(outputs, cell);
    for (const [outputs, cell] of cells) {
      if (this.#watched.has(outputs)) continue;
      this.#watched.set(outputs, cell);
      outputs.changed.connect(this.#onOutputs, this);
      cell.stateChanged.connect(this.#onCellState, this);
    }
    this.#settle();
  }

  #leave(outputs: IOutputAreaModel, cell: ICodeCellModel): void {
    this.#watched.delete(outputs);
    outputs.changed.disconnect(this.#onOutputs, this);
    cell.stateChanged.disconnect(this.#onCellState, this);
  }

  #onOutputs(outputs: IOutputAreaModel, change: IObservableList.IChangedArgs<IOutputModel>): void {
    const cell = this.#watched.get(outputs);
    if (cell === undefined) return;
    change.newValues.forEach((output, index) => {
      if (!isGraph(output)) return;
      const before = change.type === "set" ? change.oldValues[index] : undefined;
      if (before !== undefined && before !== output) this.#replaced.emit({ before, after: output });
      // Trusting a notebook renews all its outputs: that makes none of them the latest.
      const isRenewed = before !== undefined && before.trusted !== output.trusted;
      if (!isRenewed || this.#latest?.output === before) this.#latest = { cell, output };
    });
    this.#settle();
  }

  #onCellState(_cell: ICellModel, { name }: { readonly name: string }): void {
    if (name === "executionState") this.#settle();
  }

  /** Chooses anew where the latest is gone for good. */
  #settle(): void {
    const { all } = this;
    const latest = this.#latest;
    const isThere = latest !== null && all.some(({ output }) => output === latest.output);
    const comesAgain =
      latest !== null && this.#watched.has(latest.cell.outputs) && latest.cell.executionState === "running";
    if (!isThere && !comesAgain) this.#latest = lastRun(all);
    this.#changed.emit();
  }
}

function codeCells({ cells }: INotebookModel): ICodeCellModel[] {
  return Array.from(cells).filter(isCodeCell);
}

function isCodeCell(cell: ICellModel): cell is ICodeCellModel {
  return cell.type === "code";
}

function graphsOf({ outputs }: ICodeCellModel): IOutputModel[] {
  return Array.from({ length: outputs.length }, (_, index) => outputs.get(index)).filter(isGraph);
}

function isGraph(output: IOutputModel): boolean {
  return output.data[GRAPH_MIME] !== undefined;
}

/** The graph of the cell with the highest number, and of several in it the last. */
function lastRun(graphs: readonly NotebookGraph[]): NotebookGraph | null {
  const number = ({ cell }: NotebookGraph) => cell.executionCount ?? 0;
  return graphs.reduce<NotebookGraph | null>(
    (last, graph) => (last === null || number(graph) >= number(last) ? graph : last),
    null,
  );
}

/** Whether `output` is one of the graphs of `notebook`. */
export function hasOutput(notebook: INotebookModel, output: unknown): boolean {
  return codeCells(notebook).some((cell) => graphsOf(cell).some((graph) => graph === output));
}
