/** Which axes of the matrices of a formula are the same, found by how they are joined: by ⊙, by a product, by =. */

/** A set of axes, of which some turn out to be one. */
export class Axes {
  readonly #parents: number[] = [];

  /** A new axis, different from all others. */
  fresh(): number {
    return this.#parents.push(this.#parents.length) - 1;
  }

  /** Makes both the same from now on. */
  unite(a: number, b: number): void {
    this.#parents[this.root(a)] = this.root(b);
  }

  /** The same number for all axes that are the same. */
  root(axis: number): number {
    let root = axis;
    while (this.#parents[root] !== root) root = this.#parents[root];
    return root;
  }
}

/** A matrix, or what is computed from matrices, as far as its axes go. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
  readonly height: number;
  readonly width: number;
}

/** The extent of A ⊙ B, A + B or A = B; an axis of length 1 stretches. `null` for what has no entries to follow. */
export function entrywise(axes: Axes, a: Extent | null, b: Extent | null): Extent | null {
  if (a === null || b === null) return a ?? b;
  if (a.height === b.height) axes.unite(a.rows, b.rows);
  if (a.width === b.width) axes.unite(a.columns, b.columns);
  return {
    rows: a.height >= b.height ? a.rows : b.rows,
    columns: a.width >= b.width ? a.columns : b.columns,
    height: Math.max(a.height, b.height),
    width: Math.max(a.width, b.width),
  };
}

/** The extent of the matrix product A B, whose inner axes are one. */
export function product(axes: Axes, a: Extent | null, b: Extent | null): Extent | null {
  if (a === null || b === null) return a ?? b;
  if (a.width !== b.height) return a;
  axes.unite(a.columns, b.rows);
  return { rows: a.rows, columns: b.columns, height: a.height, width: b.width };
}

/** The extent of Aᵀ. */
export function transposed(a: Extent | null): Extent | null {
  return a && { rows: a.columns, columns: a.rows, height: a.width, width: a.height };
}
