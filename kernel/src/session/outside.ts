/** What a session has of the machine around it: in a browser there is less of it than in Node. */

import type { Blas } from "gradbook/session";
import type { LocalModule } from "../language/protocol.ts";
import type { Require } from "../language/scope.ts";
import type { RunningCell } from "./context.ts";
import type { Output } from "./output.ts";

/** Loads what cells import. */
export interface Loader {
  /** Looks up packages and files from the notebook's folder. */
  readonly require: Require;
  /** Takes in local files that are new or changed. */
  update(modules: readonly LocalModule[]): void;
}

export interface Outside {
  /** The bytes that V8 gives to the objects of cells; infinite where nobody knows. */
  readonly heapLimit: number;
  readonly modules: Loader;
  /** What is done once the library knows its notebook, and while the process's streams are still those of the log. */
  begin(): void;
  /** Connects the streams and programs of the process with cells; `ask` asks the person at the front end. */
  open(output: Output, ask: (prompt: string) => string): void;
  /** Ends the programs that a cell has started. */
  stop(cell: RunningCell): void;
  /** Ends the program that the main thread was waiting for. */
  tear(): void;
  /** The cells whose programs run. */
  atWork(): RunningCell[];
  collectGarbage(): void;
  /** A BLAS of the machine, or why there is none. */
  readonly findBlas: () => Blas | string;
}
