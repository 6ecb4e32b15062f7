import { describe, expect, test } from "vitest";
import { resultOf, useKernel } from "./kernel.ts";

const kernel = useKernel();

const STACK = / {4}at f \(cell \d+:1:\d+\)\n {4}at cell \d+:2:\d+\n/.source;
const table = (...rows: string[]) => `${rows.join("\n")}\n`;

interface Case {
  readonly code: string;
  readonly prints: string | RegExp;
  /** The stream, when it is not stdout. */
  readonly on?: "stdout" | "stderr";
}

/** What each method of the console prints when it is called with words, and with a tensor. */
const METHODS: Record<string, Case[]> = {
  ...Object.fromEntries(
    ["log", "info", "debug", "dirxml"].map((method): [string, Case[]] => [
      method,
      [
        { code: `console.${method}("a", 1, { b: [tensor([1])] })`, prints: "a 1 { b: [ (1) ] }\n" },
        {
          code: `console.${method}(new RangeError("r"))`,
          prints: /^RangeError: r\n {4}at cell \d+:1:\d+\n$/,
        },
      ],
    ]),
  ),
  ...Object.fromEntries(
    ["warn", "error"].map((method): [string, Case[]] => [
      method,
      [
        { code: `console.${method}("%s is %d", "a", 1)`, prints: "a is 1\n", on: "stderr" },
        {
          code: `const f = () => new TypeError("t")\nconsole.${method}("failed:", f())`,
          prints: new RegExp(`^failed: TypeError: t\n${STACK}$`),
          on: "stderr",
        },
      ],
    ]),
  ),
  trace: [
    {
      code: `const f = () => console.trace("words %d", 5, { a: 1 })\nf()`,
      prints: new RegExp(`^Trace: words 5 { a: 1 }\n${STACK}$`),
      on: "stderr",
    },
    { code: "const f = () => console.trace()\nf()", prints: new RegExp(`^Trace\n${STACK}$`), on: "stderr" },
    { code: "console.trace(tensor(3))", prints: /^Trace: 3\n {4}at cell \d+:1:\d+\n$/, on: "stderr" },
  ],
  assert: [
    { code: 'console.assert(false, "since %s", "x")', prints: "Assertion failed: since x\n", on: "stderr" },
    { code: "console.assert(false)", prints: "Assertion failed\n", on: "stderr" },
    { code: 'console.assert(true, "no")', prints: "" },
  ],
  dir: [
    { code: "console.dir({ a: { b: { c: 1 } } }, { depth: 0 })", prints: "{ a: [Object] }\n" },
    { code: "console.dir(tensor([[1, 2], [3, 4]]))", prints: "⎛1  2⎞\n⎝3  4⎠\n" },
  ],
  table: [
    {
      code: "console.table([{ a: 1, b: 'x' }])",
      prints: table(
        "┌─────────┬───┬─────┐",
        "│ (index) │ a │ b   │",
        "├─────────┼───┼─────┤",
        "│ 0       │ 1 │ 'x' │",
        "└─────────┴───┴─────┘",
      ),
    },
    ...[
      "tensor([[1, 2], [3, 4]])",
      "[tensor([1, 2]), tensor([3, 4])]",
      "[[1, tensor(2)], [tensor(3), 4]]",
    ].map((rows) => ({
      code: `console.table(${rows})`,
      prints: table(
        "┌─────────┬───┬───┐",
        "│ (index) │ 0 │ 1 │",
        "├─────────┼───┼───┤",
        "│ 0       │ 1 │ 2 │",
        "│ 1       │ 3 │ 4 │",
        "└─────────┴───┴───┘",
      ),
    })),
    {
      code: "console.table([{ loss: tensor(1.5), w: tensor([1, 2]) }])",
      prints: /│ 0 {7}│ 1\.5 {2}│ \[ 1, 2 \] │/,
    },
    { code: "console.table(tensor(3))", prints: "3\n" },
    { code: 'console.table(symbol("X", 2, 2))', prints: /x|X/ },
  ],
  count: [{ code: 'console.count("n"); console.count("n")', prints: "n: 1\nn: 2\n" }],
  countReset: [
    { code: 'console.count("r"); console.countReset("r"); console.count("r")', prints: "r: 1\nr: 1\n" },
    { code: 'console.countReset("none")', prints: /^Note: .*'none'/ },
  ],
  group: [
    {
      code: 'console.group("G"); console.log("a\\nb"); console.groupEnd(); console.log("c")',
      prints: "G\n  a\n  b\nc\n",
    },
    { code: 'console.group("left open")\nconsole.group()', prints: "left open\n" },
    { code: 'console.log("next cell")', prints: "next cell\n" },
  ],
  groupCollapsed: [
    { code: 'console.groupCollapsed("G"); console.log("a")', prints: "G\n  a\n" },
    { code: 'console.log("next cell")', prints: "next cell\n" },
  ],
  groupEnd: [{ code: 'console.groupEnd(); console.log("a")', prints: "a\n" }],
  time: [
    { code: 'console.time("t"); console.timeEnd("t")', prints: /^t: [\d.]+ms\n$/ },
    { code: 'console.time("twice"); console.time("twice")', prints: /^Note: .*'twice'/ },
  ],
  timeLog: [
    {
      code: 'console.time("l"); console.timeLog("l", "words"); console.timeEnd("l")',
      prints: /^l: [\d.]+ms words\nl: /,
    },
    { code: 'console.timeLog("none")', prints: /^Note: .*'none'/ },
  ],
  timeEnd: [{ code: 'console.timeEnd("none")', prints: /^Note: .*'none'/ }],
  clear: [{ code: 'console.log("gone"); console.clear()', prints: "gone\n" }],
};

/** What speaks to a debugger, and does not print. */
const SILENT = ["Console", "profile", "profileEnd", "timeStamp", "context", "createTask"];

test("Every method of the console is looked at", async () => {
  const names = await kernel().run("JSON.stringify(Object.keys(console))");
  const methods: string[] = JSON.parse(resultOf(names)?.slice(1, -1) ?? "");
  expect(methods.filter((name) => !SILENT.includes(name)).toSorted()).toEqual(
    Object.keys(METHODS).toSorted(),
  );
});

describe.each(Object.entries(METHODS))("console.%s", (_, cases) => {
  test.each(cases)(
    "prints what it is told, in its reader's terms: $code",
    async ({ code, prints, on = "stdout" }: Case) => {
      const ran = await kernel().run(code);
      expect(ran.reply.status, ran.reply.evalue).toBe("ok");
      const text = ran.text(on);
      if (typeof prints === "string") expect(text).toBe(prints);
      else expect(text).toMatch(prints);
      expect(text).not.toMatch(/\[object|node:|cell\$|dist\//);
      expect(ran.text(on === "stdout" ? "stderr" : "stdout")).toBe("");
    },
  );
});

test("console.clear takes away what the cell has printed", async () => {
  const { published } = await kernel().run('console.log("gone"); console.clear(); console.log("there")');
  expect(published.map(({ type }) => type)).toEqual(["execute_input", "stream", "clear_output", "stream"]);
});

test.each([
  ["%s", "'text'", "text"],
  ["%s", "tensor([1])", "(1)"],
  ["%s", "{ a: 1 }", "{ a: 1 }"],
  ["%d", "1.5", "1.5"],
  ["%i", "1.5", "1"],
  ["%f", "'2.5'", "2.5"],
  ["%j", "{ a: [1] }", '{"a":[1]}'],
  ["%o", "tensor([1])", "(1)"],
  ["%O", "{ X: tensor([1]) }", "{ X: (1) }"],
  ["%c", "'color: red'", ""],
  ["%%", "1", "% 1"],
])("A format of the console, %s, takes %s", async (format, value, text) => {
  expect((await kernel().run(`console.log("[${format}]", ${value})`)).text()).toBe(
    `${format === "%%" ? "[%] 1" : `[${text}]`}\n`,
  );
});

test("The stack of an object that is no error has its name and message above it", async () => {
  const ran = await kernel().run(
    'const noted: any = { name: "Note", message: "m" };\n(Error as any).captureStackTrace(noted);\nconsole.log(noted.stack)',
  );
  expect(ran.text()).toMatch(/^Note: m\n {4}at cell \d+:2:\d+\n$/);
});
