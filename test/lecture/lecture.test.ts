/** The whole lecture, generated and compared with the slides: every difference is on a list, with its reason. */
import { describe, expect, test } from "vitest";
import { expectLatex } from "../latex-engines.ts";
import { generators } from "./generate.ts";
import { normalise } from "./normalise.ts";
import { asWeWrite, errata, notation, redrawn, slides } from "./slides.ts";

const faulty = new Map(errata.map((erratum) => [erratum.formula, erratum]));
const drawn = new Set(redrawn.map(({ formula }) => formula));
const generated = slides.filter(({ id }) => !drawn.has(id));

test("the slides have 92 formulas, each with an id of its own", () => {
  expect(slides).toHaveLength(92);
  expect(new Set(slides.map(({ id }) => id)).size).toBe(92);
});

test("every formula is generated or redrawn, and nothing else is", () => {
  expect([...Object.keys(generators), ...drawn].sort()).toEqual(slides.map(({ id }) => id).sort());
});

test("every list speaks of formulas of the slides, and quotes them as they stand", () => {
  const byId = new Map(slides.map(({ id, latex }) => [id, latex]));
  for (const { formula, slide, corrected } of errata) {
    expect(byId.get(formula)).toBe(slide);
    expect(normalise(corrected)).not.toBe(normalise(slide));
  }
  for (const id of [...drawn, ...notation.flatMap(({ formulas }) => formulas)])
    expect(byId.has(id), id).toBe(true);
  const names = errata.flatMap((erratum) => erratum.errata);
  expect(names).toEqual(Array.from({ length: 12 }, (_, k) => `E${k + 1}`));
});

describe("the library writes what the slide says, corrected where it is faulty", () => {
  test.each(generated)("$id", (formula) => {
    const ours = generators[formula.id]();
    expectLatex(ours);
    expect(normalise(ours)).toBe(normalise(asWeWrite(formula)));
  });
});

test("the count of the lecture", () => {
  const corrected = generated.filter(({ id }) => faulty.has(id)).length;
  const renoted = new Set(notation.flatMap(({ formulas }) => formulas)).size;
  console.log(
    `${slides.length} formulas: ${generated.length - corrected} generated, ${corrected} generated and corrected, ` +
      `${drawn.size} redrawn; ${renoted} of them in a notation of our own`,
  );
  expect([generated.length - corrected, corrected, drawn.size]).toEqual([79, 11, 2]);
});
