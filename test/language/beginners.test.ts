/** What people type who come from NumPy, PyTorch, MATLAB or plain JavaScript: each with its sentence and its way out. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { CHEAT_SHEET } from "../../kernel/src/language/beginners/cheat-sheet.ts";
import { createLanguage } from "../../kernel/src/language/engine.ts";
import type { Compilation, DiagnosticFix } from "../../kernel/src/language/protocol.ts";

const root = path.join(import.meta.dirname, "../..");
const language = createLanguage({ folder: import.meta.dirname, library: root });

let cells = 0;
const compile = (source: string): Promise<Compilation> => language.compile(source, ++cells);

const session = compile(`const X = tensor([[1, 2, 3], [4, 5, 6]])
const W = tensor([[1, 0], [0, 1], [1, 1]])
const Y = exp(X)
const J = sum(X)
let total = 0`);

/** The source with a way out taken. */
function mended(source: string, { line, column, endLine, endColumn, text }: DiagnosticFix): string {
  const lines = source.split("\n");
  const offset = (l: number, c: number): number =>
    lines.slice(0, l - 1).reduce((sum, one) => sum + one.length + 1, 0) + c - 1;
  return source.slice(0, offset(line, column)) + text + source.slice(offset(endLine, endColumn));
}

/** What is typed; what is said; what the first way out makes of it, or null where it is not mechanical. */
type Row = readonly [typed: string, said: RegExp, fixed: string | null];

const rows: readonly Row[] = [
  // arithmetic
  [
    "X * W",
    /^Tensors multiply with X\.matmul\(W\), the matrix product, or X\.mul\(W\), entry by entry/,
    "X.matmul(W)",
  ],
  ["X @ W", /^The matrix product is written X\.matmul\(W\)$/, "X.matmul(W)"],
  ["const Z = X @ W", /matrix product/, "const Z = X.matmul(W)"],
  ["X + 1", /^Tensors have no \+: add is written X\.add\(1\)$/, "X.add(1)"],
  ["X - Y", /X\.sub\(Y\)/, "X.sub(Y)"],
  ["X / 2", /X\.div\(2\)/, "X.div(2)"],
  ["2 * X", /mul\(2, X\)/, "mul(2, X)"],
  ["X ** 2", /X\.pow\(2\)/, "X.pow(2)"],
  ["-X", /^A minus before a tensor is written X\.neg\(\)$/, "X.neg()"],
  ["+X", /^A plus before a tensor says nothing/, "X"],
  [
    "const Z = 1 / (1 + exp(-X))",
    /add\(1, exp\(X\.neg\(\)\)\)|div\(1, /,
    "const Z = div(1, add(1, exp(-X)))",
  ],
  ["2 * X + Y", /mul\(2, X\)\.add\(Y\)/, "mul(2, X).add(Y)"],
  ["(X - mean(X)) * Y", /X\.sub\(mean\(X\)\)/, "X.sub(mean(X)).matmul(Y)"],
  ["X > 0", /^Tensors have no >: gt is written X\.gt\(0\)$/, "X.gt(0)"],
  ["X += 1", /^X is changed in place by X\.assign\(X\.add\(1\)\)$/, "X.assign(X.add(1))"],
  ["W -= W * 0.1", /W\.assign\(W\.sub\(W\.mul\(0\.1\)\)\)/, "W.assign(W.sub(W.mul(0.1)))"],
  [
    "X == Y",
    /^== asks whether two tensors are one and the same object: .* allclose\(X, Y\)/,
    "allclose(X, Y)",
  ],
  ["X != Y", /!allclose\(X, Y\)/, "!allclose(X, Y)"],
  ["X .* Y", /^The product entry by entry \(⊙\) is written X\.mul\(Y\)$/, "X.mul(Y)"],
  ["X ./ Y", /X\.div\(Y\)/, "X.div(Y)"],
  ["X'", /^The transpose is written X\.T$/, "X.T"],
  // parts
  ["X[0][1]", /^An entry of a tensor is X\.at\(0, 1\)$/, "X.at(0, 1)"],
  ["X[0, 1]", /^An entry of a tensor is X\.at\(0, 1\)$/, "X.at(0, 1)"],
  ["X[0]", /^A row of a tensor is X\.at\(0\)/, "X.at(0)"],
  ["X[:, 0]", /^A part is cut out by slice/, "X.slice(null, 0)"],
  ["X[0:1, 1:3]", /by slice/, "X.slice([0, 1], [1, 3])"],
  // members
  ["X.T()", /^T needs no \(\): write X\.T$/, "X.T"],
  ["X.shape()", /^shape needs no \(\)/, "X.shape"],
  ["X.item", /^item is a function: write X\.item\(\)$/, "X.item()"],
  ["const J2 = Y.sum", /^sum is a function: write Y\.sum\(\)$/, "const J2 = Y.sum()"],
  ["J.backward", /^backward is a function: write J\.backward\(\)$/, "J.backward()"],
  ["console.log(Y.mean)", /^mean is a function/, "console.log(Y.mean())"],
  ["X.length", /^The number of entries is X\.size/, "X.size"],
  ["X.numpy()", /^numpy is called toArray here$/, "X.toArray()"],
  ["X.ndim", /^ndim is called rank here$/, "X.rank"],
  ["X.numel()", /X\.size, without \(\)/, "X.size"],
  ["X.t()", /^The transpose is X\.T, without \(\)$/, "X.T"],
  ["X.view(3, 2)", /^view is called reshape here$/, "X.reshape(3, 2)"],
  ["X.clone()", /detach/, "X.detach()"],
  ["X.plus(Y)", /^plus is called add here$/, "X.add(Y)"],
  ["X.mm(W)", /^mm is called matmul here$/, "X.matmul(W)"],
  ["X.zero_grad()", /^Nothing needs to be set to 0/, null],
  ["X.requires_grad_()", /^Nothing needs to be switched on/, null],
  ["X.cuda()", /^There is one device/, null],
  ["X.map(exp)", /^A function of every entry is applied to all at once/, null],
  // options
  ["X.sum(axis=0)", /^Options stand in braces: X\.sum\(\{ axis: 0 \}\)$/, "X.sum({ axis: 0 })"],
  ["sum(X, axis=0, keepdims=True)", /^Options stand in braces/, "sum(X, { axis: 0, keepdims: true })"],
  ["adam([X], lr=0.1)", /learningRate: 0\.1/, "adam([X], { learningRate: 0.1 })"],
  ["F.softmax(X, dim=1)", /^Options stand in braces/, "softmax(X, { axis: 1 })"],
  // names
  ["A = tensor([1, 2])", /^A is new, and a new name is declared: const A = …$/, "const A = tensor([1, 2])"],
  ["X = tensor([1, 2])", /^X is a constant: const X = … in a cell of its own/, "const X = tensor([1, 2])"],
  [
    "print(X)",
    /^print is written console\.log\(…\); a cell shows its last value by itself$/,
    "console.log(X)",
  ],
  ["np.zeros(2, 3)", /^Names need no prefix here: np\.zeros is written zeros$/, "zeros(2, 3)"],
  ["np.array([1, 2])", /np\.array is written tensor/, "tensor([1, 2])"],
  ["torch.nn.functional.relu(X)", /is written relu$/, "relu(X)"],
  ["np.linspce(0, 1)", /^There is no np here, and no linspce/, null],
  ["const n = None", /^None is written undefined, or null$/, "const n = undefined"],
  ["True", /^True is written true$/, "true"],
  ["len(X)", /^The length of a list is list\.length; a tensor has X\.shape/, null],
  ["range(3)", /^Numbers in a row are arange\(3\)/, null],
  ["array([1, 2])", /^array is called tensor here$/, "tensor([1, 2])"],
  ["equal(X, Y)", /allclose\(A, B\); entry by entry it is A\.eq\(B\)/, "allclose(X, Y)"],
  ["zeros_like(X)", /zeros\(\.\.\.X\.shape\)/, null],
  ["X.mul(pi)", /^pi is called Math\.PI here$/, "X.mul(Math.PI)"],
  ["disp(X)", /^disp is written console\.log/, "console.log(X)"],
  ["const f = help(exp)", /^help stands alone in its cell/, null],
  // what cannot be read at all
  ["import numpy as np", /^Nothing needs to be imported here/, ""],
  ["from torch import nn", /^Nothing needs to be imported here/, ""],
  ["import numpy as np\nexp(X)", /^Nothing needs to be imported/, "\nexp(X)"],
  ["# note", /^A comment begins with \/\/$/, "// note"],
  ["exp(X) # of every entry", /^A comment begins with \/\/$/, "exp(X) // of every entry"],
  ["% note", /^A comment begins with \/\/$/, "// note"],
  ["%matplotlib inline", /^There are no magics and no shell here/, ""],
  ["!pip install numpy", /^There are no magics and no shell here/, ""],
  ["def f(x): return x", /^A function is written with braces: function f/, "const f = (x: Tensor) => x"],
  ["def f(x):\n  return x", /^A function is written with braces/, "function f(x: Tensor) {\n  return x"],
  [
    "for i in range(3): total += i",
    /^A loop is written for \(let i = 0; i < 3; i\+\+\)/,
    "for (let i = 0; i < 3; i++) { total += i }",
  ],
  ["for i in range(3):\n  total += i", /^A loop is written/, "for (let i = 0; i < 3; i++) {\n  total += i"],
  [
    "for x in [1, 2]: total += x",
    /^A loop over a list is written for \(const x of \[1, 2\]\)/,
    "for (const x of [1, 2]) { total += x }",
  ],
  ["for i = 1:3", /^A loop is written for \(let i = 1; i <= 3; i\+\+\)/, "for (let i = 1; i <= 3; i++) {"],
  ["while total < 3:", /^A loop is written while \(total < 3\)/, "while (total < 3) {"],
  ["if total > 3: total = 0", /^A condition is written if \(total > 3\)/, "if (total > 3) { total = 0 }"],
  [
    "const f = lambda x: x + 1",
    /^A function without a name is written \(X: Tensor\) => …$/,
    "const f = (x: Tensor) => x + 1",
  ],
  [
    'const s = f"loss {total}"',
    /^Text with values in it stands between backticks/,
    `const s = \`loss \${total}\``,
  ],
  [
    "const s = [i * 2 for i in range(3)]",
    /^A list from a loop/,
    "const s = Array.from({ length: 3 }, (_, i) => i * 2)",
  ],
  ["const s = [i * 2 for i in [1, 2]]", /^A list from a list/, "const s = [1, 2].map((i) => i * 2)"],
  [
    "A = [1 2; 3 4]",
    /^A matrix is written tensor\(\[\[1, 2\], \[3, 4\]\]\): a list of rows$/,
    "const A = tensor([[1, 2], [3, 4]])",
  ],
  ["a = 1:5", /^A range is written arange\(1, 5\)/, "const a = arange(1, 5 + 1)"],
  ["if (not true) total = 1", /^not is written !/, "if (!true) total = 1"],
  ["if (true and false) total = 1", /^and is written &&/, "if (true && false) total = 1"],
  ['print "hello"', /^A cell shows its last value by itself/, 'console.log("hello")'],
  ['raise ValueError("no")', /^An error is thrown/, 'throw new Error("no")'],
  ["with torch.no_grad():", /^Nothing needs to be switched off/, ""],
  ["class Net(nn.Module):", /^A class is written class Net/, null],
  ["del X", /^Nothing needs to be deleted/, ""],
  // calls as NumPy, PyTorch and MATLAB write them
  ["X.sum(0)", /^The axis has its name: X\.sum\(\{ axis: 0 \}\)$/, "X.sum({ axis: 0 })"],
  ["mean(X, 1)", /^The axis has its name/, "mean(X, { axis: 1 })"],
  ["softmax(X, -1)", /^The axis has its name/, "softmax(X, { axis: -1 })"],
  ["zeros((2, 3))", /^Lengths stand one by one: zeros\(2, 3\)$/, "zeros(2, 3)"],
  ["X.reshape((3, 2))", /^Lengths stand one by one/, "X.reshape(3, 2)"],
  ["tensor([1, 2], [3, 4])", /^All numbers, or all rows, stand in one list/, "tensor([[1, 2], [3, 4]])"],
  ["tensor(1, 2)", /^All numbers, or all rows, stand in one list/, "tensor([1, 2])"],
  ["X.size()", /^size needs no \(\): write X\.size$/, "X.size"],
  ["J.grad()", /^grad needs no \(\)/, "J.grad"],
  ["X.size(0)", /^size is no function: write X\.size$/, null],
  ["torch.tensor([1.0], requires_grad=True)", /^Nothing needs to be switched on/, "tensor([1.0])"],
  ["J.backward(retain_graph=True)", /^Nothing needs to be switched on/, "J.backward()"],
  ["optim.SGD([X], lr=0.1)", /^Options stand in braces/, "sgd([X], { learningRate: 0.1 })"],
  ["J.backwards()", /^backwards is called backward here$/, "J.backward()"],
  ["X.permute(1, 0)", /X\.transpose\(\[1, 0\]\)$/, null],
  ["gradient(J, X)", /^The gradient of J is grad\(J, X\)/, "grad(J, X)"],
  ["derivative(J, X)", /jacobian\(Y, X\)$/, "grad(J, X)"],
  ["ReLU(X)", /^ReLU is called relu here$/, "relu(X)"],
  ["Relu(X)", /^Relu is called relu here$/, "relu(X)"],
  ["X(1, 2)", /^An entry of a tensor is X\.at\(0, 1\): rows and columns are counted from 0$/, "X.at(0, 1)"],
  ["X(2)", /^A row of a tensor is X\.at\(1\)/, "X.at(1)"],
  ["length(X)", /^The number of entries is X\.size/, null],
  ["clear", /^Nothing needs to be cleared/, null],
  ["whos", /^The variables are listed by who\(\)$/, "who()"],
  ["elif", /else if/, null],
  // plain JavaScript
  ["Math.exp(X)", /^Math\.exp takes numbers: of a tensor it is exp\(X\)$/, "exp(X)"],
  ["Math.max(X, 0)", /^Math\.max takes numbers/, "maximum(X, 0)"],
  ["[...X]", /^A tensor is not a list: its rows are walked in X\.toArray\(\)$/, "[...X.toArray()]"],
  [
    "for (const row of X) console.log(row)",
    /^A tensor is not a list/,
    "for (const row of X.toArray()) console.log(row)",
  ],
  ["new Tensor([1, 2])", /^A tensor is made without new: tensor\(\[1, 2\]\)$/, "tensor([1, 2])"],
  ["new tensor([1, 2])", /^A tensor is made without new/, "tensor([1, 2])"],
  ["X % 2", /^Tensors have no %/, "X.sub(X.div(2).floor().mul(2))"],
  ["X++", /^X is changed in place by X\.assign\(X\.add\(1\)\)$/, "X.assign(X.add(1))"],
  ["if (!X) total = 1", /^! before a tensor says nothing of its numbers/, "if (X.eq(0)) total = 1"],
  ["X.gt(1) && X.lt(3)", /^&& between tensors says nothing of their numbers/, "mul(X.gt(1), X.lt(3))"],
  ["X.gt(1) || X.lt(3)", /^\|\| between tensors/, "maximum(X.gt(1), X.lt(3))"],
  ["X.reduce((a, b) => a)", /^All entries together are X\.sum\(\)/, null],
  ["X.filter((x) => x > 0)", /^Entries are chosen by where/, null],
  ["J.toFixed(2)", /J\.item\(\)\.toFixed\(2\)/, null],
  ["X.set(0, 1, 5)", /^One entry is not changed by itself/, null],
  ["X.equals(Y)", /^Whether two tensors have the same numbers is allclose/, null],
  ["X.forEach(console.log)", /X\.toArray\(\)/, null],
];

test("the table has the rows of the course, and forty more", () => {
  expect(rows.length).toBeGreaterThan(130);
  expect(new Set(rows.map(([typed]) => typed)).size).toBe(rows.length);
});

describe.each(rows)("%s", (typed, said, fixed) => {
  test("is answered in one sentence, at the squiggle as at the run, and by a way out", async () => {
    await session;
    const { diagnostics } = await language.diagnose(typed);
    const ran = await compile(typed);
    expect(ran.ok).toBe(false);
    expect(ran).toMatchObject({ diagnostics });
    const [first, ...others] = diagnostics;
    expect(first.message).toMatch(said);
    expect(first.message).not.toMatch(/\n|\.$/);
    expect(others).toEqual([]);
    const [fix] = first.fixes ?? [];
    expect(fix === undefined ? null : mended(typed, fix)).toBe(fixed);
  });
});

test.each(rows.filter(([, , fixed]) => fixed !== null && !/\{$|\{\n|\(-X|matmul\(Y\)|x \+ 1/.test(fixed)))(
  "the way out of %s is a cell that compiles",
  async (_typed, _said, fixed) => {
    const { diagnostics } = await language.diagnose(fixed ?? "");
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
  },
);

test("what is right is left alone", async () => {
  await session;
  const right = [
    "const n = -1 + 2 * 3 - total",
    "const [a, b] = [1, 2]\na == b",
    "const rows = X.toArray()\nrows[0][1]",
    "X.shape[0]",
    "const same = X === Y",
    "const print = (x: unknown) => console.log(x)\nprint(1)",
    "const f = exp",
    "typeof X.sum",
    "[X, Y].map((x) => x.sum())",
    "plot([1, 2, 3])",
    "plot(sigmoid)",
    "plot(X.at(0))",
    "const s = 'import numpy as np'",
    "const t = `# no comment`",
  ];
  for (const source of right) {
    const { diagnostics } = await language.diagnose(source);
    expect(
      diagnostics.map(({ message }) => message),
      source,
    ).toEqual([]);
  }
});

test("a type in a message is short", async () => {
  await session;
  const [first] = (await language.diagnose("const s: string = X.matmul(W)")).diagnostics;
  expect(first.message).toBe("Type 'Tensor<[2, 2]>' is not assignable to type 'string'");
  const [second] = (await language.diagnose("const s: string = tensor")).diagnostics;
  expect(second.message).not.toMatch(/extends|ShapeOfData/);
});

describe("a cell that asks", () => {
  const shown = async (source: string): Promise<string> => {
    await session;
    expect((await language.diagnose(source)).diagnostics).toEqual([]);
    const compiled = await compile(source);
    if (!compiled.ok) throw new Error(compiled.diagnostics[0].message);
    return compiled.cell.code;
  };

  test.each([
    "help(sigmoid)",
    "sigmoid?",
    "?sigmoid",
    "sigmoid??",
    " help( sigmoid ) ;",
    "help sigmoid",
    "doc sigmoid",
  ])("%s shows the documentation of a name", async (source) => {
    const code = await shown(source);
    expect(code).toContain("text/markdown");
    expect(code).toMatch(/sigmoid\(.*Tensor/);
    expect(code).toMatch(/1 \+|e\^|logistic|sigmoid/i);
  });

  test("help() is a sheet by task, with what NumPy and PyTorch call otherwise", async () => {
    expect(await shown("help()")).toContain("NumPy, PyTorch");
  });

  test("every name on the sheet is there", async () => {
    const preloaded = new Set(await language.ready());
    const { matches } = await language.complete("X.", 2);
    const members = new Set(matches.map(({ text }) => text));
    const [byTask, dictionary] = CHEAT_SHEET.split("| NumPy, PyTorch | here |");
    const ours = [byTask, ...dictionary.split("\n").map((line) => line.split(" | ")[1] ?? "")].join("\n");
    for (const [, name] of ours.matchAll(/(?<![.\w])(\w+)(?=[(`]\S)/g)) {
      if (/^(help|dir|math|check|ask|console)$/.test(name)) continue;
      expect(preloaded.has(name), name).toBe(true);
    }
    for (const [, name] of ours.matchAll(/\b[AXYJw]\.(\w+)/g)) expect(members.has(name), name).toBe(true);
  });

  test("dir(X) lists what a tensor has", async () => {
    const code = await shown("dir(X)");
    for (const name of ["matmul", "shape", "backward"]) expect(code).toContain(name);
  });

  test("says so when there is no such name, and leaves a help of the notebook's own alone", async () => {
    expect(await shown("help(sigmoyd)")).toContain("There is no sigmoyd here");
    const own = createLanguage({ folder: import.meta.dirname, library: root });
    await own.compile("const help = (x: unknown) => 7", 1);
    const compiled = await own.compile("help(1)", 2);
    expect(compiled.ok && compiled.cell.code).not.toContain("text/markdown");
  });
});

test("the panel of help has every name that is called, by its task, with words and an example", async () => {
  const entries = await language.catalogue();
  const names = entries.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const isCalled = (name: string): boolean => /^[a-z]/.test(name) && name !== "gb" && name !== "debug";
  const called = (await language.ready()).filter(isCalled);
  expect(called.filter((name) => !names.includes(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(["MLP", "X.backward", "X.grad", "X.T", "X.assign"]));
  expect(entries.filter(({ words }) => words === "" || words.includes("\n"))).toEqual([]);
  const bare = entries.filter(({ name, example }) => example === "" && !name.startsWith("X."));
  expect(bare.map(({ name }) => name)).toEqual(["display", "clearOutput"]);
  expect([...new Set(entries.map(({ task }) => task))][0]).toBe("Build");
  const tasks = Object.fromEntries(entries.map(({ name, task }) => [name, task]));
  expect(tasks).toMatchObject({
    exp: "Compute",
    grad: "Differentiate",
    explain: "Ask why",
    plot: "Look",
    fit: "Train",
  });
  expect(entries.find(({ name }) => name === "sum")).toMatchObject({ signature: "sum(x, options?)" });
});

test("after a dot what is used most comes first", async () => {
  await session;
  const { matches } = await language.complete("X.", 2);
  const names = matches.map(({ text }) => text);
  expect(names.slice(0, 5)).toEqual(["shape", "T", "matmul", "sum", "mean"]);
  const rest = names.slice(names.indexOf("reshape") + 1);
  expect(rest.length).toBeGreaterThan(40);
  // By the alphabet, capital letters among the others.
  const inOrder = rest.toSorted((a, b) => a.localeCompare(b, "en", { sensitivity: "base" }));
  expect(rest).toEqual(inOrder);
});
