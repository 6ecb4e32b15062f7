import vm from "node:vm";
import { expect, test } from "vitest";
import { openNotebook } from "./notebook.ts";

const { run, language, scope } = openNotebook();
let cells = 100;

/** Runs a cell while `names` have no value. */
async function runWithout(names: readonly string[], source: string): Promise<unknown> {
  for (const name of names) scope.lose(name, "it was lost");
  const compilation = await language.compile(source, ++cells, names);
  if (!compilation.ok) throw new Error(compilation.diagnostics[0].message);
  await vm.runInThisContext(compilation.cell.code)(scope, () => ({}));
  return scope.get("<last expression>");
}

await run("let X: any = 1; let Y: any = 2; class K {}; let f: any = () => 1; const earlier = () => X");

test.each([
  "X",
  "X + 1",
  "-X",
  "typeof X",
  "X.item",
  "X?.item",
  "X.item()",
  "f()",
  "f`text`",
  "new K()",
  "class L extends K {}",
  "({ X })",
  "({ ...X })",
  "[X]",
  "const copy = X",
  "const { part = X } = {}",
  "const [part2] = X",
  "X += 1",
  "X ??= 1",
  "X ||= () => 1",
  "X++",
  "--X",
  "Y = X",
  "if (X) 1",
  "for (const item of X) item",
  "await X",
  "console.log(X)",
  "String(X)",
  "(() => X)()",
  "function inside() { return X.T }\ninside()",
  "earlier() + 1",
  "earlier().T",
  "earlier()()",
  "console.log(earlier())",
  "JSON.stringify(earlier())",
])("Reading a name without a value says why: %s", async (source) => {
  await expect(runWithout(["X", "K", "f"], source)).rejects.toThrow(/^(X|K|f) has no value: it was lost$/);
});

test.each([
  ["X = 5; X + 1", 6],
  ["[X, Y] = [7, 8]; X", 7],
  ["({ X, q: Y } = { X: 9, q: 1 }); X", 9],
  ["for (X of [3, 4]) ; X", 4],
  ["const X = 11; X", 11],
  ["const local = (X: number) => X + 1; local(1)", 2],
  ["const object = { X: 1 }; object.X", 1],
  ["let done = 0; X: for (;;) { done++; break X }; done", 1],
  ["const later = () => X; 3", 3],
  ["f = () => 12; f.name + f()", "f12"],
])(
  "A name without a value may be given one, and its word means other things, too: %s",
  async (source, value) => {
    expect(await runWithout(["X", "Y", "f"], source)).toBe(value);
  },
);

test("Nobody else sees what stands in for a value", async () => {
  scope.lose("X", "it was lost");
  expect(scope.get("X")).toBeUndefined();
  expect(scope.lost()).toContain("X");
  scope.set("X", 1);
  expect(scope.lost()).not.toContain("X");
});

test("A cell counts its steps, so that it is known which names have a value when it fails", async () => {
  const steps = async (source: string) => {
    const compilation = await language.compile(source, ++cells);
    if (!compilation.ok) throw new Error(compilation.diagnostics[0].message);
    const done = { steps: 0 };
    try {
      await vm.runInThisContext(compilation.cell.code)(scope, () => ({}), done);
    } catch {}
    return compilation.cell.steps.slice(0, done.steps).flat();
  };
  const fail = "(() => { throw new Error() })() as number";
  expect(await steps(`const a1 = 1, a2 = ${fail}, a3 = 2`)).toEqual(["a1"]);
  expect(await steps(`let { b1, c: [b2] } = { b1: 1, c: [2] }; class B3 {}; const b4 = ${fail}`)).toEqual([
    "b1",
    "b2",
    "B3",
  ]);
  expect(await steps(`await null; const c1 = () => 1; ${fail}; function c2() {}; const c3 = 1`)).toEqual([
    "c2",
    "c1",
  ]);
  expect(await steps("import { sep } from 'node:path'; sep")).toEqual(["sep"]);
});
