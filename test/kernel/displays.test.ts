/** Values of other libraries, and notebooks that were written for other kernels. */

import { describe, expect, test } from "vitest";
import { tracebackOf, useKernel } from "./kernel.ts";

const kernel = useKernel();

const PNG = "Buffer.from([0x89, 0x50, 0x4e, 0x47, 1])";

describe("A value shows what it is:", () => {
  test.each([
    ["bytes of a PNG", PNG, { "image/png": "iVBORwE=" }],
    ["bytes of a GIF", "new Uint8Array([0x47, 0x49, 0x46, 0x38])", { "image/gif": "R0lGOA==" }],
    [
      "a chart of Vega-Lite",
      '({ $schema: "https://vega.github.io/schema/vega-lite/v5.json", mark: "bar" })',
      {
        "application/vnd.vegalite.v5+json": {
          $schema: "https://vega.github.io/schema/vega-lite/v5.json",
          mark: "bar",
        },
      },
    ],
    [
      "a chart of Vega",
      '({ $schema: "https://vega.github.io/schema/vega/v5.json" })',
      { "application/vnd.vega.v5+json": { $schema: "https://vega.github.io/schema/vega/v5.json" } },
    ],
    [
      "what makes a chart",
      "({ toSpec: () => ({ mark: 1 }) })",
      { "application/vnd.vegalite.v5+json": { mark: 1 } },
    ],
    ["a canvas", '({ toDataURL: () => "data:image/png;base64,AAAA" })', { "image/png": "AAAA" }],
    ["an element", '({ outerHTML: "<svg></svg>" })', { "image/svg+xml": "<svg></svg>" }],
    [
      "what displays itself",
      "({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': '<b>' }) })",
      { "text/html": "<b>" },
    ],
    [
      "five levels",
      "({ a: { b: { c: { d: { e: { f: 1 } } } } } })",
      { "text/plain": expect.stringContaining("f: 1") },
    ],
    ["an object at the end", "{ a: 1, b: 2 }", { "text/plain": "{ a: 1, b: 2 }" }],
    [
      "a getter that throws",
      "({ get outerHTML() { throw new Error('no') }, b: 2 })",
      { "text/plain": "{ outerHTML: [Getter], b: 2 }" },
    ],
    [
      "a proxy that throws",
      "new Proxy({ a: 1 }, { get() { throw 1 }, getPrototypeOf() { throw 2 }, ownKeys() { throw 3 } })",
      { "text/plain": "{ a: 1 }" },
    ],
  ])("%s", async (_, code, data) => {
    const ran = await kernel().run(code);
    expect(ran.first("execute_result")?.data, tracebackOf(ran)).toMatchObject(data);
  });

  test("a proxy that throws does no harm as a variable or as what is thrown", async () => {
    const proxy = "new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 }, has() { throw 3 } })";
    expect(
      (await kernel().run(`const wild: any = ${proxy}; const more = [wild]; console.log(wild)`)).reply.status,
    ).toBe("ok");
    expect((await kernel().run("throw wild")).reply.ename).toBe("Thrown");
  });
});

test("`console.trace` prints its words", async () => {
  const ran = await kernel().run("function f() { console.trace('here', 1) }\nf()");
  expect(ran.text("stderr")).toMatch(/^Trace: here 1\n +at f \(cell \d+:1/);
});

test.each([
  ["display.html('<b>')", { "text/html": "<b>" }],
  ["display.markdown('# a')", { "text/markdown": "# a" }],
  [`display.png(${PNG})`, { "image/png": "iVBORwE=" }],
  ["display.png('AAAA')", { "image/png": "AAAA" }],
  ["display.raw('application/json', { a: 1 })", { "application/json": { a: 1 } }],
  ["import * as tslab from 'tslab'; tslab.display.html('<b>')", { "text/html": "<b>" }],
  ["import { display as d } from 'tslab'; d.svg('<svg/>')", { "image/svg+xml": "<svg/>" }],
  [`import * as tslab from "tslab"; tslab.display.jpeg(${PNG})`, { "image/jpeg": "iVBORwE=" }],
  ["Deno.jupyter.display({ 'text/html': '<i>' }, { raw: true })", { "text/html": "<i>" }],
  ["await Deno.jupyter.display(5)", { "text/plain": "5" }],
  [
    "await Deno.jupyter.broadcast('display_data', { data: { 'text/plain': 'x' }, metadata: {}, transient: {} })",
    { "text/plain": "x" },
  ],
])("%s", async (code, data) => {
  const ran = await kernel().run(`${code}; void 0`);
  expect(ran.first("display_data")?.data, tracebackOf(ran)).toMatchObject(data);
});

test("A display of tslab's changes in place", async () => {
  const ran = await kernel().run(
    'import { newDisplay } from "tslab"; const d = newDisplay(); d.html("1"); d.html("2")',
  );
  expect(ran.published.slice(1).map(({ type, content }) => [type, content.data["text/html"]])).toEqual([
    ["display_data", "1"],
    ["update_display_data", "2"],
  ]);
});

test.each([
  ["html", "const n = 2\nDeno.jupyter.html`<b>\u0024{n}</b>`", { "text/html": "<b>2</b>" }],
  ["md", "const a = 'a'\nDeno.jupyter.md`**\u0024{a}**`", { "text/markdown": "**a**" }],
  ["svg", "const { svg } = Deno.jupyter\nsvg`<svg/>`", { "image/svg+xml": "<svg/>" }],
  ["image", `Deno.jupyter.image(${PNG})`, { "image/png": "iVBORwE=" }],
  ["the symbol", "({ [Deno.jupyter.$display]: () => ({ 'text/plain': 'own' }) })", { "text/plain": "own" }],
])("A notebook of Deno's shows %s", async (_, code, data) => {
  const ran = await kernel().run(code);
  expect(ran.first("execute_result")?.data, tracebackOf(ran)).toMatchObject(data);
});

test("Packages do not take this for Deno", async () => {
  const ran = await kernel().run("[typeof Deno, 'Deno' in globalThis]");
  expect(ran.first("execute_result")?.data["text/plain"]).toBe("[ 'object', false ]");
});

test("`who()` tells the variables that cells have declared, and what they are", async () => {
  await kernel().run(
    "const W = randn(3, 4); let words = 'abc'; class Own {} const own = new Own(); const list = [1, 2]; const exp = 1",
  );
  await kernel().run("const gone = (() => { throw 1 })()");
  const { "text/plain": text, "text/html": html } =
    (await kernel().run("who()")).first("execute_result")?.data ?? {};
  expect(text).toMatch(/^name +type +shape +size\n/);
  expect(text).toMatch(/^W +Tensor, float64 +\[3, 4\] +1\d\d bytes$/m);
  expect(text).toMatch(/^words +string +3 /m);
  expect(text).toMatch(/^own +Own /m);
  expect(text).toMatch(/^exp +number /m);
  expect(text).not.toMatch(/^(?:gone|matmul|Deno|who) /m);
  expect(html).toContain("<td>Tensor, float64</td><td>[3, 4]</td>");
});
