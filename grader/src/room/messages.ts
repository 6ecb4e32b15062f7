/** What the room of the tests and its keeper say to each other. */

import type { CompiledCell, Declared } from "@gradbook/kernel/language/protocol";
import type { Data } from "../data/data.ts";

export type ToRoom =
  /** Starts a notebook: nothing of an earlier one is left. */
  | { readonly type: "begin"; readonly seed: string }
  /** The names that the student's cells declare: they become stand-ins that ask for values. */
  | { readonly type: "give"; readonly declared: readonly Declared[] }
  | { readonly type: "run"; readonly cell: CompiledCell };

/** A question to the student's side; the room waits for its answer. */
export type RoomQuestion =
  | { readonly ask: "value"; readonly name: string }
  | { readonly ask: "call"; readonly callee: string | number; readonly args: readonly Data[] }
  /** A question of an exercise's check, in the words of `gradbook/exercise`. */
  | { readonly ask: "exercise"; readonly question: unknown };

/** How a cell of the tests ended. */
export interface RoomOutcome {
  /** The value of its last expression, if that is a number. */
  readonly value?: number;
  readonly error?: { readonly name: string; readonly message: string };
  /** What it showed: forms by MIME type. */
  readonly shown: readonly Readonly<Record<string, unknown>>[];
  readonly printed: string;
  /** The reports of exercises that were graded. */
  readonly reports: readonly unknown[];
}

export type FromRoom =
  | { readonly type: "ready" }
  | { readonly type: "done"; readonly outcome: RoomOutcome }
  | { readonly type: "question"; readonly question: RoomQuestion };

/** What the thread is started with. */
export interface RoomData {
  /** 0 while the room waits for an answer, 1 when it is there. */
  readonly shared: Int32Array;
  readonly answers: import("node:worker_threads").MessagePort;
}
