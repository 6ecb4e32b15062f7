/** The notebook that a session runs in, as far as cells may talk to it. */

import { type Multiplication, multiplyBy } from "../numeric/gemm.ts";
import { ValueError } from "./errors.ts";
import { checkedOptions, FLAG } from "./options.ts";

/** Options of `display`. */
export interface DisplayOptions {
  /** The same id again updates the earlier output in place. */
  readonly id?: string;
}

/** Options of `clearOutput`. */
export interface ClearOptions {
  /** Waits until there is something new to show, so that nothing flickers. */
  readonly wait?: boolean;
}

/** The variables of a session. */
export interface Variables {
  names(): Iterable<string>;
  /** The value of a name at this moment; undefined when it has none. */
  get(name: string): unknown;
}

/** A line of a cell. */
export interface Place {
  /** The number in the brackets beside the cell. */
  readonly cell: number;
  /** Counts from 1. */
  readonly line: number;
  /** JupyterLab's id of the cell, where it gave one. */
  readonly id?: string;
}

/** A BLAS that was found on the machine. */
export interface Blas {
  /** What it is, and where: `OpenBLAS (libopenblas.so.0)`. */
  readonly name: string;
  readonly multiply: Multiplication;
}

/** What the kernel does for a cell. */
export interface Host {
  /** Where cells are: `at` stands for the line that runs at this moment, and is 0 if none does. */
  readonly cursor?: { readonly at: number };
  /** The line that an `at` of the cursor stood for; `null` if it stood for none. */
  placeOf?(at: number): Place | null;
  /** What the names in a formula mean; a host without a session leaves it out. */
  readonly variables?: Variables;
  display(value: unknown, options: DisplayOptions): void;
  clearOutput(options: ClearOptions): void;
  /** The BLAS of the machine; where there is none, why not, as a sentence. */
  blas?(): Blas | string;
  /** Tells the student something worth knowing, below the cell. */
  note(text: string): void;
}

let host: Host | null = null;
let cursor: { readonly at: number } = { at: 0 };

/** Connects the library to the notebook it runs in; the kernel calls it once. */
export function connectHost(notebook: Host): void {
  host = notebook;
  cursor = notebook.cursor ?? cursor;
}

/** Which line runs at this moment, to be read by `placeOf`; 0 if unknown. */
export function placeNow(): number {
  return cursor.at;
}

/** The place in the notebook that was noted as `at`. */
export function placeOf(at: number): Place | null {
  return (at === 0 ? null : host?.placeOf?.(at)) ?? null;
}

/** Whether there is a notebook to show something in. */
export function isConnected(): boolean {
  return found() !== null;
}

/** The notebook: the one that has been connected, or else Deno's. */
function found(): Host | null {
  const deno = host === null ? denoJupyter() : null;
  if (deno !== null) host = denoHost(deno);
  return host;
}

/** The notebook; throws a sentence that names the action where there is none. */
export function connected(action: string): Host {
  const notebook = found();
  if (notebook !== null) return notebook;
  throw new ValueError(`Cannot ${action}: there is no notebook here; run this in a Gradbook kernel`);
}

/** The variables of the session, by name; none if there is no notebook. */
export function variables(): [name: string, value: unknown][] {
  const known = host?.variables;
  return known === undefined ? [] : Array.from(known.names(), (name) => [name, known.get(name)]);
}

/** Tells the student something, if there is a notebook to tell it in. */
export function note(text: string): void {
  host?.note(text);
}

/** Clears the output of the cell. */
export function clearOutput(options?: ClearOptions): void {
  const checked = checkedOptions(options, {
    of: "clearOutput",
    example: "clearOutput({ wait: true })",
    known: { wait: FLAG },
  });
  connected("clear the output").clearOutput(checked);
}

// Products of matrices by the BLAS of the machine, where there is one.

/**
 * Multiplies matrices by the BLAS of this machine (OpenBLAS, MKL, BLIS, Accelerate, or the one inside Python's NumPy)
 * from now on, on one thread; `useBlas(false)` goes back to Gradbook's own kernels. Large products take a fraction of
 * the time, and their last bits differ from machine to machine: what is graded never uses it. It answers which one it
 * is. GRADBOOK_BLAS=1 in the environment of the kernel does the same from the start.
 *
 * @throws ValueError when there is none.
 * @example
 * useBlas(false) // "Gradbook's own kernels"
 */
export function useBlas(on = true): string {
  if (!on) {
    multiplyBy(null);
    return "Gradbook's own kernels";
  }
  const found = host?.blas?.() ?? "there is no kernel here that could look for one";
  if (typeof found === "string") throw new ValueError(`Cannot use a BLAS: ${found}`);
  multiplyBy(found.multiply);
  return found.name;
}

// What a tensor was computed as part of: a layer, or whatever a person would call by one name.

/** One run of such a part. */
export interface Scope {
  readonly label: string;
  /** The part that this one is part of. */
  readonly parent: Scope | null;
  /** Whether it is one step to a reader, as a loss is: its result is seen, and what it computes on the way is not. */
  readonly isStep: boolean;
}

let current: Scope | null = null;

/** The part that runs at this moment. */
export function currentScope(): Scope | null {
  return current;
}

/** Runs `compute` as one part; graphs show what it computes as one group until somebody opens it. */
export function within<R>(label: string, compute: () => R, isStep = false): R {
  const before = current;
  current = { label, parent: before, isStep };
  try {
    return compute();
  } finally {
    current = before;
  }
}

/** Leaves all parts, when code was stopped in the middle of one. */
export function leaveAll(): void {
  current = null;
}

// The notebook of Deno's own kernel, which shows our objects, too.

/** What Deno's kernel offers to cells. */
export interface DenoJupyter {
  display(value: unknown, options: { display_id?: string; update?: boolean }): Promise<void>;
  broadcast(type: string, content: object): Promise<void>;
}

/** Deno's kernel, if this runs in it. */
export function denoJupyter(realm: object = globalThis): DenoJupyter | null {
  try {
    return (realm as { Deno?: { jupyter?: DenoJupyter } }).Deno?.jupyter ?? null;
  } catch {
    return null; // elsewhere in Deno the mere question is an error
  }
}

/** Deno's kernel as a host: an id that was shown before is updated. */
export function denoHost(jupyter: DenoJupyter): Host {
  const shown = new Set<string>();
  return {
    display(value, { id }) {
      const options = id === undefined ? {} : { display_id: id, update: shown.has(id) };
      if (id !== undefined) shown.add(id);
      void jupyter.display(value, options);
    },
    clearOutput: ({ wait = false }) => void jupyter.broadcast("clear_output", { wait }),
    note: (text) => void jupyter.broadcast("stream", { name: "stdout", text: `${text}\n` }),
  };
}
