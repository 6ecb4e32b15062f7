import { describe, expect, test } from "vitest";
import { pause, resultOf, tracebackOf, useKernel } from "./kernel.ts";

const kernel = useKernel();

/** Declarations of a name that fail in line 2, and a way to read it. */
const DECLARATIONS: Record<string, readonly [declare: string, read: string]> = {
  const: ["const NAME = fail()", "NAME"],
  let: ["let NAME = fail()", "NAME + 1"],
  "let without a value": ["let NAME: number; NAME = fail()", "NAME * 2"],
  var: ["var NAME = fail()", "NAME"],
  tensor: ["const NAME = tensor([[fail()]])", "NAME.T"],
  "function value": ["const NAME = [() => 1, fail()][0] as () => number", "NAME()"],
  class: ["class NAME { static n = fail() }", "new NAME()"],
  "destructured object": ["const { NAME } = { NAME: fail() }", "NAME"],
  "destructured list": ["const [, NAME] = [1, fail()]", "NAME"],
  "second of two": ["const other = 1, NAME = fail()", "NAME"],
  "after the failure": ["fail()\nconst NAME = 1", "NAME"],
  awaited: ["const NAME = await Promise.reject(new RangeError('too far'))", "NAME"],
};

let names = 0;

describe.each(Object.entries(DECLARATIONS))(
  "A name whose declaration has failed, %s,",
  (_, [declare, read]) => {
    test("says why it has no value when it is read", async () => {
      const name = `lost${++names}`;
      const code = `const fail = (): number => { throw new RangeError("too far") }\n${declare.replaceAll("NAME", name)}`;
      const { reply } = await kernel().run(code);
      expect(reply.evalue).toBe("too far");
      const reading = await kernel().run(read.replaceAll("NAME", name));
      expect(reading.reply).toMatchObject({
        ename: "ReferenceError",
        evalue: expect.stringMatching(
          new RegExp(
            `^${name} has no value: cell \\[${reply.execution_count}\\], line 2, failed with RangeError: too far; mend it and run it again$`,
          ),
        ),
      });
      expect(tracebackOf(reading)).toMatch(/^> 1 \|/m);
    });
  },
);

test("A name of a failed import says why it has no value", async () => {
  const code = "import { gone } from 'gone'\nconst behind = 1";
  await kernel().run(
    `import { mkdirSync, writeFileSync } from "node:fs"
     mkdirSync("node_modules/gone", { recursive: true })
     writeFileSync("node_modules/gone/index.js", "throw new Error('not here')")`,
  );
  expect((await kernel().run(code)).reply.evalue).toBe("not here");
  for (const name of ["gone", "behind"]) {
    expect((await kernel().run(name)).reply.evalue).toMatch(`${name} has no value: cell [`);
  }
});

test.each([
  ["a loop", "const early = 1\nwhile (true) Math.abs(1)\nconst NAME = 1", ", line 2,"],
  ["a loop that calls nothing", "const early = 1\nwhile (true) {}\nconst NAME = 1", ""],
  ["an await", "const early = 1\nconst NAME = await new Promise<number>(() => {})", ", line 2,"],
])("A name whose cell was stopped in %s says so", async (_, code, place) => {
  const name = `lost${++names}`;
  const running = kernel().run(code.replaceAll("NAME", name));
  await pause(400);
  await kernel().interrupt();
  const { execution_count } = (await running).reply;
  expect((await kernel().run(name)).reply.evalue).toBe(
    `${name} has no value: cell [${execution_count}]${place} was interrupted; run it again`,
  );
  expect(resultOf(await kernel().run("early"))).toBe("1");
});

test("A name whose cell was stopped while TypeScript compiled it says so", async () => {
  const code = `${Array.from({ length: 300 }, (_, i) => `const wide${i} = tensor([[${i}, 1], [2, 3]]).T`).join("\n")}\nfunction never() {}`;
  const started = kernel().published(({ type }) => type === "execute_input");
  const running = kernel().run(code);
  await started;
  await kernel().interrupt();
  expect((await running).reply.ename).toBe("Interrupted");
  for (const read of ["wide7.T", "never()"]) {
    expect((await kernel().run(read)).reply.evalue).toMatch(/has no value: cell \[\d+\] was interrupted/);
  }
});

test("A value of before does not stand in for the one of a failed declaration", async () => {
  await kernel().run("const again = 1\nconst user = () => again + 1");
  await kernel().run("const again = (() => { throw new Error('broken') })() as number");
  for (const read of ["again", "user()"]) {
    expect((await kernel().run(read)).reply.evalue).toMatch(
      /^again has no value: .*failed with Error: broken/,
    );
  }
  await kernel().run("const again = 5");
  expect(resultOf(await kernel().run("user() + again"))).toBe("11");
});

test("What a failed cell has declared before the failure keeps its value, and so does what it assigns", async () => {
  await kernel().run("let counted = 0");
  await kernel().run(
    "const before = tensor([1])\ncounted++\nconst none = undefined\nthrow new Error('here')",
  );
  expect(resultOf(await kernel().run("before"))).toMatch(/^before = /);
  expect(resultOf(await kernel().run("[counted, none]"))).toBe("[ 1, undefined ]");
});
