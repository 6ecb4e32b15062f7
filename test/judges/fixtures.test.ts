/** Our ops against PyTorch and JAX: values, vector-Jacobian products, Jacobians, Hessians. */
import { afterAll, describe, expect, test } from "vitest";
import { grad, jacobian, Tensor } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { expectSame, largest, type Numbers } from "./closeness.ts";
import { exceptions, type Fixture, fixtures, judges, pose, tensorOf } from "./fixtures.ts";

/** Every op, and what makes or compares tensors of others: each must have cases. */
const CONTRACT: readonly string[] = [...Object.keys(ops), "oneHot", "allclose"];

/** The judges themselves agree to 1e-10; so do we with them. A float32 has 24 bits, of which the last few may go. */
const TOLERANCE = { float64: 1e-10, float32: 2e-6 };

describe.each(CONTRACT)("%s answers as PyTorch and JAX do", (op) => {
  for (const fixture of fixtures.filter((one) => one.op === op)) test(fixture.id, () => check(fixture));
});

function check(fixture: Fixture): void {
  const { xs, call } = pose(fixture);
  const y = call(...xs);
  expect(y.dtype).toBe(fixture.dtype ?? "float64");
  const compare = (part: Part, ours: readonly Numbers[]): void => compareTo(fixture, part, ours);
  compare("value", [y]);
  if (fixture.jacobian) compare("jacobian", jacobians(y, xs));
  if (fixture.cotangent === undefined) return;
  const cotangent = tensorOf(fixture.cotangent);
  compare("vjp", grad(y, xs, { cotangent }));
  if (fixture.hessian === undefined) return;
  const first = grad(y, xs, { cotangent, createGraph: true });
  compare(
    "hessian",
    first.flatMap((dx) => jacobians(dx, xs)),
  );
}

/** A part of an answer. */
type Part = "value" | "vjp" | "jacobian" | "hessian";

/** Measures ours as judges/agreement.py measures the judges against each other. */
function compareTo(fixture: Fixture, part: Part, ours: readonly Numbers[]): void {
  const theirs = fixture[part] ?? [];
  const tolerance = TOLERANCE[fixture.dtype ?? "float64"];
  expect(ours.length, part).toBe(theirs.length);
  theirs.forEach((stored, i) => {
    const expected = tensorOf(stored, fixture.dtype);
    const slack = slackOf(fixture, part, tolerance, expected);
    expectSame(ours[i], expected, { tolerance, slack, what: `${part} ${i}` });
  });
}

/** A sum of large terms that cancel has an error of their size; an entry by itself has one of its own. */
function slackOf({ entrywise }: Fixture, part: Part, tolerance: number, expected: Tensor): number {
  if (!entrywise) return (tolerance / 100) * Math.max(largest(expected), 1e-2);
  // Such as σ′ = y (1 − y) where y is nearly 1.
  return part === "value" ? 0 : 1e-15;
}

/** The Jacobian by each x, as the judges write it: a row per entry of y. */
function jacobians(y: Tensor, xs: readonly Tensor[]): Numbers[] {
  return xs.map((x) => ({ shape: [y.size, x.size], data: jacobian(y, x).data }));
}

describe("what was decided where the judges disagree", () => {
  test.each(exceptions)("$op, $id: $reason", (exception) => {
    const { xs, call } = pose(exception);
    const y = call(...xs);
    const ones = new Tensor([...y.shape], new Float64Array(y.size).fill(1));
    grad(y, xs, { cotangent: ones }).forEach((dx, i) => {
      const decided = tensorOf(exception.decided[i]);
      expectSame(dx, decided, { tolerance: TOLERANCE.float64, slack: 1e-15, what: `vjp ${i}` });
    });
  });
});

test("every op of the contract has cases, and every op with cases is of the contract", () => {
  expect([...new Set(fixtures.map(({ op }) => op))].sort()).toEqual([...CONTRACT].sort());
});

afterAll(() => {
  const count = (part: Part): number =>
    fixtures.reduce((total, fixture) => total + (fixture[part] === undefined ? 0 : 1), 0);
  const alone = fixtures.filter(({ without }) => without !== undefined);
  console.log(
    [
      `Judges: ${CONTRACT.length} ops × ${fixtures.length} cases, answered alike by PyTorch ${judges.torch} and JAX ${judges.jax}:`,
      `  ${count("value")} values, ${count("vjp")} vjps, ${count("jacobian")} Jacobians, ${count("hessian")} Hessians`,
      `  ${exceptions.length} answers decided by us, ${alone.length} cases with one judge:`,
      ...alone.map(({ op, id, without }) => `    ${op}, ${id}: ${JSON.stringify(without)}`),
    ].join("\n"),
  );
});
