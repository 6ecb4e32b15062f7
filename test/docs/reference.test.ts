/** The reference leaves nothing out, and can typeset what it says. `npm run docs` builds it. */
import { expect, test } from "vitest";
import { groups } from "../../docs/groups.ts";
import { showcaseOf } from "../../docs/showcases.ts";
import { statementsOf } from "../../docs/statements.ts";
import * as gradbook from "../../src/index.ts";
import * as library from "../../src/ops/index.ts";
import { expectLatex } from "../latex-engines.ts";

const ops = Object.entries(library);

test("every export stands in one group of docs/groups.ts, and nothing else does", () => {
  expect(groups.flatMap(({ names }) => names).sort()).toEqual(Object.keys(gradbook).sort());
});

test("every member of a tensor stands in one group, that of its op or its own", () => {
  const own = groups.flatMap(({ members = [] }) => members);
  expect(new Set(own).size).toBe(own.length);
  const x = gradbook.tensor([[1]]);
  for (const name of own) expect(name in x, name).toBe(true);
  for (let level: object = x; level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    const names = Object.getOwnPropertyNames(level).filter(
      (name) => !["constructor", "toString"].includes(name),
    );
    for (const name of names) expect(own.includes(name) !== name in library, name).toBe(true);
  }
});

test.each(ops)(
  "%s has a formula and a derivative per argument, which KaTeX and MathJax accept",
  (name, op) => {
    const showcase = showcaseOf(name, op);
    const y = showcase.call(...showcase.arguments);
    expect([...y.data].every(Number.isFinite)).toBe(true);
    const { value, gradients } = statementsOf(showcase);
    expectLatex(value);
    expect(gradients).toHaveLength(showcase.arguments.length);
    for (const equation of gradients) if (equation !== null) expectLatex(equation);
  },
);

test("a formula says what the rule of its op says", () => {
  const said = (name: keyof typeof library) => statementsOf(showcaseOf(name, Object.fromEntries(ops)[name]));
  expect(said("exp")).toEqual({
    condition: "X of shape [2, 3]",
    value: "Y = e^{X}",
    gradients: ["dX = dY \\odot Y"],
  });
  expect(said("matmul").gradients).toEqual(["dX = dZ \\, Y^{\\top}", "dY = X^{\\top} \\, dZ"]);
  expect(said("sub").gradients[0]).toBe("dX = dZ");
  expect(said("sign").gradients).toEqual(["dX = 0"]);
});

test("only the product's derivative is too long to be read", () => {
  const unread = ops.filter(([name, op]) => statementsOf(showcaseOf(name, op)).gradients.includes(null));
  expect(unread.map(([name]) => name)).toEqual(["prod"]);
});
