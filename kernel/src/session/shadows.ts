/** Remembers which preloaded names a cell has taken for itself. */

export class Shadows {
  /** From a name to the cell that declares it. */
  readonly #takenBy = new Map<string, number>();

  /** Notes that a cell declares preloaded names; returns what to tell its author, once for each name. */
  take(names: readonly string[], cell: number): string[] {
    const notes = names
      .filter((name) => !this.#takenBy.has(name))
      .map((name) => `Note: ${name} now means what cell ${cell} declares; the library's is gb.${name}`);
    for (const name of names) this.#takenBy.set(name, cell);
    return notes;
  }

  /** Whether a cell has taken a name for itself. */
  has(name: string): boolean {
    return this.#takenBy.has(name);
  }

  /** What may explain why a line of code fails. */
  hints(line: string): string[] {
    const names = new Set(line.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
    return [...this.#takenBy]
      .filter(([name]) => names.has(name))
      .map(([name, cell]) => `${name} was declared in cell ${cell}; the library's ${name} is gb.${name}`);
  }
}
