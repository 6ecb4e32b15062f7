/** A notebook's model for tests of what watches its outputs: cells, outputs and their signals, and nothing else. */
import type { INotebookModel } from "@jupyterlab/notebook";
import type { IOutputModel } from "@jupyterlab/rendermime";
import { Signal } from "@lumino/signaling";
import { GRAPH_MIME } from "../../src/picture/index.ts";

/** A list that tells of its changes as JupyterLab's observable lists do. */
class FakeList<T> {
  readonly changed: Signal<this, unknown> = new Signal(this);
  #items: T[] = [];

  get length(): number {
    return this.#items.length;
  }

  get(index: number): T {
    return this.#items[index];
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#items[Symbol.iterator]();
  }

  push(item: T): T {
    this.#items.push(item);
    this.changed.emit({ type: "add", newIndex: this.length - 1, oldValues: [], newValues: [item] });
    return item;
  }

  set(index: number, item: T): T {
    const [before] = this.#items.splice(index, 1, item);
    this.changed.emit({ type: "set", newIndex: index, oldValues: [before], newValues: [item] });
    return item;
  }

  clear(): void {
    const oldValues = this.#items;
    this.#items = [];
    this.changed.emit({ type: "clear", newIndex: 0, oldValues, newValues: [] });
  }

  remove(item: T): void {
    this.#items = this.#items.filter((other) => other !== item);
    this.changed.emit({ type: "remove", newIndex: 0, oldValues: [item], newValues: [] });
  }
}

/** A code cell that may run. */
export class FakeCell {
  readonly type = "code";
  readonly outputs: FakeList<IOutputModel> = new FakeList();
  readonly stateChanged: Signal<this, { readonly name: string }> = new Signal(this);
  executionCount: number | null;
  executionState = "idle";

  constructor(executionCount: number | null) {
    this.executionCount = executionCount;
  }

  become(executionState: "running" | "idle"): void {
    this.executionState = executionState;
    this.stateChanged.emit({ name: "executionState" });
  }
}

/** The cells of a notebook. */
export const fakeCells = (...cells: FakeCell[]): FakeList<FakeCell> => {
  const list = new FakeList<FakeCell>();
  for (const cell of cells) list.push(cell);
  return list;
};

/** A notebook of these cells, as far as graphs are concerned. */
export function fakeNotebook(cells: FakeList<FakeCell>): INotebookModel {
  return { cells } as unknown as INotebookModel;
}

/** An output with a graph. */
export function graphOutput(trusted = true): IOutputModel {
  return { data: { [GRAPH_MIME]: {} }, trusted } as unknown as IOutputModel;
}

/** An output without. */
export function textOutput(): IOutputModel {
  return { data: { "text/plain": "3" }, trusted: true } as unknown as IOutputModel;
}
