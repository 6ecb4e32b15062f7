/** The lines of one gradient on the page. */
import { FormulaSizeError, mostWeight, weightOf } from "../formula-size.ts";
import { Axes, type Extent, entrywise } from "../links/axes.ts";
import { type EntryCell, entryCells } from "../links/entry-cells.ts";
import { linkEntries } from "../links/entry-links.ts";
import { type FoundMatrix, readMatrices } from "../links/read-matrices.ts";
import type { Translation } from "../translation.ts";
import { createLine, type LineView } from "./create-line.ts";
import type { DerivationPart } from "./derivation-data.ts";
import { linesOf } from "./lines.ts";

/** The most that the formulas of a part may weigh together: the browser lays a part out in one go. */
const mostOfPart: number = 2 * mostWeight;

/** What a part needs besides its lines. */
export interface PartSurroundings {
  readonly typeset: (tex: string, node: HTMLElement) => void;
  readonly translation: Translation;
  /** Whether there are other parts, so that this one needs its name above it. */
  readonly isNamed: boolean;
  /** Called before each formula: gives the page its turn, where it has waited for long. */
  readonly pause: () => Promise<void>;
}

/** A part, and its lines from the first to the check. */
export interface PartView {
  readonly element: HTMLElement;
  readonly lines: readonly LineView[];
}

/** Makes the lines of `part`, in which entries that belong together show it. */
export async function createPart(
  part: DerivationPart,
  { typeset, translation, isNamed, pause }: PartSurroundings,
): Promise<PartView> {
  const element = document.createElement("section");
  element.className = "gb-Derivation-part";
  element.setAttribute("aria-label", translation.__("Derivation of %1", part.title));
  if (isNamed) element.append(createTitle(part, typeset));

  let weight = 0;
  const typesetWithin = (tex: string, node: HTMLElement) => {
    weight += weightOf(tex);
    if (weight > mostOfPart) throw new FormulaSizeError("This part is too large for its rest to be typeset");
    typeset(tex, node);
  };
  const lines: LineView[] = [];
  for (const line of linesOf(part, translation)) lines.push(await createLine(line, typesetWithin, pause));
  const list = document.createElement("div");
  list.className = "gb-Derivation-lines";
  list.setAttribute("role", "list");
  list.setAttribute("aria-label", translation.__("Lines"));
  list.append(...lines.map((line) => line.element));
  linkEntries(list, { find: () => entriesOf(lines), among: () => [list], translation });
  element.append(list);
  return { element, lines };
}

/** The gradient as its own derivation writes it. */
function createTitle({ title, steps }: DerivationPart, typeset: PartSurroundings["typeset"]): HTMLElement {
  const heading = document.createElement("div");
  heading.className = "gb-Derivation-title";
  const tex = steps.find(({ kind }) => kind === "closed")?.members[0];
  try {
    if (tex === undefined) heading.textContent = title;
    else typeset(tex, heading);
  } catch {
    heading.textContent = title;
  }
  return heading;
}

/**
 * The entries of all lines. Every general matrix has the shape of the gradient, as has what the numbers come to; the
 * other matrices of the numbers have the axes by which they are joined to it.
 */
function entriesOf(lines: readonly LineView[]): EntryCell[] {
  const axes = new Axes();
  const principal: Extent = { rows: axes.fresh(), columns: axes.fresh(), height: 0, width: 0 };
  const formulas: (readonly [HTMLElement, readonly FoundMatrix[]])[] = [];
  for (const { line, members } of lines) {
    let result: Extent | null = null;
    for (const { tex, element } of members) {
      const { matrices, value } = readMatrices(tex, axes);
      formulas.push([element, matrices]);
      if (line.role === "numbers") result = entrywise(axes, result, value);
      else if (value !== null) unite(axes, value, principal);
    }
    if (result !== null) unite(axes, result, principal);
  }
  const cells = formulas.map(([element, matrices]) =>
    entryCells(element, matrices, (axis) => `${axes.root(axis)}`),
  );
  // Each formula counts its matrices from 0, and the keyboard walks through them all.
  let before = 0;
  return cells.flatMap((found) => {
    const start = before;
    before += (found.at(-1)?.matrix ?? -1) + 1;
    return found.map((cell) => ({ ...cell, matrix: start + cell.matrix }));
  });
}

function unite(axes: Axes, a: Extent, b: Extent): void {
  axes.unite(a.rows, b.rows);
  axes.unite(a.columns, b.columns);
}
