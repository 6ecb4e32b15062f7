/** Finds the entries of a typeset formula: the cells of its matrices, and the y_ij beside them. */
import { Axes, type Extent } from "./axes.ts";
import { labelsOf, type MatrixCells } from "./matrix-source.ts";
import type { Place } from "./place.ts";
import { type FoundMatrix, readMatrices } from "./read-matrices.ts";

/** An entry on the page. */
export interface EntryCell {
  readonly element: HTMLElement;
  readonly places: readonly Place[];
  /** Where the keyboard finds it: matrices are walked row by row, an entry beside them is a matrix of its own. */
  readonly matrix: number;
  readonly row: number;
  readonly column: number;
  /** It in words: row 1, column 2 and its LaTeX. */
  readonly tex: string;
}

/** Gives an axis of a formula a name by which others know it. */
export type AxisName = (axis: number) => string;

/**
 * The entries in `math`, a place where KaTeX has typeset `matrices`. Where KaTeX's elements are not those of the
 * matrices, nothing is found rather than something wrong.
 */
export function entryCells(math: Element, matrices: readonly FoundMatrix[], nameOf: AxisName): EntryCell[] {
  const found: EntryCell[] = [];
  const tables = outermost(math, ".katex-html .mtable");
  if (tables.length === matrices.length) {
    for (const [k, { cells, extent }] of matrices.entries()) {
      addMatrix(found, tables[k], cells, axisNames(extent, nameOf), []);
    }
  }
  for (const element of math.querySelectorAll<HTMLElement>(".katex-html .mord:has(> .msupsub)")) {
    const index = element.closest(".mtable") === null ? indexOf(element) : null;
    if (index === null) continue;
    found.push({ element, places: [{ axis: "index", labels: [index] }], ...startOf(found), tex: index });
  }
  return found;
}

function startOf(found: readonly EntryCell[]): Pick<EntryCell, "matrix" | "row" | "column"> {
  return { matrix: (found.at(-1)?.matrix ?? -1) + 1, row: 0, column: 0 };
}

function axisNames({ rows, columns }: Extent, nameOf: AxisName): [rows: string, columns: string] {
  return [nameOf(rows), nameOf(columns)];
}

/** Adds the entries of one matrix; of a matrix of matrices those that are numbers, which have four places. */
function addMatrix(
  found: EntryCell[],
  table: HTMLElement,
  cells: MatrixCells,
  [rowAxis, columnAxis]: readonly [string, string],
  outer: readonly Place[],
): void {
  const grid = gridOf(table);
  const [height, width] = [cells.length, cells[0].length];
  if (grid.length !== width || grid.some((column) => column.length !== height)) return;
  const { matrix } = startOf(found);
  const rowLabels = labelsOf(cells);
  const columnLabels = labelsOf(cells[0].map((_, column) => cells.map((row) => row[column] ?? "")));
  for (const [row, line] of cells.entries()) {
    for (const [column, tex] of line.entries()) {
      const places: Place[] = [
        ...outer,
        { axis: rowAxis, labels: rowLabels[row] },
        { axis: columnAxis, labels: columnLabels[column] },
      ];
      if (places.some(({ labels }) => labels.length === 0)) continue;
      const element = grid[column][row];
      const [inner] = outermost(element, ".mtable");
      if (inner === undefined) found.push({ element, places, matrix, row, column, tex });
      else {
        const [first] = readMatrices(tex, new Axes()).matrices;
        const names = [`${rowAxis} inside`, `${columnAxis} inside`] as const;
        if (first !== undefined) addMatrix(found, inner, first.cells, names, places);
      }
    }
  }
}

/** The elements in a table of KaTeX, column by column, as KaTeX lays tables out. */
function gridOf(table: Element): HTMLElement[][] {
  const columns = Array.from(table.children).filter(({ className }) => className.startsWith("col-align-"));
  return columns.map((column) => {
    const list = column.querySelector(".vlist");
    return Array.from(list?.children ?? [], ({ lastElementChild }) => lastElementChild).filter(
      (element) => element instanceof HTMLElement,
    );
  });
}

/** The elements that match and do not lie in another that matches. */
function outermost(root: Element, selector: string): HTMLElement[] {
  const all = [...root.querySelectorAll<HTMLElement>(selector)];
  return all.filter((element) => !all.some((other) => other !== element && other.contains(element)));
}

/** The index of x_ij, as text; `null` for a name such as W₁ or Wᵀ, and for the δ that compares two indices. */
function indexOf(element: Element): string | null {
  const [base, scripts] = element.children;
  // KaTeX sets the list in two rows where something stands below the line.
  const lowest = scripts?.querySelector(":scope > .vlist-t2 > .vlist-r > .vlist")?.firstElementChild;
  const isEntry = /^[a-zα-ω]$/.test(base?.textContent ?? "") && base.textContent !== "δ";
  const index = lowest?.textContent?.replaceAll("\u200b", "") ?? "";
  return isEntry && index !== "" ? index : null;
}
