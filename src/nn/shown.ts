/** How the objects of nn are shown: as one line of text. */

/** Members by which a notebook, console.log and a string ask an object for its line. */
export function shownAs(line: () => string): { toString(): string } {
  return {
    toString: line,
    [Symbol.for("Jupyter.display")]: () => ({ "text/plain": line() }),
    [Symbol.for("nodejs.util.inspect.custom")]: line,
  } as { toString(): string }; // the symbols are for inspectors alone
}
