/** The kernel without a server, in a real browser. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/setup/paths.ts";
import { type BrowserKernel, BrowserKernels, type Heard } from "./browser-kernel.ts";
import { Outputs, savedOutputs } from "./outputs.ts";

interface Cell {
  readonly id: string;
  readonly cell_type: string;
  readonly source: string | readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: outputs of every kind
  readonly outputs: any[];
}

const results = (heard: readonly Heard[]): string[] =>
  heard.flatMap(({ type, content }) => (type === "execute_result" ? [content.data["text/plain"]] : []));
const errors = (heard: readonly Heard[]): string[] =>
  heard.flatMap(({ type, content }) =>
    type === "error" ? [stripVTControlCharacters(content.traceback.join("\n"))] : [],
  );

let kernels: BrowserKernels;
beforeAll(async () => {
  kernels = await BrowserKernels.start();
});
afterAll(() => kernels?.stop());

const notebooks = globSync("{lectures,explore}/*.ipynb", { cwd: join(root, "notebooks") });

describe.each(notebooks.sort())("%s in the browser", (name) => {
  it("has the outputs that it has in Node, to the last digit", async () => {
    const kernel = await kernels.open(false);
    const { cells } = JSON.parse(readFileSync(join(root, "notebooks", name), "utf8")) as {
      cells: Cell[];
    };
    const code = cells.filter(({ cell_type }) => cell_type === "code");
    const outputs = new Outputs();
    for (const { source } of code) outputs.add(await kernel.run([source].flat().join("")));
    expect(code.length).toBeGreaterThan(10);
    for (const [k, { id, outputs: saved }] of code.entries()) {
      expect(outputs.cells[k], id).toEqual(savedOutputs(saved));
    }
    expect([...kernels.requests].sort()).toEqual(
      ["/files.json", "/index.html", "/kernel.js", "/language-worker.js", "/session-worker.js"].sort(),
    );
    await kernel.close();
  });
});

describe("a session in a page", () => {
  let kernel: BrowserKernel;
  beforeAll(async () => {
    kernel = await kernels.open(false);
  });
  afterAll(() => kernel?.close());

  it("keeps variables, shows tensors, and says at which line a cell failed", async () => {
    await kernel.run("const X = tensor([[1, 2], [3, 4]]);");
    expect(results(await kernel.run("X.matmul(X)"))).toEqual(["⎛ 7  10⎞\n⎝15  22⎠"]);
    const [failure] = errors(
      await kernel.run("const far = () => {\n  throw new RangeError('too far')\n};\nfar()"),
    );
    expect(failure).toMatch(/^RangeError: too far/);
    expect(failure).toMatch(/> 2 \| {3}throw new RangeError/);
    expect(errors(await kernel.run("X.matmul(tensor([[1, 2, 3]]))"))[0]).toMatch(
      /^TypeScriptError: Cannot matmul/,
    );
  });

  it("prints as Node does, in order, much of it too", async () => {
    const lines = await kernel.run(
      "console.log([1, { a: X.shape }], 'b', 3n);\nconsole.table([{ a: 1 }]);\nfor (let i = 0; i < 20000; i++) console.log(i)",
    );
    const text = lines.map(({ type, content }) => (type === "stream" ? content.text : "")).join("");
    expect(text).toMatch(/^\[ 1, \{ a: \[ 2, 2 \] \} \] b 3n\n┌─/);
    expect(text.trimEnd().split("\n").slice(-20000)).toEqual(Array.from({ length: 20000 }, (_, i) => `${i}`));
  });

  it("completes, explains and checks what is typed while a cell runs", async () => {
    await kernel.send("comm_open", { comm_id: "l", target_name: "gradbook.language", data: {} });
    const running = await kernel.send("execute_request", {
      code: "for (const start = Date.now(); Date.now() - start < 1000; );\n'done'",
      store_history: true,
    });
    const completed = await kernel.ask("complete_request", { code: "X.matm", cursor_pos: 6 });
    expect(completed.find(({ channel }) => channel === "shell")?.content.matches).toEqual(["matmul"]);
    const question = await kernel.send("comm_msg", {
      comm_id: "l",
      data: { type: "diagnose", request: 1, code: "X.matmul(tensor([[1, 2, 3]]))" },
    });
    await expect
      .poll(async () => (await kernel.heard(question)).find(({ type }) => type === "comm_msg")?.content.data)
      .toMatchObject({ type: "diagnostics", request: 1, diagnostics: [{ line: 1 }] });
    expect(results(await kernel.heard(running))).toEqual([]);
    await expect
      .poll(async () => results(await kernel.heard(running)), { timeout: 20_000 })
      .toEqual(["'done'"]);
  });

  it("computes a graph again with other numbers", async () => {
    const drawn = await kernel.run("const J = X.exp().sum();\nJ.backward();\ngraph(J)");
    const bundle = drawn.find(({ type }) => type === "execute_result")?.content.data;
    const graph = bundle["application/vnd.gradbook.graph.v1+json"];
    expect(bundle["image/svg+xml"]).toMatch(/^<svg/);
    await kernel.send("comm_open", { comm_id: "g", target_name: "gradbook.graph", data: {} });
    const question = await kernel.send("comm_msg", {
      comm_id: "g",
      data: { type: "edit", request: 7, graph: graph.id, edits: [{ node: 0, entry: 0, value: 0 }] },
    });
    await expect
      .poll(async () => (await kernel.heard(question)).find(({ type }) => type === "comm_msg")?.content.data)
      .toMatchObject({ type: "graph", request: 7 });
  });

  it("imports files from beside the notebook, and refuses packages in a sentence", async () => {
    await kernel.page.evaluate(() => {
      (window as unknown as { sources: Record<string, string> }).sources["/drive/helper.ts"] =
        "export const twice = (n: number): number => 2 * n;\n";
    });
    expect(results(await kernel.run("import { twice } from './helper';\ntwice(21)"))).toEqual(["42"]);
    expect(errors(await kernel.run("require('lodash')"))[0]).toMatch(
      /^Error: Cannot import lodash: in the browser/,
    );
    expect(errors(await kernel.run("prompt('name?')"))[0]).toMatch(/^Error: Cannot ask for input/);
  });

  it("stops a cell that waits, and keeps its variables", async () => {
    const waiting = await kernel.send("execute_request", {
      code: "await new Promise(() => {})",
      store_history: true,
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await kernel.interrupt();
    await expect
      .poll(async () => errors(await kernel.heard(waiting))[0])
      .toMatch(/^Interrupted: .*still there/);
    expect(results(await kernel.run("X.shape"))).toEqual(["[ 2, 2 ]"]);
  });

  it("ends an endless loop, says that the variables are gone, and goes on", async () => {
    const endless = await kernel.send("execute_request", { code: "while (true);", store_history: true });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await kernel.interrupt();
    await expect
      .poll(async () => errors(await kernel.heard(endless))[0], { timeout: 20_000 })
      .toMatch(/^Interrupted: The cell was stopped, and the variables of the session are gone/);
    expect(errors(await kernel.run("X"))[0]).toMatch(/^ReferenceError: X is not defined/);
    expect(results(await kernel.run("const X = tensor([[5]]);\nX.item()"))).toEqual(["5"]);
  });
});

describe("a session in a page that may share memory with it", () => {
  let kernel: BrowserKernel;
  beforeAll(async () => {
    kernel = await kernels.open(true);
  });
  afterAll(() => kernel?.close());

  it("prints as much as it likes, and is ended in an endless loop", async () => {
    const text = (await kernel.run("for (let i = 0; i < 20000; i++) console.log('x'.repeat(300), i)"))
      .map(({ type, content }) => (type === "stream" ? content.text : ""))
      .join("");
    expect(text.length).toBe(20_000 * 302 + 88_890);
    const endless = await kernel.send("execute_request", { code: "while (true);", store_history: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await kernel.interrupt();
    await expect.poll(async () => errors(await kernel.heard(endless))[0]).toMatch(/^Interrupted: /);
    expect(results(await kernel.run("1 + 1"))).toEqual(["2"]);
  });
});
