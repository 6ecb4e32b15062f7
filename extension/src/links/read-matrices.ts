/** Finds the matrices of a formula of ours, and which of their axes belong together. */
import { type Axes, type Extent, entrywise, product, transposed } from "./axes.ts";
import { type MatrixCells, readEnvironment } from "./matrix-source.ts";

/** A matrix that stands in a formula. */
export interface FoundMatrix {
  readonly cells: MatrixCells;
  readonly extent: Extent;
}

/** The matrices of a formula from left to right, and what it comes to. */
export interface FoundMatrices {
  readonly matrices: readonly FoundMatrix[];
  readonly value: Extent | null;
}

/**
 * Reads `tex`, in which matrices are joined as the library joins them: in `A \odot B = C` the entries at the same
 * place belong together, in `A \, B^{\top} = C` a row of A and a row of B to one entry of C. What it does not know it
 * passes by, so that it reads any text.
 */
export function readMatrices(tex: string, axes: Axes): FoundMatrices {
  const reader = new Reader(tex, axes);
  let value: Extent | null = null;
  while (!reader.isAtEnd) value = entrywise(axes, value, reader.equation());
  return { matrices: reader.matrices, value };
}

/** Deeper than any formula of the library: a stranger's must not exhaust the stack. */
const deepest = 50;

class Reader {
  readonly matrices: FoundMatrix[] = [];
  readonly #tex: string;
  readonly #axes: Axes;
  #at = 0;
  #depth = 0;

  constructor(tex: string, axes: Axes) {
    this.#tex = tex;
    this.#axes = axes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tex.length;
  }

  /** Up to a closing bracket or the end, and past that bracket. */
  equation(): Extent | null {
    let value: Extent | null = null;
    this.#depth += 1;
    while (!this.isAtEnd && !this.#take(/\\right\)|[)}\]]/y)) {
      this.#take(/[=+-]|\\odot/y);
      value = entrywise(this.#axes, value, this.#product());
    }
    this.#depth -= 1;
    return value;
  }

  /** Up to a sign that joins entry by entry. */
  #product(): Extent | null {
    let value: Extent | null = null;
    while (!this.isAtEnd && !this.#sees(/[=+\-)}\]]|\\odot|\\right\)/y)) {
      value = product(this.#axes, value, this.#factor());
    }
    return value;
  }

  #factor(): Extent | null {
    let value = this.#atom();
    for (;;) {
      if (this.#take(/\^\{\\top\}/y)) value = transposed(value);
      else if (this.#take(/[\^_]\{/y)) value = entrywise(this.#axes, value, this.#bracket());
      else return value;
    }
  }

  #atom(): Extent | null {
    if (this.#take(/\\frac\{/y)) {
      const over = this.#bracket();
      return this.#take(/\{/y) ? entrywise(this.#axes, over, this.#bracket()) : over;
    }
    if (this.#take(/\\left\(|[({[]/y)) return this.#bracket();
    const environment = readEnvironment(this.#tex, this.#at);
    if (environment !== null) return this.#matrix(environment.cells, environment.end);
    this.#take(/\\[a-zA-Z]+|\\?./sy);
    return null;
  }

  /** What stands in brackets, after the opening one. */
  #bracket(): Extent | null {
    if (this.#depth < deepest) return this.equation();
    this.#at = this.#tex.length;
    return null;
  }

  #matrix(cells: MatrixCells, end: number): Extent {
    this.#at = end;
    const [height, width] = [cells.length, cells[0].length];
    const extent = { rows: this.#axes.fresh(), columns: this.#axes.fresh(), height, width };
    this.matrices.push({ cells, extent });
    return extent;
  }

  #sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#tex);
  }

  #take(pattern: RegExp): boolean {
    const isThere = this.#sees(pattern);
    if (isThere) this.#at = pattern.lastIndex;
    return isThere;
  }
}
