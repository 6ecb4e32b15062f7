/** The published schema of derivations describes what `explain` gives, and nothing that lacks a part of it. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { DERIVATION_MIME, Derivation, type DerivationJson } from "../../src/explain/derivation.ts";
import { exp, explain, log, mean, sigmoid, symbol, Tensor, tensor } from "../../src/index.ts";
import * as ops from "../../src/ops/index.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { internals } from "../../src/tensor/tensor.ts";

const schema = new URL("../../schemas/derivation.v1.schema.json", import.meta.url);
const ajv = new Ajv2020({ allowUnionTypes: true });
const matches = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));

const X = tensor([
  [1, -2, 0],
  [3, 0.5, -1],
]).as("X");

/** The data of a derivation, as a saved notebook holds it. */
function saved(derivation: Derivation): DerivationJson {
  return JSON.parse(JSON.stringify(derivation.toMimeBundle()[DERIVATION_MIME]));
}

function expectMatch(json: unknown): void {
  expect(matches(json), ajv.errorsText(matches.errors)).toBe(true);
}

describe("a derivation matches", () => {
  test("of one step, of a whole computation, and of symbols", () => {
    expectMatch(saved(explain(sigmoid(X).as("Y"))));
    expectMatch(saved(explain(mean(sigmoid(X)).as("J"), { whole: true })));
    expectMatch(saved(new Derivation(explain(sigmoid(X)).parts, 3)));
    expectMatch(saved(explain(exp(symbol("X", "α", "β")).as("Y"), { steps: ["closed"] })));
  });

  test("of every op that passes a gradient on", () => {
    let count = 0;
    for (const { samples } of Object.values(ops)) {
      const { shapes, domain, call } = samples[0];
      const operands = shapes.map((shape, k) => {
        const [low, high] = domain[k];
        const size = sizeOf(shape);
        const entries = Array.from({ length: size }, (_, i) => low + ((high - low) * (i + 1)) / (size + 1));
        return new Tensor(shape, Float64Array.from(entries));
      });
      const y = call(...operands);
      const node = internals.nodeOf(y);
      if (!node?.inputs.some((_, i) => node.op.vjp(i, y, y, ...node.inputs) !== null)) continue;
      expectMatch(saved(explain(y)));
      count += 1;
    }
    expect(count).toBeGreaterThan(50);
  });

  test("of which nothing can be said", () => {
    const json = saved(explain(exp(tensor([[5000]]).as("X")).as("Y")));
    expect(json.parts[0].verdict).toMatchObject({ ok: false, unsaid: expect.stringMatching(/./) });
    expectMatch(json);
  });

  test("that failed, by a number or by none", () => {
    const y = exp(X).as("Y");
    const node = internals.nodeOf(y) as NonNullable<ReturnType<typeof internals.nodeOf>>; // exp has just recorded it
    for (const wrong of [2, Number.NaN]) {
      const op = { ...node.op, local: () => wrong };
      const json = saved(explain(new Tensor(y.shape, y.data, { ...node, op }).as("Y")));
      expect(json.parts[0].verdict.ok).toBe(false);
      expectMatch(json);
    }
  });
});

describe("is refused", () => {
  const json = saved(explain(log(tensor([[1, 2]]).as("X")).as("Y")));
  const [part] = json.parts;
  const [step] = part.steps;
  test.each<[string, unknown]>([
    ["another version", { ...json, v: 2 }],
    ["a number left out that is none", { ...json, omitted: 0 }],
    ["no derivation at all", { ...json, parts: [] }],
    ["a part without a verdict", { ...json, parts: [{ ...part, verdict: undefined }] }],
    ["a step without members", { ...json, parts: [{ ...part, steps: [{ ...step, members: [] }] }] }],
    ["a member that is no text", { ...json, parts: [{ ...part, steps: [{ ...step, members: [1] }] }] }],
    [
      "a failure without its counterexample",
      { ...json, parts: [{ ...part, verdict: { ...part.verdict, ok: false } }] },
    ],
    [
      "a right derivation of which nothing can be said",
      { ...json, parts: [{ ...part, verdict: { ...part.verdict, unsaid: "it is too flat" } }] },
    ],
    ["a negative error", { ...json, parts: [{ ...part, verdict: { ...part.verdict, error: -1 } }] }],
  ])("%s", (_what, wrong) => {
    expect(matches(JSON.parse(JSON.stringify(wrong)))).toBe(false);
  });
});
