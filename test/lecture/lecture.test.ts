/** The whole lecture, generated and compared with the slides: every difference is on a list, with its reason. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectLatex } from "../latex-engines.ts";
import { generators } from "./generate.ts";
import { normalise } from "./normalise.ts";

interface Formula {
  readonly id: string;
  readonly latex: string;
}

interface Erratum {
  readonly formula: string;
  readonly errata: readonly string[];
  readonly reason: string;
  readonly slide: string;
  readonly corrected: string;
}

interface Notation {
  readonly formulas: readonly string[];
  /** A pattern that stands on the slide, and what the library writes in its place. */
  readonly slide: string;
  readonly engine: string;
  readonly reason: string;
}

interface Redrawn {
  readonly formula: string;
  readonly reason: string;
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8"));
const slides = read("slides.json") as Formula[];
const errata = read("errata.json") as Erratum[];
const notation = read("notation.json") as Notation[];
const redrawn = read("redrawn.json") as Redrawn[];

const faulty = new Map(errata.map((erratum) => [erratum.formula, erratum]));
const drawn = new Set(redrawn.map(({ formula }) => formula));
const generated = slides.filter(({ id }) => !drawn.has(id));

/** A line of the slides as the library writes it. */
function inOurNotation(id: string, latex: string): string {
  return notation
    .filter(({ formulas }) => formulas.includes(id))
    .reduce((text, { slide, engine }) => {
      const written = text.replaceAll(new RegExp(slide, "g"), engine);
      expect(written, `${id} has nothing of ${slide}`).not.toBe(text);
      return written;
    }, latex);
}

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
  test.each(generated)("$id", ({ id, latex }) => {
    const ours = generators[id]();
    expectLatex(ours);
    expect(normalise(ours)).toBe(normalise(inOurNotation(id, faulty.get(id)?.corrected ?? latex)));
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
