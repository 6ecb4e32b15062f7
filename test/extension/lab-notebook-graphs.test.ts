import { describe, expect, it } from "vitest";
import { hasOutput, NotebookGraphs } from "../../extension/src/lab/notebook-graphs.ts";
import { FakeCell, fakeCells, fakeNotebook, graphOutput, textOutput } from "./fake-notebook.ts";

/** Two cells, the upper of which ran later; each shows a graph. */
function twoGraphs() {
  const upper = new FakeCell(7);
  const lower = new FakeCell(3);
  const [first, second] = [upper.outputs.push(graphOutput()), lower.outputs.push(graphOutput())];
  upper.outputs.push(textOutput());
  const cells = fakeCells(upper, lower);
  return { upper, lower, first, second, cells, graphs: new NotebookGraphs(fakeNotebook(cells)) };
}

describe("the graphs of a notebook", () => {
  it("are all that its outputs hold, from top to bottom", () => {
    const { graphs, first, second } = twoGraphs();
    expect(graphs.all.map(({ output }) => output)).toEqual([first, second]);
  });

  it("have as latest, in a notebook that was saved, the one of the cell that ran last", () => {
    const { graphs, first } = twoGraphs();
    expect(graphs.latest?.output).toBe(first);
  });

  it("have as latest the one that came last, wherever it stands", () => {
    const { graphs, lower } = twoGraphs();
    const third = lower.outputs.push(graphOutput());
    expect(graphs.latest?.output).toBe(third);
    lower.outputs.push(textOutput());
    expect(graphs.latest?.output).toBe(third);
  });

  it("tell what took whose place when a display is updated", () => {
    const { graphs, lower, second } = twoGraphs();
    const told: unknown[] = [];
    graphs.replaced.connect((_, replacement) => told.push(replacement));
    const after = lower.outputs.set(0, graphOutput());
    expect(told).toEqual([{ before: second, after }]);
    expect(graphs.latest?.output).toBe(after);
  });

  it("keep their latest when the notebook becomes trusted", () => {
    const { graphs, upper, lower } = twoGraphs();
    const first = upper.outputs.set(0, graphOutput(false));
    lower.outputs.set(0, graphOutput(false));
    expect(graphs.latest?.output).toBe(first);
  });

  it("keep their latest while its cell runs again, and choose anew if it does not come back", () => {
    const { graphs, upper, second, first } = twoGraphs();
    upper.become("running");
    upper.outputs.clear();
    expect(graphs.latest?.output).toBe(first);
    upper.become("idle");
    expect(graphs.latest?.output).toBe(second);
  });

  it("see cells that come and go", () => {
    const { graphs, cells, upper, lower, second } = twoGraphs();
    let changes = 0;
    graphs.changed.connect(() => changes++);
    cells.remove(upper);
    expect(graphs.latest?.output).toBe(second);
    upper.outputs.push(graphOutput());
    expect(changes).toBe(1);
    const later = cells.push(new FakeCell(null)).outputs.push(graphOutput());
    expect(graphs.latest?.output).toBe(later);
    cells.remove(lower);
    expect(graphs.all.length).toBe(1);
  });

  it("are watched no longer once disposed", () => {
    const { graphs, lower, cells } = twoGraphs();
    graphs.dispose();
    let changes = 0;
    graphs.changed.connect(() => changes++);
    lower.outputs.push(graphOutput());
    cells.push(new FakeCell(9));
    expect(changes).toBe(0);
  });

  it("can be asked whose output one is", () => {
    const { cells, second } = twoGraphs();
    expect(hasOutput(fakeNotebook(cells), second)).toBe(true);
    expect(hasOutput(fakeNotebook(cells), graphOutput())).toBe(false);
  });
});
