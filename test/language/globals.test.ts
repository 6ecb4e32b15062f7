import { expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const { run, compile, refuse } = openNotebook();

test("promises and timers have the types that students expect", async () => {
  expect(await run("await new Promise((resolve) => setTimeout(resolve, 1)); 'woken'")).toBe("woken");
  expect(await run("await new Promise((resolve) => setTimeout(() => resolve(3), 1))")).toBe(3);
  expect(
    await run(
      "const p = new Promise<number>((resolve) => resolve(2)); (await p).toFixed(1) + p.constructor.name",
    ),
  ).toBe("2.0Promise");
  expect(await run("(await Promise.all([1, Promise.resolve('a')])).length")).toBe(2);
  expect(await refuse("const n: number = await p.then(String)")).toMatchObject([{ code: 2322 }]);
  await run(
    "const timer = setInterval(() => {}, 1000); clearInterval(timer); setTimeout(() => {}, 0).unref()",
  );
});

test("fetch, Buffer, process and require have types, and what they answer can be used", async () => {
  await compile(
    "async function load() { const r = await fetch('http://localhost/x'); return r.ok ? r.json() : r.text() }",
  );
  expect(await run("Buffer.from('é', 'utf8').toString('base64') + Buffer.alloc(2).length")).toBe("w6k=2");
  expect(await run("process.env.NO_SUCH_VARIABLE ?? typeof process.pid")).toBe("number");
  expect(await run("const os = require('node:os'); typeof os.cpus")).toBe("function");
  expect(await refuse("const home: string = process.env.HOME")).toMatchObject([{ code: 2322 }]);
  expect(await refuse("Buffer.from(1)")).toMatchObject([{ code: 2769 }]);
});

test("what is caught has a message", async () => {
  expect(await run("try { throw new Error('no') } catch (error) { console.log(error.message) }; 1")).toBe(1);
});
