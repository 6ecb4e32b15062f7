/**
 * What the session lets a debugger see. The wire worker calls this through V8's inspector, also while the program stands
 * still, when no promise is settled and no message is read. Until then it is an object that nobody looks at.
 */

import { inspect } from "node:util";
import { Tensor } from "gradbook";
import type { MimeBundle } from "../bridge.ts";
import type { Shown } from "../debug/inspector.ts";
import type { Variable } from "../debug/protocol.ts";
import type { Scope } from "../language/scope.ts";
import { attempt } from "./attempt.ts";
import { mimeBundle, textOf } from "./mime.ts";
import type { Sources } from "./sources.ts";
import { typeOf } from "./who.ts";

/** What the code of a cell has beside the variables of its author (rewrite.ts, marks.ts). */
const OF_KERNEL = /^cell\$|\$cell$|^(?:require|arguments)$/;
/** The longest text of a value in the list of variables. */
const LENGTH = 200;
/** The most entries of a row of numbers in such a text. */
const ENTRIES = 20;
/** The most parts of a value that are listed. */
const MOST = 1000;

/** A named value. */
type Entry = readonly [name: string, value: unknown];

/** What there is to debug. */
export interface DoorParts {
  readonly sources: Sources;
  readonly scope: Scope;
  /** The names that cells have declared. */
  readonly declared: () => string[];
}

export class DebugDoor {
  readonly #parts: DoorParts;
  /** Lists of values that have been shown, by their numbers less 1. */
  #shown: (() => Entry[])[] = [];

  constructor(parts: DoorParts) {
    this.#parts = parts;
  }

  /** Puts it where the debugger looks. */
  open(): void {
    Object.defineProperty(globalThis, Symbol.for("gradbook.debugger"), { value: this });
  }

  /** The code of a cell or a local file, with its map. */
  codeOf(file: string): object | undefined {
    return this.#parts.sources.codeOf(file)?.toJSON();
  }

  /** The text of a local file. */
  text(path: string): string | undefined {
    return this.#parts.sources.textOf(path);
  }

  /** Forgets what was shown while the program stood still. */
  forget(): void {
    this.#shown = [];
  }

  /** The variables in V8's objects for scopes, the innermost first; 0 where there are none. */
  scope(...scopes: readonly Record<string, unknown>[]): number {
    const entries = this.#variables(scopes);
    return entries.length === 0 ? 0 : this.#list(() => entries);
  }

  /** The names in them. */
  names(...scopes: readonly Record<string, unknown>[]): string[] {
    return this.#variables(scopes).map(([name]) => name);
  }

  /** The variables of the notebook, as they are when somebody asks. */
  globals(): number {
    return this.#list(() =>
      this.#parts
        .declared()
        .toSorted()
        .map((name) => [name, this.#parts.scope.get(name)]),
    );
  }

  /** The parts of what was shown under a number. */
  parts(reference: number, start: number, count: number | null): Variable[] {
    const entries = this.#shown[reference - 1]?.() ?? [];
    return entries.slice(start, start + (count ?? MOST)).map(([name, value]) => {
      const { type, ...shown } = this.show(value);
      // Front ends show the type in the place of the value where there is one, which is good for what can be unfolded.
      return { name, evaluateName: name, ...shown, ...(shown.variablesReference > 0 && { type }) };
    });
  }

  show(value: unknown): Shown {
    const parts = attempt(() => partsOf(value)) ?? [];
    return {
      value: shortened(attempt(() => lineOf(value)) ?? textOf(value)),
      type: attempt(() => kindOf(value)) ?? typeof value,
      variablesReference: parts.length === 0 ? 0 : this.#list(() => partsOf(value)),
    };
  }

  /** What an output would show of a value. */
  rich(value: unknown): MimeBundle {
    const bundle = mimeBundle(value);
    // What takes its time is not waited for: nothing goes on while the program stands still.
    return bundle instanceof Promise ? { "text/plain": textOf(value) } : bundle;
  }

  /** What an output would show of a variable of the notebook. */
  richVariable(name: string): MimeBundle {
    return this.rich(this.#parts.scope.get(name));
  }

  #list(entries: () => Entry[]): number {
    return this.#shown.push(entries);
  }

  #variables(scopes: readonly Record<string, unknown>[]): Entry[] {
    const found = new Map<string, unknown>();
    for (const scope of scopes) {
      for (const name of Object.keys(scope)) {
        if (!OF_KERNEL.test(name) && !found.has(name))
          found.set(
            name,
            attempt(() => scope[name]),
          );
      }
    }
    return [...found];
  }
}

/** A value in one line: a tensor as its numbers, row by row. */
function lineOf(value: unknown): string {
  if (value instanceof Tensor) return nested(value.toArray());
  if (Array.isArray(value) && isNumbers(value)) return nested(value);
  if (typeof value === "function") return `ƒ ${value.name || "(anonymous)"}`;
  return inspect(value, {
    depth: 1,
    breakLength: Number.POSITIVE_INFINITY,
    maxArrayLength: 20,
    colors: false,
  });
}

function isNumbers(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === "number" || (Array.isArray(value) && isNumbers(value)));
}

/** Whether a value is a list of numbers that one line has room for; front ends show the type of what has parts. */
function isRow(value: object): boolean {
  return Array.isArray(value) && value.length <= ENTRIES && value.every((entry) => typeof entry === "number");
}

function nested(value: unknown): string {
  if (!Array.isArray(value)) return String(typeof value === "number" ? Number(value.toPrecision(6)) : value);
  const shown = value.slice(0, ENTRIES).map(nested);
  return `[${[...shown, ...(value.length > ENTRIES ? ["…"] : [])].join(", ")}]`;
}

function kindOf(value: unknown): string {
  return value instanceof Tensor ? `Tensor<[${value.shape.join(", ")}]>` : typeOf(value);
}

/** What a value consists of: of a tensor its rows, what else there is to know, and its gradient. */
function partsOf(value: unknown): Entry[] {
  if (value instanceof Tensor) return [...rowsOf(value), ...aboutTensor(value)];
  if (value instanceof Map) return [...value].map(([key, entry]) => [lineOf(key), entry]);
  if (value instanceof Set) return [...value].map((entry, i) => [String(i), entry]);
  if (typeof value !== "object" || value === null || isRow(value)) return [];
  return Object.keys(value).map((key) => [key, attempt(() => (value as Record<string, unknown>)[key])]);
}

function rowsOf(x: Tensor): Entry[] {
  const rows = attempt(() => x.toArray());
  return Array.isArray(rows) ? rows.map((row, i) => [`[${i}]`, row]) : [];
}

function aboutTensor(x: Tensor): Entry[] {
  const gradient = attempt(() => x.grad);
  return [["shape", [...x.shape]], ["dtype", x.dtype], ...(gradient ? [["grad", gradient] as const] : [])];
}

function shortened(text: string): string {
  return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text;
}
