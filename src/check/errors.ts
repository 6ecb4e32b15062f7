/** The two ways in which a formula can fail: it cannot be read, or it is false. */

/** A formula that cannot be read: the message shows the line and points at the character. */
export class FormulaError extends Error {
  override readonly name = "FormulaError";
  readonly formula: string;
  /** The position of the character, counted from 0. */
  readonly position: number;

  constructor(problem: string, formula: string, position: number) {
    const [line, column] = lineAt(formula, position);
    super(`${problem}\n  ${line}\n  ${" ".repeat(column)}^`);
    this.formula = formula;
    this.position = position;
  }
}

/** A formula that can be read and does not hold: the message has the entry and both values, or both shapes. */
export class CheckError extends Error {
  override readonly name = "CheckError";
  /** The two sides that differ, as they were written. */
  readonly sides: readonly [left: string, right: string];

  constructor(message: string, sides: readonly [left: string, right: string]) {
    super(message);
    this.sides = sides;
  }
}

const WIDEST = 80;

/** The line of the position, cut to what can be read at a glance, and the column within it. */
function lineAt(formula: string, position: number): [line: string, column: number] {
  const start = formula.lastIndexOf("\n", position - 1) + 1;
  const end = formula.indexOf("\n", position);
  const line = formula.slice(start, end < 0 ? undefined : end);
  const column = position - start;
  const from = line.length <= WIDEST ? 0 : Math.max(0, column - WIDEST / 2);
  const lead = from > 0 ? "… " : "";
  const tail = line.length > from + WIDEST ? " …" : "";
  const before = [...line.slice(from, column)].length; // a letter may take two code units
  return [`${lead}${line.slice(from, from + WIDEST)}${tail}`, lead.length + before];
}
