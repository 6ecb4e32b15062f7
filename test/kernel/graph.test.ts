import { expect, test } from "vitest";
import { type GraphJson, readGraph } from "../../src/picture/index.ts";
import { KernelClient, type Ran } from "./client.ts";
import { Comm, type Data } from "./comm.ts";
import { pause, resultOf, tenASecond, useKernel } from "./kernel.ts";

const GRAPH = "application/vnd.gradbook.graph.v1+json";

const kernel = useKernel();

/** The graph that a cell shows as its value, as it is saved and as it is read. */
function graphOf(ran: Ran): { saved: Data; read: GraphJson } {
  const saved = ran.first("execute_result")?.data[GRAPH];
  return { saved, read: readGraph(saved) };
}

test("A graph knows the cell and the line of each op", async () => {
  await kernel().run(
    "const model = (X: Tensor) =>\n  X.exp()\nconst X = tensor([[1, 2]])",
    {},
    { cellId: "first" },
  );
  const ran = await kernel().run(
    "// the loss\nconst J = sum(\n  model(X)\n    .square())\nJ.backward()\ngraph(J)",
    {},
    { cellId: "second" },
  );
  const { nodes } = graphOf(ran).read;
  const count = ran.reply.execution_count;
  expect(nodes.map(({ op, place }) => [op?.name, place])).toEqual([
    [undefined, { cell: count - 1, line: 3, id: "first" }],
    ["exp", { cell: count - 1, line: 2, id: "first" }],
    ["square", { cell: count, line: 2, id: "second" }],
    ["sum", { cell: count, line: 2, id: "second" }],
  ]);
});

test("The same cells save the same graph in every session, which alone knows it", async () => {
  const sessions = await Promise.all([KernelClient.start(), KernelClient.start()]);
  try {
    const [first, second] = sessions.map((client) => ({
      comm: new Comm(client, "gradbook.graph"),
      run: () =>
        client.run(
          "const A = tensor([[1, 2]])\nconst S = sum(square(A))\nS.backward()\ngraph(S)",
          {},
          { cellId: "A" },
        ),
    }));
    const saved = (await first.run()).first("execute_result")?.data;
    const { id } = saved[GRAPH];
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    const known = async ({ comm }: typeof first) => (await comm.ask("known", { graphs: [id, "g1"] })).graphs;
    expect([await known(first), await known(second)]).toEqual([[id], []]);
    expect((await second.run()).first("execute_result")?.data).toEqual(saved);
    expect(await known(second)).toEqual([id]);
  } finally {
    await Promise.all(sessions.map((client) => client.stop()));
  }
});

test("An entry is changed in the graph alone, or in the variables, as the front end asks", async () => {
  const ran = await kernel().run(
    "const W = tensor([[1, 2], [3, 4]])\nconst L = sum(square(W))\nL.backward()\ngraph(L)",
  );
  const { id } = graphOf(ran).read;
  const comm = new Comm(kernel(), "gradbook.graph");
  const edits = [{ node: 0, entry: 1, value: 10 }];
  const edited = await comm.ask("edit", { graph: id, edits });
  expect(edited).toMatchObject({ type: "graph", graph: { id } });
  expect(edited.graph.nodes.at(-1).value).toEqual({ data: [1 + 100 + 9 + 16] });
  expect(edited.graph.nodes[0].gradient).toEqual({ data: [2, 20, 6, 8] });
  expect(resultOf(await kernel().run("W.toArray()"))).toBe("[ [ 1, 2 ], [ 3, 4 ] ]");
  expect(await comm.ask("write", { graph: id, edits })).toEqual({
    type: "written",
    request: 2,
    names: ["W"],
  });
  expect(resultOf(await kernel().run("W.toArray()"))).toBe("[ [ 1, 10 ], [ 3, 4 ] ]");
  expect(await comm.ask("values", { graph: "gone", node: 0 })).toMatchObject({ type: "error", request: 3 });
});

test("An answer that takes too long can be interrupted", async () => {
  const ran = await kernel().run(`
    let Y = randn(60, 60).as("A")
    for (let i = 0; i < 40; i++) Y = Y.matmul(Y.T).mul(0.01)
    const total = sum(Y)
    total.backward()
    graph(total, { check: false })`);
  const comm = new Comm(kernel(), "gradbook.graph");
  const stopped = comm.ask("check", { graph: graphOf(ran).read.id, edits: [] });
  await pause(300);
  await kernel().interrupt();
  expect(await stopped).toEqual({ type: "error", request: 1, message: "The request was stopped" });
  expect(resultOf(await kernel().run("6 * 7"))).toBe("42");
});

test("In a training loop without a pause a graph is seen to change", async () => {
  const from = kernel().heard.length;
  const updates = () =>
    kernel()
      .heard.slice(from)
      .filter(({ type }) => type === "update_display_data");
  const seen = kernel().published(() => updates().length === 5);
  const running = kernel().run(`
    const V = randn(2, 2)
    while (true) {
      const loss = sum(square(V.matmul(V.T)))
      loss.backward()
      V.assign(V.detach().sub(V.grad.mul(0.01)))
      display(graph(loss), { id: "training" })
    }`);
  await seen;
  await kernel().interrupt();
  const { reply, published } = await running;
  expect(reply.ename).toBe("Interrupted");
  expect(published.filter(({ type }) => type === "display_data")).toHaveLength(1);
  expect(updates().length).toBeLessThanOrEqual(tenASecond(published));
});
