import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { DerivationDataError, parseDerivation } from "../../extension/src/derivation/derivation-data.ts";
import { derivationMimeType } from "../../extension/src/derivation/derivation-mime-type.ts";
import { belongsTo, checkSentence, hasBoth, linesOf } from "../../extension/src/derivation/lines.ts";
import { untranslated } from "../../extension/src/translation.ts";
import { checkSentence as sentenceOfLibrary } from "../../src/explain/derivation.ts";
import { explain, matmul, sigmoid, sum, symbol, tensor } from "../../src/index.ts";
import { wrongDerivation } from "./derivations.ts";

const schema = new URL("../../schemas/derivation.v1.schema.json", import.meta.url);
const matchesSchema = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, "utf8")),
);

const X = tensor([[1, -2, 0], [3, 0.5, -1]]).as("X"); // biome-ignore format: a matrix
const W = tensor([[1, 0], [0.5, -1], [0, 2]]).as("W"); // biome-ignore format: a matrix

const Y = sigmoid(X).as("Y");
Y.backward(tensor([[1, 0.5, -1], [2, -0.25, 4]])); // biome-ignore format: a matrix
const json = JSON.parse(JSON.stringify(explain(Y).toMimeBundle()[derivationMimeType]));
const [part] = json.parts;
const [step] = part.steps;
const changed = (change: object): unknown => ({ ...json, parts: [{ ...part, ...change }] });
const withStep = (change: object): unknown => changed({ steps: [{ ...step, ...change }] });
const withVerdict = (change: object): unknown => changed({ verdict: { ...part.verdict, ...change } });

const broken: readonly (readonly [unknown, string])[] = [
  [null, "its data is null instead of an object"],
  [{ ...json, v: 2 }, "the version of its data is 2"],
  [{ ...json, parts: [] }, "its list of parts is []"],
  [{ ...json, parts: ["<script>"] }, "its list of parts is"],
  [{ ...json, parts: Array(501).fill(part) }, "instead of a list of 1 to 500 objects"],
  [{ ...json, omitted: -1 }, "the number of operations left out is -1"],
  [changed({ title: "" }), 'a title is ""'],
  [changed({ steps: {} }), "a list of steps is {}"],
  [changed({ steps: Array(65).fill(step) }), "instead of a list of at most 64 objects"],
  [changed({ verdict: true }), "a verdict is true"],
  [withStep({ kind: "<b>" }), 'the kind of a step is "<b>"'],
  [withStep({ label: 7 }), "the label of a step is 7"],
  [withStep({ members: [] }), "the formula of a step is []"],
  [withStep({ members: [""] }), 'the formula of a step is [""]'],
  [withStep({ members: ["x".repeat(32_769)] }), "characters) instead of a list of 1 to 16 texts"],
  [withStep({ note: [] }), "the remark of a step is []"],
  [withVerdict({ ok: 1 }), "the answer of a check is 1"],
  [withVerdict({ trials: 0.5 }), "the number of trials is 0.5"],
  [withVerdict({ error: -1 }), "the error of a check is -1"],
  [withVerdict({ ok: false }), "a counterexample is missing"],
  [withVerdict({ counterexample: 1 }), "a counterexample is 1"],
  [withVerdict({ step: "A" }), 'the step that fails is "A"'],
];

describe("parseDerivation", () => {
  it.each([
    ["of numbers", explain(sigmoid(X).as("Y"))],
    ["of two gradients", explain(matmul(X, W).as("Z"))],
    ["of a whole computation", explain(sum(sigmoid(matmul(X, W))).as("J"), { whole: true })],
    ["of symbols", explain(symbol("X", "α", "β").exp().as("Y"))],
  ])("reads what the library writes %s, with nothing lost", (_what, derivation) => {
    const saved = JSON.parse(JSON.stringify(derivation.toMimeBundle()[derivationMimeType]));
    expect(parseDerivation(saved)).toMatchObject({ parts: saved.parts });
  });

  it.each(broken)("refuses wrong data and says why: %#", (wrong, message) => {
    expect(() => parseDerivation(wrong)).toThrow(DerivationDataError);
    expect(() => parseDerivation(wrong)).toThrow(message);
    expect(matchesSchema(wrong)).toBe(false);
  });

  it("refuses a part that would keep the page busy", () => {
    const steps = Array(8).fill({ ...step, members: ["x".repeat(5_000)] });
    expect(() => parseDerivation(changed({ steps }))).toThrow("the length of a part is 40000");
  });

  it("throws nothing but DerivationDataError, whatever the notebook holds", () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(anything, anything, anything, (a, b, c) => {
        for (const data of [
          a,
          { v: 1, parts: [a] },
          changed({ steps: [b], verdict: c }),
          withStep({ members: a }),
        ]) {
          try {
            parseDerivation(data);
          } catch (error) {
            expect(error).toBeInstanceOf(DerivationDataError);
          }
        }
      }),
    );
  });
});

describe("the lines of a derivation", () => {
  const lines = linesOf(parseDerivation(json).parts[0], untranslated);

  it("end with the check, which says what the library says", () => {
    expect(lines.map(({ role }) => role).slice(-3)).toEqual(["result", "numbers", "check"]);
    expect(lines.at(-1)?.content).toEqual({
      sentence: `✓ ${sentenceOfLibrary(explain(Y).parts[0].verdict)}`,
    });
  });

  it("are split into general form and numbers, with the result and the check in both", () => {
    const labels = (aspect: "generic" | "both" | "numbers") =>
      lines.filter((line) => belongsTo(line, aspect)).map(({ label }) => label);
    expect(labels("both")).toEqual(lines.map(({ label }) => label));
    expect(labels("numbers")).toEqual(["closed form", "numbers", "check"]);
    expect(labels("generic")).toEqual(labels("both").filter((label) => label !== "numbers"));
    expect(hasBoth(lines)).toBe(true);
    expect(hasBoth(lines.filter(({ role }) => role !== "numbers"))).toBe(false);
  });

  it("have the counterexample where they fail, and there only", () => {
    const counterexample = "at entry (1, 1) the formula gives 1, the central difference 2";
    const verdict = { ...part.verdict, ok: false, counterexample, step: "closed" };
    const failed = linesOf({ ...part, verdict }, untranslated).filter(({ isWrong }) => isWrong);
    expect(failed.map(({ label, note }) => [label, note])).toEqual([
      ["closed form", `✗ ${counterexample}`],
      ["check", ""],
    ]);
    const elsewhere = linesOf({ ...part, verdict: { ...verdict, step: "other" } }, untranslated);
    expect(elsewhere.at(-1)?.content).toEqual({ sentence: `✗ failed: ${counterexample}` });
  });
});

test("a failing derivation says which of its steps fails", () => {
  const [failing] = parseDerivation(wrongDerivation()[derivationMimeType]).parts;
  expect(failing.verdict).toMatchObject({ ok: false, step: "expanded" });
  expect(failing.steps.map(({ kind }) => kind)).toContain("expanded");
});

test("a check that can say nothing is neither right nor wrong", () => {
  const json = JSON.parse(JSON.stringify(wrongDerivation()[derivationMimeType]));
  json.parts[0].verdict = { ok: false, trials: 8, error: 0, unsaid: "there are no values around it" };
  const lines = linesOf(parseDerivation(json).parts[0], untranslated);
  expect(lines.filter(({ isWrong }) => isWrong)).toEqual([]);
  expect(lines.at(-1)?.content).toEqual({ sentence: "cannot be said: there are no values around it" });
});

describe("the sentence of a check", () => {
  it.each([
    [{ ok: true, trials: 8, error: 0 }, "differences agree to the last digit"],
    [{ ok: true, trials: 3, error: 2.9e-11 }, "at 3 random points; differences agree to 3·10⁻¹¹"],
    [{ ok: true, trials: 8, error: null }, "agree to the last digit"],
  ])("%j reads %s", (verdict, words) => {
    expect(checkSentence(verdict, untranslated)).toContain(words);
  });
});
