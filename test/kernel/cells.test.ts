import { describe, expect, test } from "vitest";
import { pause, resultOf, tracebackOf, useKernel } from "./kernel.ts";

const kernel = useKernel();

describe("The value of a cell", () => {
  test.each([
    ["a number", "6 * 7", "42"],
    ["a string", '"a" + "b"', "'ab'"],
    ["an object", "({ a: [1, 2] })", "{ a: [ 1, 2 ] }"],
    ["null", "null", "null"],
    ["what an await gives", "await Promise.resolve(5)", "5"],
    ["a promise that nobody awaits", "Promise.resolve(5)", "Promise { 5 }"],
  ])("is shown: %s", async (_, code, text) => {
    expect(resultOf(await kernel().run(code))).toBe(text);
  });

  test("is not shown when it is undefined, or when the cell ends with a declaration", async () => {
    expect(resultOf(await kernel().run("undefined"))).toBeUndefined();
    expect(resultOf(await kernel().run("const quiet = 1"))).toBeUndefined();
  });

  test("is a tensor under the name it was declared by", async () => {
    const { data } =
      (await kernel().run("const A = tensor([[1, 2], [3, 4]])\nA")).first("execute_result") ?? {};
    expect(data["text/latex"]).toMatch(/A = \\begin/);
    expect(data["text/plain"]).toMatch(/^A = /);
    expect(data["application/vnd.gradbook.tensor.v1+json"]).toMatchObject({ name: "A", shape: [2, 2] });
  });

  test("may say itself how it is displayed, also by a promise", async () => {
    const code = `({ [Symbol.for("Jupyter.display")]: async () => ({ "text/html": "<b>hi</b>" }) })`;
    const result = (await kernel().run(code)).first("execute_result");
    expect(result).toMatchObject({ data: { "text/html": "<b>hi</b>" }, transient: {} });
  });

  test.each([
    ["nothing", "undefined", /^Cannot display undefined: it is not a MIME bundle/],
    ["what JSON cannot hold", '({ "text/plain": 1n })', /BigInt/],
  ])("fails the cell when its display method gives %s", async (_, bundle, message) => {
    const ran = await kernel().run(`({ [Symbol.for("Jupyter.display")]: () => ${bundle} })`);
    expect(ran.reply.evalue).toMatch(message);
    expect(resultOf(await kernel().run("1 + 1"))).toBe("2");
  });

  test.each([
    ["an SVG element", `({ outerHTML: "<svg></svg>" })`, "image/svg+xml"],
    ["PNG bytes", "new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10])", "image/png"],
    ["a chart", "({ toSpec: () => ({ mark: 'bar' }) })", "application/vnd.vegalite.v5+json"],
  ])("is a picture for %s of another library", async (_, code, mime) => {
    expect((await kernel().run(code)).first("execute_result")?.data).toHaveProperty([mime]);
  });
});

describe("The variables of a session", () => {
  test("are shared by its cells and can change", async () => {
    await kernel().run("let counter = 1\nconst increase = () => { counter += 1 }");
    await kernel().run("increase()\ncounter += 10");
    expect(resultOf(await kernel().run("counter"))).toBe("12");
  });

  test("survive a cell that throws after declaring them, and are named", async () => {
    const failed = await kernel().run("const [B] = [tensor([[7]])]\nthrow new Error('half way')");
    expect(failed.reply.status).toBe("error");
    expect(resultOf(await kernel().run("B"))).toBe("B = (7)");
  });

  test("are as fast at the top level as in a function, up to a factor of 3", async () => {
    const loop = "for (let i = 0; i < 1e7; i++) total += i % 7";
    const time = async (code: string) => {
      const times: number[] = [];
      for (let run = 0; run < 4; run++) times.push(Number(resultOf(await kernel().run(code))));
      return Math.min(...times);
    };
    const top = `let total = 0\nconst start = performance.now()\n${loop}\nperformance.now() - start`;
    const inside = `const timed = () => { let total = 0; const t = performance.now(); ${loop}; return performance.now() - t }\ntimed()`;
    expect(await time(top)).toBeLessThan(3 * (await time(inside)) + 20);
  });

  test("that take a preloaded name are told once, on stdout, and explain a later failure", async () => {
    const first = await kernel().run("const exp = 3");
    expect(first.text()).toMatch(/^Note: exp now means what cell \d+ declares; the library's is gb\.exp\n$/);
    expect(first.text("stderr")).toBe("");
    const failing = await kernel().run("exp(2)");
    expect(tracebackOf(failing)).toMatch(/exp was declared in cell \d+; the library's exp is gb\.exp/);
    expect(resultOf(await kernel().run("gb.exp(0).item()"))).toBe("1");
    expect((await kernel().run("const exp = 4")).text()).toBe("");
  });
});

describe("display()", () => {
  const kinds = (published: readonly { type: string }[]) =>
    published.map(({ type }) => type).filter((type) => type.includes("display"));

  test("with an id shows a value once and then changes it where it stands", async () => {
    const ran = await kernel().run('display(1, { id: "one" })\ndisplay(2, { id: "one" })');
    expect(kinds(ran.published)).toEqual(["display_data", "update_display_data"]);
    expect(ran.first("display_data")?.transient).toEqual({ display_id: "one" });
    const other = await kernel().run('display(3, { id: "one" })');
    expect(kinds(other.published)).toEqual(["update_display_data"]);
  });

  test("shows a value anew when its cell runs a second time, since its output was cleared", async () => {
    const code = 'display(4, { id: "two" })';
    for (let time = 0; time < 2; time++) {
      const ran = await kernel().run(code, {}, { cellId: "the same cell" });
      expect(kinds(ran.published)).toEqual(["display_data"]);
    }
  });

  test("and clearOutput() come in order with printed text", async () => {
    const { published } = await kernel().run('console.log("a")\ndisplay(1)\nconsole.log("b")\nclearOutput()');
    const types = published.map(({ type }) => type);
    expect(types).toEqual(["execute_input", "stream", "display_data", "stream", "clear_output"]);
  });
});

describe("A cell", () => {
  test("that is silent publishes nothing and counts for nothing", async () => {
    const before = (await kernel().run("1")).reply.execution_count;
    const silent = await kernel().run("console.log(1)\n2", { silent: true });
    expect(silent.published).toEqual([]);
    expect(silent.reply.status).toBe("ok");
    expect((await kernel().run("1")).reply.execution_count).toBe(before + 1);
  });

  test("can be followed by expressions whose values a front end wants to know", async () => {
    const { reply } = await kernel().run("const seven = 7", {
      user_expressions: { good: "seven * 2", bad: "nowhere" },
    });
    expect(reply.user_expressions.good).toMatchObject({ status: "ok", data: { "text/plain": "14" } });
    expect(reply.user_expressions.bad).toMatchObject({ status: "error", ename: "TypeScriptError" });
  });

  test("cannot end the session by process.exit()", async () => {
    const ran = await kernel().run("(globalThis as any).process.exit(3)");
    expect(ran.reply.evalue).toMatch(/^Cannot call process\.exit\(\) in a cell/);
    await pause(50);
    expect(resultOf(await kernel().run("1 + 1"))).toBe("2");
  });
});

test("A loss list that keeps every record is told of below the cell", async () => {
  const code = "const hoard: Tensor[] = []\nfor (let i = 0; i < 150; i++) hoard.push(tensor(i).mul(2))";
  expect((await kernel().run(code)).first("stream")).toMatchObject({
    name: "stdout",
    text: expect.stringMatching(/^hoard holds 150 tensors, each with its record/),
  });
});
