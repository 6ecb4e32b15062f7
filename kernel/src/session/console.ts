/** Node's console as cells have it: it knows tensors, and what it prints belongs to a cell. */

import { inspect } from "node:util";
import { Tensor } from "gradbook";
import { textOf } from "./mime.ts";

/** How many levels of a nested value are shown below the first. */
const LEVELS = 5;

/** How deep a table looks for tensors: itself, its rows, their cells. */
const TABLE_DEPTH = 2;

/** Node's warning when a method of the console is called with a label that it does not expect. */
const LABEL_WARNING = /^(?:.*label '.*' .*for console\.\w+\(\)|Count for '.*' does not exist)$/is;

export class CellConsole {
  readonly #clear: () => void;
  #groups = 0;

  /** `clear` takes away what the cell has printed. */
  constructor(clear: () => void) {
    this.#clear = clear;
  }

  install(): void {
    inspect.defaultOptions.depth = LEVELS;
    const { dir, table, group, groupEnd } = console;
    const open = (...label: unknown[]): void => {
      this.#groups += 1;
      group(...label);
    };
    Object.assign(console, {
      // Node's own shows the fields of a tensor.
      dir: (value: unknown, options?: object) => dir(value, { customInspect: true, ...options }),
      table: (rows: unknown, columns?: string[]) => table(numbersIn(rows, TABLE_DEPTH), columns),
      group: open,
      groupCollapsed: open,
      groupEnd: () => {
        this.#groups = Math.max(0, this.#groups - 1);
        groupEnd();
      },
      clear: () => this.#clear(),
    });
    process.on("warning", ({ message }) => {
      if (LABEL_WARNING.test(message)) console.log(`Note: ${message}`);
    });
  }

  /** Ends the groups that a cell has left open, as they would indent all later cells. */
  endGroups(): void {
    while (this.#groups > 0) console.groupEnd();
  }
}

/** A value with numbers and lists in place of tensors, as a table would show their fields. */
function numbersIn(value: unknown, depth: number): unknown {
  if (value instanceof Tensor) return entriesOf(value);
  if (depth === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => numbersIn(entry, depth - 1));
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, numbersIn(entry, depth - 1)]));
}

function entriesOf(x: Tensor): unknown {
  try {
    return x.toArray();
  } catch {
    return textOf(x); // a symbol has none
  }
}
