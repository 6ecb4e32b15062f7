/**
 * A submission as it was meant: the release with the student's solutions in it. Everything else that came back is left
 * out, and told.
 */

import { type Cell, isSolution, markingOf, type Notebook } from "./ipynb.ts";
import { releasedCell, withoutHidden } from "./release.ts";

export interface Rebuilt {
  readonly notebook: Notebook;
  /** What was not as it was handed out, a sentence each. */
  readonly repairs: readonly string[];
}

/**
 * Puts the solutions of a submission into what was handed out. Of the cells that are not the student's, `source` has the
 * text, hidden tests included; of the others, its release.
 */
export function rebuild(source: Notebook, submission: Notebook): Rebuilt {
  const repairs: string[] = [];
  const release: Notebook = {
    ...source,
    cells: source.cells.map((cell) => (isSolution(markingOf(cell)) ? releasedCell(cell) : cell)),
  };
  const found = solutionsOf(release, source, submission, repairs);
  const names = new Map(release.cells.map((cell) => [markingOf(cell).grade_id ?? "", cell]));
  const cells: Cell[] = [];
  const extra = extrasOf(release, source, submission);
  cells.push(...(extra.get(undefined) ?? []));
  for (const cell of release.cells) {
    const marking = markingOf(cell);
    const { grade_id: id } = marking;
    const given = id === undefined ? undefined : found.get(id);
    if (isSolution(marking) && given !== undefined)
      cells.push({ ...cell, source: given.source, outputs: [] });
    else cells.push(cell);
    cells.push(...(extra.get(id ?? keyOf(cell)) ?? []));
  }
  noteMissing(release, submission, repairs);
  noteOrder(release, submission, repairs);
  noteKernel(release, submission, repairs);
  noteFlags(names, submission, repairs);
  return { notebook: { ...release, cells }, repairs };
}

/** The student's cell for each solution of the release. */
function solutionsOf(
  release: Notebook,
  source: Notebook,
  submission: Notebook,
  repairs: string[],
): Map<string, Cell> {
  const found = new Map<string, Cell>();
  const byName = new Map<string, Cell[]>();
  for (const cell of submission.cells) {
    const { grade_id } = markingOf(cell);
    if (grade_id !== undefined) byName.set(grade_id, [...(byName.get(grade_id) ?? []), cell]);
  }
  const released = new Set(release.cells.map((cell) => markingOf(cell).grade_id));
  for (const cell of release.cells) {
    const marking = markingOf(cell);
    const id = marking.grade_id;
    if (id === undefined) continue;
    const candidates = byName.get(id) ?? [];
    if (candidates.length > 1) {
      repairs.push(`Cell ${id} was there ${candidates.length} times: the last one that was changed counts`);
    }
    if (!isSolution(marking)) continue;
    const changed = candidates.filter(({ source }) => source.trim() !== cell.source.trim());
    const given = changed.at(-1) ?? candidates.at(-1) ?? renamed(release, source, submission, cell, released);
    if (given === undefined) {
      repairs.push(`Solution ${id} was missing: it counts as not done`);
      continue;
    }
    if (candidates.length === 0) {
      repairs.push(`Solution ${id} had lost its name: it was found by its place`);
    }
    if (given.cell_type !== cell.cell_type) {
      repairs.push(
        `Solution ${id} had become a ${given.cell_type} cell: it is a ${cell.cell_type} cell again`,
      );
    }
    found.set(id, given);
  }
  return found;
}

/** A cell without a name of the release that declares what the solution was to declare. */
function renamed(
  release: Notebook,
  source: Notebook,
  submission: Notebook,
  solution: Cell,
  released: ReadonlySet<string | undefined>,
): Cell | undefined {
  const at = release.cells.indexOf(solution);
  const own = declaredIn(source.cells[at].source);
  const nameless = submission.cells.filter((cell) => {
    const { grade_id } = markingOf(cell);
    return grade_id === undefined || !released.has(grade_id);
  });
  const byContent = nameless.filter(
    (cell) => own.size > 0 && [...declaredIn(cell.source)].some((name) => own.has(name)),
  );
  if (byContent.length > 0) return byContent.at(-1);
  // Prose has no names: then the cell between the same neighbours, if there is just one.
  const before = submission.cells.findIndex((cell) => isSame(cell, release.cells[at - 1]));
  const after = submission.cells.findIndex((cell) => isSame(cell, release.cells[at + 1]));
  const between = before >= 0 && after === before + 2 ? submission.cells[before + 1] : undefined;
  return between !== undefined && nameless.includes(between) ? between : undefined;
}

function isSame(cell: Cell, other: Cell | undefined): boolean {
  if (other === undefined) return false;
  const id = markingOf(other).grade_id;
  return (id !== undefined && markingOf(cell).grade_id === id) || textsOf(other).includes(cell.source.trim());
}

/** The texts by which a cell of the release is known: hidden tests are in the source only. */
function textsOf(cell: Cell): string[] {
  return [cell.source.trim(), withoutHidden(cell).source.trim()];
}

const DECLARATION =
  /^\s*(?:export\s+)?(?:async\s+)?(?:function\*?|const|let|var|class)\s+([\p{L}$_][\p{L}\p{N}$_]*)/gmu;

/** The names that a cell declares, as far as a look at its lines tells. */
export function declaredIn(source: string): Set<string> {
  return new Set([...source.matchAll(DECLARATION)].map(([, name]) => name));
}

/** The student's own cells, by the cell of the release after which each stands. */
function extrasOf(
  release: Notebook,
  source: Notebook,
  submission: Notebook,
): Map<string | undefined, Cell[]> {
  const ids = new Set(release.cells.flatMap((cell) => markingOf(cell).grade_id ?? []));
  const plain = new Map(
    release.cells.filter((cell) => markingOf(cell).grade_id === undefined).map((cell) => [keyOf(cell), cell]),
  );
  const texts = new Set(release.cells.flatMap(textsOf));
  const names = new Set(
    source.cells
      .filter((cell) => isSolution(markingOf(cell)))
      .flatMap((cell) => [...declaredIn(cell.source)]),
  );
  const extras = new Map<string | undefined, Cell[]>();
  let last: string | undefined;
  for (const cell of submission.cells) {
    const { grade_id } = markingOf(cell);
    if (grade_id !== undefined && ids.has(grade_id)) {
      last = grade_id;
      continue;
    }
    if (plain.has(keyOf(cell)) || texts.has(cell.source.trim())) {
      if (plain.has(keyOf(cell))) last = keyOf(cell);
      continue;
    }
    // A solution that has lost its name has been found already.
    const isOwn = cell.cell_type === "code" && ![...declaredIn(cell.source)].some((name) => names.has(name));
    if (!isOwn || cell.source.trim() === "") continue;
    const own: Cell = { cell_type: "code", source: cell.source, metadata: { gradbook: { own: true } } };
    extras.set(last, [
      ...(extras.get(last) ?? []),
      cell.id === undefined ? own : { ...own, id: `own-${cell.id}` },
    ]);
  }
  return extras;
}

function keyOf(cell: Cell): string {
  return `${cell.id ?? ""} ${cell.source.trim()}`;
}

function noteMissing(release: Notebook, submission: Notebook, repairs: string[]): void {
  const present = new Set(submission.cells.map((cell) => markingOf(cell).grade_id));
  for (const cell of release.cells) {
    const { grade_id, locked } = markingOf(cell);
    if (locked && grade_id !== undefined && !present.has(grade_id)) {
      repairs.push(`Cell ${grade_id} had been removed: it is back`);
    }
  }
}

function noteOrder(release: Notebook, submission: Notebook, repairs: string[]): void {
  const order = release.cells.flatMap((cell) => markingOf(cell).grade_id ?? []);
  const theirs = submission.cells
    .flatMap((cell) => markingOf(cell).grade_id ?? [])
    .filter((id, k, all) => order.includes(id) && all.indexOf(id) === k);
  const places = theirs.map((id) => order.indexOf(id));
  if (places.some((place, k) => k > 0 && place < places[k - 1])) {
    repairs.push("Cells stood in another order: they are in the order of the release again");
  }
}

function noteKernel(release: Notebook, submission: Notebook, repairs: string[]): void {
  const nameOf = ({ metadata }: Notebook): unknown =>
    (metadata.kernelspec as { name?: unknown } | undefined)?.name;
  const [own, theirs] = [nameOf(release), nameOf(submission)];
  if (theirs !== undefined && own !== theirs) {
    repairs.push(
      `The notebook asked for the kernel ${JSON.stringify(theirs).slice(0, 60)}: it has its own again`,
    );
  }
}

function noteFlags(names: ReadonlyMap<string, Cell>, submission: Notebook, repairs: string[]): void {
  const told = new Set<string>();
  for (const cell of submission.cells) {
    const theirs = markingOf(cell);
    const released = theirs.grade_id === undefined ? undefined : names.get(theirs.grade_id);
    if (released === undefined || told.has(theirs.grade_id as string)) continue;
    const own = markingOf(released);
    const isOther = (["grade", "solution", "locked", "task", "points"] as const).some(
      (flag) => (own[flag] ?? false) !== (theirs[flag] ?? false),
    );
    if (isOther)
      repairs.push(`Cell ${theirs.grade_id} had other marks of grading: it has those of the release`);
    const isLocked = !isSolution(own);
    // A release has no hidden part, so what is locked may be shorter than the source; changed it is only if it says more.
    if (isLocked && !isPartOf(cell.source, released.source)) {
      repairs.push(`Locked cell ${theirs.grade_id} had been changed: it is as it was`);
    }
    if (isOther || isLocked) told.add(theirs.grade_id as string);
  }
}

function isPartOf(part: string, whole: string): boolean {
  const lines = new Set(whole.split("\n").map((line) => line.trim()));
  return part.split("\n").every((line) => lines.has(line.trim()));
}
