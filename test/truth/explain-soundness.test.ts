/** `explain` on random graphs of every op, at every scale: right lines hold, planted ones do not. */
import { expect, test } from "vitest";
import { derive } from "../../src/explain/derive.ts";
import type { Claim } from "../../src/explain/situation.ts";
import { gradientOf, isFlat, situationOf } from "../../src/explain/situation.ts";
import { verify } from "../../src/explain/verify.ts";
import { explain, mean, mul, sigmoid, square, sub, sum, Tensor, tensor } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import type { Op, Sample } from "../../src/tensor/op.ts";
import { createRandom } from "../../src/tensor/random.ts";
import { sameShape, sizeOf } from "../../src/tensor/shape.ts";
import { internals } from "../../src/tensor/tensor.ts";

const GRAPHS = 1000;
const SCALES: readonly number[] = [1e-6, 1e-4, 1e-2, 1, 1e2, 1e4, 1e6];

/** What becomes of the op's result. */
const OUTSIDE: readonly ((scaled: Tensor, plain: Tensor) => Tensor)[] = [
  (_scaled, plain) => plain,
  (scaled) => scaled,
  (scaled) => square(scaled),
  (scaled) => sum(mul(scaled, scaled)),
  (scaled, plain) => mean(sub(scaled, sigmoid(plain))),
];

interface Random {
  readonly uniform: () => number;
}

const samples = Object.entries(ops).flatMap(([name, { samples: list }]) =>
  list
    .filter(({ shapes }) => shapes.every((shape) => sizeOf(shape) > 0))
    .map((sample, i) => ({ name: `${name} ${i}`, sample })),
);

/** Operands of a sample in its domain; those of an op with kinks lie apart. */
function operandsOf({ shapes, domain, distinct }: Sample, { uniform }: Random): Tensor[] {
  return shapes.map((shape, i) => {
    const [low, high] = domain[i];
    const at = Array.from({ length: sizeOf(shape) }, uniform);
    const ranks = at.toSorted((a, b) => a - b);
    const placed = distinct ? at.map((u) => (ranks.indexOf(u) + 0.5) / at.length) : at;
    return new Tensor(
      shape,
      Float64Array.from(placed, (u) => low + (high - low) * u),
    );
  });
}

/** An op of the library on operands of any scale, in either dtype: scaled before it, or by it, or after it. */
function graphOf(k: number, random: Random): { readonly what: string; readonly y: Tensor } {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(list.length * random.uniform())];
  const { name, sample } = samples[k % samples.length];
  const [inside, outside] = [pick(SCALES), pick(SCALES)];
  const hasConstants = /^(det|inv|solve|crossEntropy|where)/.test(name); // whose samples bring doubles along
  const dtype = !hasConstants && random.uniform() < 0.5 ? "float32" : "float64";
  const isRaw = random.uniform() < 0.3;
  const operands = operandsOf(sample, random).map((x) => x.mul(inside).detach().cast(dtype).detach());
  // The same tensor twice has the sum of two shares.
  const isTwice =
    operands.length > 1 && sameShape(operands[0].shape, operands[1].shape) && random.uniform() < 0.5;
  if (isTwice) operands[1] = operands[0];
  const inner = sample.call(...(isRaw ? operands : operands.map((x) => mul(x, 1 / inside))));
  const y = pick(OUTSIDE)(mul(outside, inner), inner);
  const what = `${name} of ${dtype} at ${inside}${isRaw ? "" : " and back"}, times ${outside}`;
  return { what, y };
}

/** Whether a gradient flows to something in the record of `y`, and every number in it is one. */
function isExplainable(y: Tensor): boolean {
  const node = internals.nodeOf(y);
  return (
    node?.inputs.some((x, i) => !internals.isLiteral(x) && node.op.vjp(i, y, y, ...node.inputs) !== null) ??
    false
  );
}

test("of a thousand random graphs no right line is refused", () => {
  const random = createRandom(10);
  const wrong: string[] = [];
  const unsaid: string[] = [];
  let parts = 0;
  for (let k = 0; k < GRAPHS; k++) {
    const { what, y } = graphOf(k, random);
    if (!isExplainable(y)) continue;
    for (const { title, verdict } of explain(y, { whole: true }).parts) {
      parts += 1;
      if (verdict.unsaid !== undefined) unsaid.push(`${what}, ${title}: ${verdict.unsaid}`);
      else if (!verdict.ok) wrong.push(`${what}, ${title}: ${verdict.step} ${verdict.counterexample}`);
    }
  }
  console.log(`explain: ${parts} derivations, ${unsaid.length} without a verdict`);
  expect(wrong).toEqual([]);
  expect(unsaid.length).toBeLessThanOrEqual(0.005 * parts);
});

/** Each change to what a line claims, as its LaTeX would be changed with it. */
const MUTANTS: Readonly<Record<string, (value: number) => number>> = {
  "a factor 2": (value) => 2 * value,
  "a sign": (value) => -value,
  "a factor 1.001": (value) => 1.001 * value,
  nothing: () => 0,
};

function planted(claim: Claim, change: (value: number) => number): Claim {
  if (claim.of !== "gradient")
    return { ...claim, cell: { ...claim.cell, at: (place) => change(claim.cell.at(place)) } };
  return { of: "gradient", value: mul(claim.value, tensor(change(1))) }; // every change is a factor
}

test("a wrong line of any kind is refused, for every op", () => {
  const random = createRandom(11);
  const accepted: string[] = [];
  const seen = new Set<string>();
  let count = 0;
  for (const { name, sample } of samples) {
    const y = sample.call(...operandsOf(sample, random));
    if (!isExplainable(y)) continue;
    const inputs = internals.nodeOf(y)?.inputs ?? [];
    const situations = inputs.flatMap((x, i) => {
      if (internals.isLiteral(x) || inputs.indexOf(x) !== i) return [];
      const situation = situationOf(y, i, { given: new Map() });
      return isFlat(situation) ? [] : [situation];
    });
    for (const situation of situations) {
      const steps = derive(situation);
      const gradient = gradientOf(situation);
      if (gradient.data.every((entry) => entry === 0)) continue; // nothing can be changed in a gradient of 0
      for (const [s, step] of steps.entries()) {
        for (const [change, mutate] of Object.entries(MUTANTS)) {
          for (const [c, claim] of step.claims.entries()) {
            const wrong = steps.with(s, { ...step, claims: step.claims.with(c, planted(claim, mutate)) });
            const { ok, step: kind } = verify(situation, wrong);
            count += 1;
            seen.add(step.kind);
            if (ok || kind !== step.kind)
              accepted.push(`${name}, ${step.kind} with ${change} changed: ${kind}`);
          }
        }
      }
    }
  }
  console.log(`explain: ${count} wrong lines planted`);
  expect([...seen].toSorted()).toEqual(["closed", "definition", "expanded", "jacobian", "local", "numbers"]);
  expect(accepted).toEqual([]);
});

test("a rule that is wrong itself is refused, for every op", () => {
  const random = createRandom(12);
  const accepted: string[] = [];
  for (const { name, sample } of samples) {
    const y = sample.call(...operandsOf(sample, random));
    const node = internals.nodeOf(y);
    if (node === null || !isExplainable(y)) continue;
    const { op, inputs } = node;
    const flat = inputs.every(
      (_, i) => op.vjp(i, y, y, ...inputs)?.data.every((entry) => entry === 0) ?? true,
    );
    if (flat) continue;
    const wrong: Record<string, Partial<Op>> = {
      vjp: { vjp: (i, ct, ...rest) => op.vjp(i, mul(ct, 1.01), ...rest) },
      ...(op.local && { local: { local: () => 12.34 } }),
      ...(op.definition && { definition: { definition: (...x) => mul(op.definition?.(...x) ?? 0, 1.01) } }),
      ...(op.divisor && { divisor: { divisor: op.divisor * 2 } }),
      ...(op.big && op.big !== "prod" && y.size < inputs[0].size && { big: { big: "prod" } }),
    };
    for (const [what, change] of Object.entries(wrong)) {
      const again = new Tensor([...y.shape], y.data, { ...node, op: { ...op, ...change } });
      if (sameLengthsNowhere(what, again, inputs)) continue;
      if (explain(again).ok) accepted.push(`${name} with another ${what}`);
    }
  }
  expect(accepted).toEqual([]);
});

/** A local derivative is shown where an operand has the result's shape. */
function sameLengthsNowhere(what: string, y: Tensor, inputs: readonly Tensor[]): boolean {
  return (
    what === "local" && !inputs.some((x) => !internals.isLiteral(x) && sameShape([...x.shape], [...y.shape]))
  );
}
