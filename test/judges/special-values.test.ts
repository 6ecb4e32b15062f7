/** Our ops at NaN, ±∞ and ±0 against the array API standard, the sign of a zero included. */
import { describe, expect, test } from "vitest";
import * as gradbook from "../../src/index.ts";
import { Tensor } from "../../src/index.ts";
import { binary, type Fact, reductions, unary } from "./special-values.ts";

const ops = gradbook as unknown as Record<string, (...x: Tensor[]) => Tensor>;

const list = (entries: readonly number[]): Tensor => new Tensor([entries.length], Float64Array.from(entries));

const elementwise = Object.entries({ ...unary, ...binary }).flatMap(([op, facts]) =>
  facts.map((fact) => [op, fact.slice(0, -1), fact.at(-1)] as const),
);

test.each(elementwise)("%s of %j is %d", (op, x, expected) => {
  const y = ops[op](...x.map((xi) => list([xi])));
  expect(y.data[0]).toBe(expected);
});

describe("in the company of other entries and as a scalar an entry is the same", () => {
  test.each(Object.entries<readonly Fact[]>({ ...unary, ...binary }))("%s", (op, facts) => {
    const columns = facts[0].slice(0, -1).map((_, i) => list(facts.map((fact) => fact[i])));
    expect([...ops[op](...columns).data]).toEqual(facts.map((fact) => fact.at(-1)));
    for (const fact of facts) {
      const scalars = fact.slice(0, -1).map((xi) => new Tensor([], Float64Array.of(xi)));
      expect(ops[op](...scalars).data[0]).toBe(fact.at(-1));
    }
  });
});

const reduced = Object.entries(reductions).flatMap(([op, facts]) =>
  facts.map(([entries, result]) => [op, entries, result] as const),
);

test.each(reduced)("%s of the entries %j is %d", (op, entries, expected) => {
  expect(ops[op](list(entries)).data[0]).toBe(expected);
});
