/** What comes in is what is computed with: nothing changes in silence, and no argument is guessed at. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import * as library from "../../src/index.ts";
import {
  broadcastTo,
  exp,
  explain,
  grad,
  hessian,
  jacobian,
  jvp,
  mul,
  neg,
  relu,
  reshape,
  softmax,
  square,
  sum,
  symbol,
  type Tensor,
  take,
  tensor,
  vjp,
} from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { Tensor as TensorOf } from "../../src/tensor/tensor.ts";

const filled = (shape: number[], value: number): Tensor =>
  new TensorOf([...shape], new Float64Array(sizeOf(shape)).fill(value));

/** The library as JavaScript sees it: without types. */
const loose = library as unknown as Record<string, (...given: unknown[]) => unknown>;

/** Every op with its samples. */
const samples = Object.entries(ops).flatMap(([name, { samples: list }]) =>
  list.map((sample, i) => [name, i, sample] as const),
);

/** What walks over a record of Y = f(X) and answers with derivatives. */
const walks: readonly [name: string, walk: (y: Tensor, x: Tensor) => unknown][] = [
  ["backward", (y) => y.backward(filled(y.shape, 1))],
  ["grad", (y, x) => grad(y, x, { cotangent: filled(y.shape, 1) })],
  ["vjp", (y, x) => vjp(y, x, filled(y.shape, 1))],
  ["jvp", (y, x) => jvp(y, x, filled(x.shape, 1))],
  ["jacobian", (y, x) => jacobian(y, x)],
  ["hessian", (y, x) => hessian(sum(y), x)],
  ["explain", (y) => explain(y)],
];

describe.each(walks)("%s", (_name, walk) => {
  test("refuses a record whose operand was assigned since", () => {
    const X = tensor([1, 2]).as("X");
    const Y: Tensor = square(X);
    X.assign([30, 40]);
    expect(() => walk(Y, X)).toThrow(/X was assigned since; compute the result again/);
    expect(() => walk(square(X), X)).not.toThrow();
  });

  test("refuses a record of which an operand's data was written to, once, and the operand keeps its entries", () => {
    const X = tensor([1, 2]).as("X");
    const Y: Tensor = square(X);
    X.data[1] = 100;
    expect(() => walk(Y, X)).toThrow("Cannot go on with X: entry (2) of its data was written to");
    expect(X.toArray()).toEqual([1, 2]);
    expect(() => walk(Y, X)).not.toThrow();
  });

  test("refuses a record of which the result's data was written to", () => {
    const X = tensor([1, 2]).as("X");
    const Y: Tensor = exp(X).as("Y");
    Y.data.fill(7);
    expect(() => walk(Y, X)).toThrow("Cannot go on with Y: entry (1) of its data was written to");
  });
});

describe("data", () => {
  test.each<[string, (x: Tensor) => unknown]>([
    ["an op", (x) => neg(x)],
    ["item", (x) => x.item()],
    ["toArray", (x) => x.toArray()],
    ["text", (x) => String(x)],
    ["the display", (x) => (x as unknown as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")]()],
    ["JSON", (x) => JSON.stringify(x)],
    ["detach", (x) => x.detach()],
    ["assign", (x) => tensor([0]).assign(x)],
  ])("that was written to is noticed by %s", (_what, use) => {
    const X: Tensor = tensor([1]);
    X.data.set([5]);
    expect(() => use(X)).toThrow(/of its data was written to, and data is a copy/);
    expect(X.item()).toBe(1);
  });

  test("of a tensor is never that of another, though they share their entries", () => {
    const X = tensor([1, 2]);
    X.detach().data[0] = 9;
    reshape(X, 2, 1).data[0] = 9;
    expect(neg(X).toArray()).toEqual([-1, -2]);
  });

  test("is as fast to read as the entries: the same copy each time", () => {
    const X = tensor([1, 2]);
    expect(X.data).toBe(X.data);
    expect(X.data).toBeInstanceOf(Float64Array);
  });

  test("of NaN counts as untouched, and after assign it is the new one", () => {
    const X = tensor([Number.NaN, 1]);
    expect(X.data[0]).toBeNaN();
    expect(neg(X).toArray()).toEqual([Number.NaN, -1]);
    X.assign([3, 4]);
    expect([...X.data]).toEqual([3, 4]);
  });

  test.each(samples)("of the operands is left alone by %s, sample %i", (_op, _i, { call, shapes }) => {
    const x = shapes.map((shape) => filled(shape, 0.5));
    const before = x.map(({ data }) => [...data]);
    const y = call(...x);
    jvp(
      y,
      x,
      x.map((xi) => filled(xi.shape, 1)),
    );
    grad(y, x, { cotangent: filled(y.shape, 1) });
    expect(x.map((xi) => [...neg(neg(xi)).data])).toEqual(before);
  });
});

describe("a cotangent or a tangent of the other number type is refused", () => {
  const X = tensor([1, 2], { dtype: "float32" }).as("X");
  const Y = square(X).as("Y");
  const wide = tensor([1, 1]);
  test.each<[string, () => unknown]>([
    ["backward", () => Y.backward(wide)],
    ["grad", () => grad(Y, X, { cotangent: wide })],
    ["vjp", () => vjp(Y, X, wide)],
    ["jvp", () => jvp(Y, X, wide)],
  ])("%s", (_walk, call) => {
    expect(call).toThrow(expect.objectContaining({ name: "DtypeError" }));
    expect(call).toThrow('cast it to the other\'s dtype, as in t.cast("float32")');
  });

  test("and a number takes the type of the result", () => {
    const J = sum(X);
    J.backward(3);
    expect(X.grad.dtype).toBe("float32");
    expect(X.grad.toArray()).toEqual([3, 3]);
  });
});

test.each(samples)("the result of %s, sample %i, is a tensor of its own", (_name, _i, { call, shapes }) => {
  const x = shapes.map((shape) => filled(shape, 0.5));
  const y = call(...x);
  expect(x.includes(y)).toBe(false);
  expect(jvp(y, y, filled(y.shape, 1))).not.toBe(y);
});

test("what does nothing makes a tensor of its own, with a name and a gradient of its own", () => {
  const X = tensor([[1, 2]]).as("X");
  const same: Tensor[] = [
    broadcastTo(X, [1, 2]),
    X.reshape(1, 2),
    X.slice(),
    X.slice(null, [0, 2]),
    X.cast("float64"),
    X.transpose([0, 1]),
    ops.concat([X]),
    X.take([0]),
    X.sum({ axis: [] }),
    X.max({ axis: [] }),
    X.clamp(-9, 9),
    X.detach(),
  ];
  for (const Y of same) {
    expect(Y).not.toBe(X);
    Y.as("Y");
    mul(3, sum(Y)).backward();
  }
  expect(X.name).toBe("X");
  expect(broadcastTo(tensor(2), []).item()).toBe(2);
});

describe("take with indices of any rank", () => {
  const X = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);

  test("puts their shape in the place of the axis", () => {
    expect(take(X, [[0, 2]]).toArray()).toEqual([
      [
        [1, 2],
        [5, 6],
      ],
    ]);
    expect(take(X, tensor([[1], [0]]), { axis: 1 }).toArray()).toEqual([
      [[2], [1]],
      [[4], [3]],
      [[6], [5]],
    ]);
    expect(take(X, tensor(2)).toArray()).toEqual([5, 6]);
    expect(take(X, []).shape).toEqual([0, 2]);
  });

  test("collects dY at each index", () => {
    const picked = take(X, [
      [0, 2],
      [0, 0],
    ]);
    expect(grad(sum(picked), X).toArray()).toEqual([
      [3, 3],
      [0, 0],
      [1, 1],
    ]);
  });
});

describe("a symbol", () => {
  const X = symbol("X", "α", "β");
  const Y = exp(X).as("Y");
  const readings: readonly [string, (x: Tensor) => unknown][] = [
    ["item", (x) => sum(x).item()],
    ["toArray", (x) => x.toArray()],
    ["data", (x) => x.data],
    ["gradients", (x) => grad(sum(square(x)), x).toArray()],
    ["a detached copy", (x) => x.detach().toArray()],
    ["jacobian", (x) => jacobian(neg(x), x)],
    ["hessian", (x) => hessian(sum(square(x)), x)],
  ];
  test.each(readings)("has no numbers, and nothing computed from it has: %s", (_what, read) => {
    expect(() => read(X)).toThrow(/symbol.* no numbers|the symbol X/);
    expect(() => read(Y)).toThrow(/symbol.* no numbers|the symbol X/);
  });

  test("is written as its formula, also in JSON", () => {
    expect(`${Y}`).toContain("Y = ");
    expect(JSON.parse(JSON.stringify(Y))).toEqual({ shape: ["α", "β"], formula: String(Y) });
    expect(String(grad(sum(square(X)), X))).not.toMatch(/\d\.\d/);
  });

  test("is named by its letters in messages and shapes", () => {
    expect(() => ops.matmul(X, X)).toThrow(
      "Cannot matmul shapes [α, β] and [α, β]: the inner lengths β and α differ",
    );
    expect(() => X.reshape(3)).toThrow("Cannot reshape [α, β] to [3]: αβ entries do not fill it");
    expect(() => ops.add(X, tensor([1, 2]) as Tensor)).toThrow(
      "Cannot add shapes [α, β] and [2]: axis 1 has lengths β and 2",
    );
    expect(() => X.sum({ axis: 3 })).toThrow("Cannot sum shape [α, β] along axis 3");
    expect(() => Y.backward()).toThrow("Y of shape [α, β] without a cotangent");
    expect(() => symbol("b", "α").T).toThrow("Cannot take T of shape [α]");
    expect(inspect(Y.shape)).toBe("[ α, β ]");
  });
});

describe("JSON", () => {
  test("has shape, number type and entries, which tensor takes back", () => {
    const X = tensor([
      [1, 2],
      [3, 4],
    ]);
    const json = JSON.parse(JSON.stringify({ X })).X;
    expect(json).toEqual({ shape: [2, 2], dtype: "float64", data: X.toArray() });
    expect(tensor(json.data).toArray()).toEqual(X.toArray());
    expect(JSON.stringify(tensor(3))).toBe('{"shape":[],"dtype":"float64","data":3}');
  });

  test("writes what JSON has no number for as a string", () => {
    expect(JSON.stringify(tensor([Number.NaN, Number.NEGATIVE_INFINITY, 1]).toJSON())).toContain(
      '["NaN","-Infinity",1]',
    );
  });
});

describe("an operator", () => {
  const X: unknown = tensor([1, 2]).as("X");
  test.each<[string, () => unknown]>([
    ["−X", () => -(X as number)],
    ["+X", () => +(X as number)],
    ["X * 2", () => (X as number) * 2],
    ["X < 1", () => (X as number) < 1],
    ["Math.exp(X)", () => Math.exp(X as number)],
  ])("says what to write instead: %s", (_what, use) => {
    expect(use).toThrow("write neg(X) or X.neg() for −X");
  });

  test("of strings still writes tensors", () => {
    expect(`${X}`).toBe(String(X));
    expect("J = ".concat(String(tensor(3)))).toBe("J = 3");
  });
});

test("softmax goes along any axis", () => {
  const X = tensor([
    [0, 1000],
    [0, 0],
  ]).as("X");
  expect(softmax(X, { axis: 0 }).toArray()).toEqual([
    [0.5, 1],
    [0.5, 0],
  ]);
  expect(softmax(X, { axis: 1 }).toArray()).toEqual(softmax(X).toArray());
  expect(ops.logSoftmax(X, { axis: 0 }).toArray()[0][1]).toBe(0);
  expect(
    String(
      explain(
        softmax(
          tensor([
            [1, 2],
            [3, 5],
          ]).as("X"),
          { axis: 0 },
        ).as("Y"),
      ),
    ),
  ).not.toContain("✗");
});

/** What a student may pass where something else was meant; made anew for each call. */
const wrongArguments: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  "a string": () => "0",
  "a number": () => 2.5,
  "a huge number": () => 1e10,
  "a negative number": () => -1,
  NaN: () => Number.NaN,
  true: () => true,
  "a bigint": () => 3n,
  "a JavaScript symbol": () => Symbol("X"),
  "an empty array": () => [],
  "an array": () => [1, 2],
  "uneven rows": () => [[1], [2, 3]],
  "huge lengths": () => [1e6, 1e6],
  "an array that contains itself": () => {
    const cycle: unknown[] = [1];
    cycle[0] = cycle;
    return cycle;
  },
  "deep nesting": () => {
    let deep: unknown = 1;
    for (let k = 0; k < 100_000; k++) deep = [deep];
    return deep;
  },
  "a list of tensors": () => [tensor([1, 2]), tensor([3])],
  "an empty object": () => ({}),
  "an object": () => ({ dim: 0 }),
  "an object without a prototype": () => Object.create(null),
  "a function": () => () => 1,
  "a promise": () => Promise.resolve(1),
  "a date": () => new Date(0),
  "a tensor of odd shape": () => filled([2, 1, 3], 0.5),
  "a tensor of no entries": () => filled([0, 2], 0.5),
  "a tensor of float32": () => tensor([[1, 2]], { dtype: "float32" }),
  "a symbol": () => symbol("S", "α", 1),
};

/** Words of JavaScript and of the engine, which say nothing to a student. */
const INTERNAL =
  /undefined is not|is not (a function|iterable|a constructor|defined|an object)|Cannot (read properties|destructure|convert|mix)|\[object|sumTo|putBack|cofactor|adjugate|Invalid (array|typed|string)|Maximum call|out of memory/;

const OURS: readonly string[] = [
  "ShapeError",
  "DtypeError",
  "ValueError",
  "GradientError",
  "SingularMatrixError",
  "CheckError",
  "FormulaError",
];

/** Whatever a call throws is a sentence of ours, and it is there within a second. */
function expectSentence(what: string, call: () => unknown): void {
  const start = process.cpuUsage(); // a machine may be busy with other things
  try {
    call();
  } catch (error) {
    const { name, message } = error as Error;
    expect.soft(OURS, `${what} throws ${name}: ${message}`).toContain(name);
    expect.soft(message, what).not.toMatch(INTERNAL);
    expect.soft(message, what).not.toMatch(/\.$/);
  }
  const { user, system } = process.cpuUsage(start);
  expect.soft(user + system, `${what} takes its time`).toBeLessThan(1e6);
}

/** The ways to put a wrong argument among right ones. */
const placings: readonly ((x: () => Tensor, wrong: unknown) => unknown[])[] = [
  (_x, wrong) => [wrong],
  (x, wrong) => [x(), wrong],
  (x, wrong) => [wrong, x()],
  (x, wrong) => [x(), x(), wrong],
  (x, wrong) => [[x()], wrong],
  (x, wrong) => [x(), x(), x(), x(), wrong],
  (_x, wrong) => [2, wrong],
  (_x, wrong) => [(z: Tensor) => z, wrong],
  (_x, wrong) => [wrong, wrong, wrong],
];

const isClass = (value: unknown): boolean => /^class\b/.test(Function.prototype.toString.call(value));
const functions = Object.entries(library).filter(
  (entry): entry is [string, (...given: unknown[]) => unknown] =>
    typeof entry[1] === "function" && !isClass(entry[1]),
);

test("the battery knows the library's functions", () => {
  expect(functions.length).toBeGreaterThan(90);
});

describe.each(functions)("%s", (name, f) => {
  test("answers wrong arguments in sentences", () => {
    expectSentence(`${name}()`, () => f());
    for (const [kind, make] of Object.entries(wrongArguments)) {
      for (const [k, place] of placings.entries()) {
        const x = (): Tensor => tensor([[0.5, 0.25]]).as("X");
        expectSentence(`${name}, ${kind}, placing ${k}`, () => f(...place(x, make())));
      }
    }
  });
});

const members = [
  ...Object.keys(ops),
  ...["item", "toArray", "detach", "as", "assign", "backward", "toJSON", "toString"],
];

describe.each(members)("X.%s", (name) => {
  test("answers wrong arguments in sentences", () => {
    for (const [kind, make] of Object.entries(wrongArguments)) {
      for (const [k, rest] of [[], [2], [tensor([[1, 2]])]].entries()) {
        const X = tensor([[0.5, 0.25]]) as unknown as Record<string, (...given: unknown[]) => unknown>;
        expectSentence(`X.${name}, ${kind}, ${k}`, () => X[name](make(), ...rest));
      }
    }
  });
});

/** Every function that takes options, called with them; `right` is an option it has. */
const optioned: Readonly<Record<string, { right: object; call: (options: never) => unknown }>> = {
  ...Object.fromEntries(
    ["sum", "mean", "prod", "max", "min", "argmax", "logsumexp", "norm", "variance"].map((name) => [
      name,
      {
        right: { axis: 0 },
        call: (options: never) =>
          (library as unknown as Record<string, (x: Tensor, o: never) => Tensor>)[name](matrix(), options),
      },
    ]),
  ),
  softmax: { right: { axis: 0 }, call: (o) => library.softmax(matrix(), o) },
  logSoftmax: { right: { axis: 0 }, call: (o) => library.logSoftmax(matrix(), o) },
  take: { right: { axis: 1 }, call: (o) => library.take(matrix(), [0], o) },
  concat: { right: { axis: 1 }, call: (o) => library.concat([matrix(), matrix()], o) },
  stack: { right: { axis: 1 }, call: (o) => library.stack([matrix(), matrix()], o) },
  relu: { right: { at0: 1 }, call: (o) => library.relu(matrix(), o) },
  tensor: { right: { dtype: "float32" }, call: (o) => tensor([1], o) },
  grad: { right: { createGraph: true }, call: (o) => grad(sum(matrix()), matrix(), o) },
  gradcheck: { right: { order: 1 }, call: (o) => library.gradcheck((x) => square(x), matrix(), o) },
  explain: { right: { whole: true }, call: (o) => explain(exp(matrix()), o) },
  graph: { right: { check: false }, call: (o) => library.graph(exp(matrix()), o) },
  paths: {
    right: { most: 2 },
    call: (o) => {
      const x: Tensor = tensor(2).as("x");
      return library.paths(square(x), x, o);
    },
  },
  plot: { right: { curve: [1, 2] }, call: (o) => library.plot(o) },
  latex: { right: { full: true }, call: (o) => library.latex(matrix(), o) },
  allclose: { right: { rtol: 1 }, call: (o) => library.allclose(matrix(), matrix(), o) },
  display: { right: { id: "X" }, call: (o) => library.display(1, o) },
  clearOutput: { right: { wait: true }, call: (o) => library.clearOutput(o) },
  sgd: { right: { learningRate: 1 }, call: (o) => library.sgd([matrix()], o) },
  adam: { right: { beta1: 0.5 }, call: (o) => library.adam([matrix()], o) },
  Linear: { right: { dtype: "float32" }, call: (o) => library.Linear(1, 2, o) },
  MLP: { right: { activation: relu }, call: (o) => library.MLP([1, 2], o) },
  fit: {
    right: { epochs: 1 },
    call: (o) => {
      const W: Tensor = tensor([1, 2]).as("W");
      return library.fit((x) => sum(mul(x, W)), [matrix()], library.sgd([W], { learningRate: 0.1 }), o);
    },
  },
  twoMoons: { right: { noise: 0 }, call: (o) => library.twoMoons(4, o) },
  spirals: { right: { classes: 2 }, call: (o) => library.spirals(4, o) },
  generic: { right: { gradient: true }, call: (o) => library.generic(matrix(), o) },
  live: { right: { from: 0 }, call: (o) => library.live(matrix(), o) },
  slider: { right: { value: 0 }, call: (o) => library.slider("η", 0, 1, o) },
  rows: { right: { gradient: true }, call: (o) => library.rows(matrix(), o) },
  columns: { right: { gradient: true }, call: (o) => library.columns(matrix(), o) },
};

function matrix(): Tensor {
  return tensor([
    [0.5, 0.25],
    [1.5, 2],
  ]).as("M");
}

const ELSEWHERE = /there is no notebook/;

describe.each(Object.entries(optioned))("the options of %s", (name, { right, call }) => {
  const given =
    (options: unknown): (() => unknown) =>
    () =>
      call(options as never);
  const [option] = Object.keys(right);

  test("are taken where they are right", () => {
    try {
      call(right as never);
    } catch (error) {
      expect((error as Error).message).toMatch(ELSEWHERE);
    }
  });

  /** What stands for a curve, without options. */
  const curves: [string, unknown][] = [
    ["an array", [0]],
    ["a tensor", tensor([1])],
    ["a function", () => 1],
  ];

  test.each<[string, unknown]>([
    ["a number", 0],
    ["a string", "0"],
    ["null", null],
    ...(name === "plot" ? [] : curves),
  ])("do not stand without braces: %s", (_kind, options) => {
    expect(given(options)).toThrow(`Cannot call ${name} with `);
    expect(given(options)).toThrow(new RegExp(`options stand in braces, as in ${name}\\(.*\\{ .* \\}\\)`));
  });

  test("are refused where nobody reads them", () => {
    expect(given({ ...right, dim: 0 })).toThrow(`Cannot call ${name} with the option dim: its options are `);
    expect(given({ ...right, dim: 0 })).toThrow(option);
  });

  test("are refused where they are of another kind", () => {
    expect(given({ ...right, [option]: Symbol("x") })).toThrow(
      option === "dtype" ? /dtype/ : `${option} is `,
    );
  });
});

test("no function with options is left out", () => {
  const root = join(import.meta.dirname, "../../src");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const sources = Object.fromEntries(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
  const validated = Object.values(sources).flatMap((source) =>
    Array.from(source.matchAll(/\bof: "(\w+)",\n\s+example:/g), ([, name]) => name),
  );
  expect(Object.keys(optioned)).toEqual(expect.arrayContaining(validated));
  // Nothing takes an object apart in its parameters, where a wrong one would not be noticed.
  for (const [file, source] of Object.entries(sources)) {
    expect(source.match(/\}: \w*(Options|Tolerance) = \{\}/g) ?? [], file).toEqual([]);
  }
});

test("an op that wants two operands refuses one", () => {
  const binary = Object.entries(ops).filter(
    ([name, { samples: list }]) =>
      !["concat", "stack"].includes(name) && list.every(({ shapes }) => shapes.length === 2),
  );
  expect(binary.length).toBeGreaterThan(12);
  for (const [name, op] of binary) {
    const loose = op as unknown as (x: Tensor) => unknown;
    expect(() => loose(tensor([1, 2])), name).toThrow(/^Cannot /);
  }
});

test.each<[string, () => unknown, string]>([
  ["take(X, 0)", () => loose.take(matrix(), 0), "as in take(X, [2, 0], { axis: 0 })"],
  ['sum(X, {axis: "0"})', () => loose.sum(matrix(), { axis: "0" }), 'axis = "0": axis is a whole number'],
  ["X.transpose(1, 0)", () => loose.transpose(matrix(), 1, 0), "as in transpose(X, [1, 0])"],
  ["broadcastTo(v, 2, 3)", () => loose.broadcastTo(matrix(), 2, 3), "as in broadcastTo(x, [2, 3])"],
  ["crossEntropy(X)", () => loose.crossEntropy(matrix()), "with nothing as its target"],
  ["grad(f, X)", () => loose.grad(() => 1, matrix()), "Cannot take grad of a function: give a tensor"],
  ["jacobian(f, X)", () => loose.jacobian(() => 1, matrix()), "of a function: give a tensor"],
  ["zeros(1e10)", () => library.zeros(1e10), "zeros of shape [10000000000]: its 1e10 entries want 80 GB"],
  [
    "zeros([1e6, 1e6])",
    () => library.zeros([1e6, 1e6]),
    "shape [1000000, 1000000]: its 1e12 entries want 8 TB",
  ],
  ["sgd([v])", () => loose.sgd([matrix()]), "learningRate = undefined: give a number"],
  [
    "gradcheck without return",
    () => loose.gradcheck(() => undefined, matrix()),
    "a function that answers nothing",
  ],
])("%s says what is missing", (_call, call, sentence) => {
  expect(call).toThrow(sentence);
});

describe("a step", () => {
  const parameters = (): [Tensor, Tensor] => [tensor([1, 2]).as("W"), tensor([1]).as("b")];

  test.each([library.sgd, library.adam])("of a loss that depends on no parameter says on which", (make) => {
    const [W, b] = parameters();
    const step = (): void => make([W, b], { learningRate: 0.1 }).step(sum(matrix()).as("J"));
    expect(step).toThrow("Cannot step: J does not depend on W, b");
    expect(W.toArray()).toEqual([1, 2]);
  });

  test("of a loss that depends on some changes those", () => {
    const [W, b] = parameters();
    library.sgd([W, b], { learningRate: 1 }).step(sum(W));
    expect([W.toArray(), b.toArray()]).toEqual([[0, 1], [1]]);
  });
});

/** What functions answer takes arguments too. */
const answered: Readonly<Record<string, () => (...given: unknown[]) => unknown>> = {
  "check.with": () => library.check.with as never,
  "math.with": () => library.math.with as never,
  "sgd(…).step": () => library.sgd([matrix()], { learningRate: 0.1 }).step as never,
  "Linear(2, 3)": () => library.Linear(2, 3) as never,
  "MLP([2, 3])": () => library.MLP([2, 3]) as never,
  "jacobian(Y, X).at": () => {
    const X = matrix();
    const dYdX = jacobian(square(X), X);
    return (...given) => dYdX.at(...(given as number[]));
  },
  "explain(Y).step": () => {
    const derivation = explain(exp(matrix()));
    return (...given) => derivation.step(...(given as [never]));
  },
};

test.each(Object.entries(answered))("%s answers wrong arguments in sentences", (name, make) => {
  expectSentence(name, () => make()());
  for (const [kind, wrong] of Object.entries(wrongArguments)) {
    expectSentence(`${name}, ${kind}`, () => make()(wrong()));
    expectSentence(`${name}, ${kind} twice`, () => make()(wrong(), wrong()));
  }
});

test("a name is a string", () => {
  expect(() => (loose.tensor([1]) as Tensor).as(5 as never)).toThrow('as in X.as("W")');
});
