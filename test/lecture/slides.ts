/** The formulas of the slides, and the lists of where we differ from them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** A formula as it stands on a slide. */
export interface Formula {
  readonly id: string;
  readonly latex: string;
}

/** A faulty line. */
export interface Erratum {
  readonly formula: string;
  readonly errata: readonly string[];
  readonly reason: string;
  /** What check says of the line, in part. */
  readonly finding: string;
  readonly slide: string;
  readonly corrected: string;
}

/** A line that we write in another notation. */
export interface Notation {
  readonly formulas: readonly string[];
  /** A pattern that stands on the slide, and what the library writes in its place. */
  readonly slide: string;
  readonly engine: string;
  readonly reason: string;
}

/** A picture that was flattened into a formula. */
export interface Redrawn {
  readonly formula: string;
  readonly reason: string;
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8"));

export const slides = read("slides.json") as readonly Formula[];
export const errata = read("errata.json") as readonly Erratum[];
export const notation = read("notation.json") as readonly Notation[];
export const redrawn = read("redrawn.json") as readonly Redrawn[];

const faulty = new Map(errata.map((erratum) => [erratum.formula, erratum]));

/** A formula of the slides as the library writes it: corrected, and in its notation. */
export function asWeWrite({ id, latex }: Formula): string {
  return notation
    .filter(({ formulas }) => formulas.includes(id))
    .reduce((text, { slide, engine }) => {
      const written = text.replaceAll(new RegExp(slide, "g"), engine);
      expect(written, `${id} has nothing of ${slide}`).not.toBe(text);
      return written;
    }, faulty.get(id)?.corrected ?? latex);
}
