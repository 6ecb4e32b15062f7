import { expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const notebook = openNotebook();
const { run, compile } = notebook;

test("the value of the last expression is kept, and nothing else counts as one", async () => {
  expect(await run("1 + 1")).toBe(2);
  expect(await run("const four = 4\n  ;({ four })")).toEqual({ four: 4 });
  for (const source of ["const five = 5", "5; enum Empty {}", "if (true) 5", "function six() {}", ""]) {
    expect((await compile(source)).lastExpression, source).toBeUndefined();
  }
});

test("a value of undefined does not bring back the value of an earlier cell", async () => {
  await run("'earlier'");
  expect(await run("void 0")).toBeUndefined();
});

test("a later cell sees every kind of declaration", async () => {
  await run(`
    const c = 1; let l = 2; var v = 3
    function f<T>(x: T): T { return x }
    class K { constructor(readonly value = c) {} twice(): number { return 2 * this.value } }
    enum Colour { Red, Green = "green" }
    const enum Inline { One = 1 }
    namespace Space { export const inside = 7 }
    interface Point { x: number }
    type Pair<T> = [T, T]
  `);
  expect(await run("[c, l, v, f('a'), new K(4).twice(), Colour.Green, Inline.One, Space.inside]")).toEqual([
    1,
    2,
    3,
    "a",
    8,
    "green",
    1,
    7,
  ]);
  expect(await run("const p: Point = { x: 1 }, q: Pair<Point> = [p, p]; q.length")).toBe(2);
  expect(await run("const k: K = new K(); k.twice() + Space.inside")).toBe(9);
});

test("destructuring declares each of its names", async () => {
  await run(
    "const { a, b: [first, second = 8, ...others], 'c d': cd = () => 1, ...rest } = { a: 1, b: [2], 'c d': undefined, e: 5 }",
  );
  expect(await run("[a, first, second, others, cd?.(), cd?.name, rest]")).toEqual([
    1,
    2,
    8,
    [],
    1,
    "cd",
    { e: 5 },
  ]);
  await run("let [m, n] = [1, 2]; [m, n] = [n, m]; ({ m } = { m: m * 10 })");
  expect(await run("({ m, n })")).toEqual({ m: 20, n: 1 });
});

test("a closure sees assignments of later cells, and they see its assignments", async () => {
  await run("let count = 0; const increment = () => ++count; function read() { return count }");
  await run("increment(); count += 10");
  expect(await run("[read(), count, increment()]")).toEqual([11, 11, 12]);
  await run("const later = new Promise<void>((resolve) => setTimeout(() => { count = 100; resolve() }, 1))");
  expect(await run("await later; count")).toBe(100);
});

test("names can be declared anew, with another type", async () => {
  await run("const again = 1; let reader = () => again");
  await run("const again = 'text'; function twice() { return again + again }");
  expect(await run("twice().toUpperCase()")).toBe("TEXTTEXT");
  await run("function again() { return 5 }");
  expect(await run("again() + 1")).toBe(6);
  expect(await run("typeof reader()")).toBe("function");
});

test("running a cell again starts its enums and its unset variables afresh", async () => {
  await run("enum Level { Low, High }; let unset: number | undefined");
  await run("unset = 3");
  await run("enum Level { Low }; let unset: number | undefined");
  expect(await run("[Object.keys(Level), unset]")).toEqual([["0", "Low"], undefined]);
});

test("functions, classes and enums keep the names they were written with", async () => {
  await run(
    "const arrow = () => 1; let K1 = class {}; class K2 {}; async function f2() {} let g2; g2 = function () {}",
  );
  expect(await run("[arrow.name, K1.name, K2.name, f2.name, g2.name]")).toEqual([
    "arrow",
    "K1",
    "K2",
    "f2",
    "g2",
  ]);
});

test("a name inside a function, a loop or a class hides the name of the notebook", async () => {
  await run("const x = 'top'; const o = { x: 'property', m(x: string) { return x } }");
  expect(
    await run("[o.x, o.m('argument'), ((x: number) => { { let x = 'block'; return x } })(1), x]"),
  ).toEqual(["property", "argument", "block", "top"]);
  expect(
    await run("class Own { x = x; static x = 'static'; get y() { return this.x + x } }; new Own().y"),
  ).toBe("toptop");
  expect(
    await run("x: for (const x of ['loop']) { if (x) break x }\ntry { throw 'caught' } catch (x) { x }\nx"),
  ).toBe("top");
});

test("a function expression and a class keep to themselves when their name is declared anew", async () => {
  await run(
    "const me = 'top'; const factorial = function me(n: number): number { return n > 1 ? n * me(n - 1) : 1 }",
  );
  expect(await run("factorial(5)")).toBe(120);
  await run("class Kind { static make() { return new Kind() } }; const First = Kind");
  expect(await run("class Kind { other = 1 }; First.make() instanceof First")).toBe(true);
});

test("a cell may use names that other code looks for in the global scope, unseen by it", async () => {
  await run("const window = 1, document = 2, process = 3, Map = 4, module = 5; let name = 'mine'");
  expect(await run("[window, document, process, Map, module, name]")).toEqual([1, 2, 3, 4, 5, "mine"]);
  expect([typeof globalThis.window, typeof process.pid, typeof Map]).toEqual([
    "undefined",
    "number",
    "function",
  ]);
  await run("const require = 1, exports = 2; function scope() { return require + exports }");
  expect(await run("import { sep } from 'node:path'; scope() + sep.length")).toBe(4);
});

test("top-level await and for await make the cell asynchronous; an await in a function does not", async () => {
  expect(await run("await Promise.resolve(3)")).toBe(3);
  expect(await run("let sum = 0; for await (const n of [1, Promise.resolve(2)]) sum += n; sum")).toBe(3);
  expect((await compile("await 1")).hasTopLevelAwait).toBe(true);
  expect((await compile("const f3 = async () => await 1")).hasTopLevelAwait).toBe(false);
});

test("what a cell set before it threw is there, and so are its functions and types", async () => {
  const cell =
    "interface Kept { n: number }; const before: Kept = { n: 1 }; thrower(); const after = 2; function thrower() { throw new RangeError('half way') }";
  await expect(run(cell)).rejects.toThrow("half way");
  expect(await run("const kept: Kept = before; [kept.n, typeof thrower, after]")).toEqual([
    1,
    "function",
    undefined,
  ]);
});

test("a cell that throws before it sets a variable anew leaves it as it was", async () => {
  await run("let weights = [1, 2]");
  await expect(run("throw new Error('stopped'); let weights = [3]")).rejects.toThrow("stopped");
  expect(await run("weights")).toEqual([1, 2]);
});

test("imports come from Node, from packages and as types", async () => {
  await run(
    "import fs, { existsSync as exists } from 'node:fs'; import * as path from 'path'; import type { Tensor as T } from 'gradbook'",
  );
  expect(await run("[fs.existsSync === exists, typeof path.join]")).toEqual([true, "function"]);
  expect(await run("const os = await import('node:os'); typeof os.cpus")).toBe("function");
  expect(await run("const t: T = tensor([1]); t.data[0]")).toBe(1);
  expect(
    await run("import 'node:events'; import typescript from 'typescript'; typeof typescript.version"),
  ).toBe("string");
});

test("classes and functions take a namespace of their own name, and decorators apply", async () => {
  await run("class Mix { v = 1 } namespace Mix { export const extra = 2 }");
  expect(await run("[new Mix().v, Mix.extra]")).toEqual([1, 2]);
  await run(
    "const seen: string[] = []; function see(c: Function) { seen.push(c.name) } @see class Seen { self() { return Seen.name } }",
  );
  expect(await run("[...seen, new Seen().self()]")).toEqual(["Seen", "Seen"]);
});

test("a declaration of what others define declares nothing anew", async () => {
  Object.assign(globalThis, { definedByOthers: 7 });
  expect((await compile("declare const definedByOthers: number")).declared).toEqual([]);
  expect(await run("definedByOthers + 1")).toBe(8);
});

test("what Node and ECMAScript of today offer has types", async () => {
  expect(await run("[3, 1, 2].toSorted((a, b) => a - b).with(0, 9)")).toEqual([9, 2, 3]);
  expect(await run("[...new Set([1, 2]).union(new Set([3]))].length")).toBe(3);
  expect(
    await run("typeof globalThis.console.log + new TextDecoder().decode(new TextEncoder().encode('é'))"),
  ).toBe("functioné");
});

test("export before a declaration is allowed", async () => {
  await run("export const shown = 1; export function show() { return shown }; export type Shown = number");
  expect(await run("const s: Shown = show(); s")).toBe(1);
});

test("a class expression with private members compiles", async () => {
  await run("const Private = class { private x = 1; #y = 2; sum() { return this.x + this.#y } }");
  expect(await run("new Private().sum()")).toBe(3);
});

test("a cell tells what it declares, in order and by kind", async () => {
  const { declared } = await compile(
    "import { join } from 'node:path'; let b1 = 1; function a1() {} class C1 {} enum E1 { A } namespace N1 { export const x = 1 } interface I1 {} type T1 = 1; for (var i1 = 0; ; ) break; const { d1, e1: [f1] } = { d1: 1, e1: [2] }",
  );
  expect(declared.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "import join",
    "let b1",
    "function a1",
    "class C1",
    "enum E1",
    "namespace N1",
    "var i1",
    "const d1",
    "const f1",
  ]);
});

test("a cell may declare a preloaded name anew, and tells so", async () => {
  expect((await compile("const max = 3, mine = 4")).shadowed).toEqual(["max"]);
  expect((await compile("const mine = 5")).shadowed).toEqual([]);
  expect(await run("const max = 3; max")).toBe(3);
  await compile("import { max } from 'gradbook'");
  expect(await notebook.refuse("const n: string = max(1)")).toMatchObject([{ code: 2322 }]);
});
