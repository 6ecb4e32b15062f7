/** What the wire worker and the session on the main thread say to each other, and the memory they share. */

import type { MessagePort } from "node:worker_threads";
import type { Compilation } from "./language/protocol.ts";
import type { Connection } from "./wire/connection.ts";

/** Values by MIME type, as Jupyter displays them. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** The body of a Jupyter message. */
export type Content = Record<string, unknown>;

/** One run of a cell. */
export interface Cell {
  /** Unique in the session, even among runs that show the reader no number. */
  readonly id: number;
  /** The number in the brackets beside the cell. */
  readonly count: number;
  readonly source: string;
  /** What tells a second run of the same notebook cell from a run of another one. */
  readonly place: string;
  /** JupyterLab's id of the notebook cell. */
  readonly cellId: string | undefined;
  readonly allowInput: boolean;
}

/** A failure, as Jupyter's `error` message and a failing reply carry it. */
export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export type Outcome =
  | { readonly status: "ok"; readonly result: MimeBundle | undefined }
  /** Set for a failure that was reported when it happened and must not be published again. */
  | { readonly status: "error"; readonly failure: Failure; readonly isTold?: true };

export type StreamName = "stdout" | "stderr";

export type ToSession =
  | { readonly type: "run"; readonly cell: Cell; readonly compilation: Compilation }
  /** A cell that was stopped before it ran, whose names are known all the same; answered by its outcome. */
  | { readonly type: "skip"; readonly cell: Cell; readonly compilation: Compilation }
  /** A request of a front end that the library answers between cells; answered by an answer. */
  | { readonly type: "ask"; readonly number: number; readonly request: Content }
  /** Asks for the members of a value (run-time-members.ts), by its name and the properties after it; answered by an answer. */
  | { readonly type: "members"; readonly number: number; readonly path: readonly string[] }
  /** Gives up the cell with this id and everything it still has scheduled; answered by a pong. */
  | {
      readonly type: "interrupt";
      readonly cell: number | undefined;
      readonly number: number;
      readonly reason: StopReason;
    }
  /** Answered by a pong as soon as no user code keeps the main thread. */
  | { readonly type: "ping"; readonly number: number }
  /** Has V8 forget what cells have left; answered by a pong. */
  | { readonly type: "collect"; readonly number: number }
  | { readonly type: "exit" };

/** Who stops a cell: a person, or the kernel, before the memory is full. */
export type StopReason = "person" | "memory";

export type FromSession =
  /** With the bytes that V8 gives to objects on the main thread. */
  | { readonly type: "ready"; readonly heapLimit: number }
  | ({
      readonly type: "stream";
      readonly cell: number;
      readonly name: StreamName;
      readonly text: string;
    } & Counted)
  | ({
      readonly type: "publish";
      readonly cell: number;
      readonly kind: Published;
      readonly content: Content;
      readonly extra?: Extra;
    } & Counted)
  | { readonly type: "input"; readonly cell: number; readonly prompt: string }
  | { readonly type: "pong"; readonly number: number }
  /** An interrupt was meant for a cell of which the session has not heard: an earlier one has torn down the hearing. */
  | { readonly type: "missed"; readonly cell: number }
  /** As JSON, since what the library answers must not depend on what can be copied between threads. */
  | { readonly type: "answer"; readonly number: number; readonly json: string }
  /** Somebody pressed Ctrl-C in the terminal the kernel runs in. */
  | { readonly type: "signal" }
  /**
   * With the names that have no value because the cells that should have declared them failed, and those that cells have
   * put into the global scope.
   */
  | {
      readonly type: "done";
      readonly cell: number;
      readonly outcome: Outcome;
      readonly lost: readonly string[];
      readonly globals: readonly string[];
    };

/** Output, which waits where the wire falls behind. */
export interface Counted {
  /** How much output the session has sent with this message, in characters; the count wraps, as an Int32 does. */
  readonly sent: number;
}

/** What a session may put on the iopub channel besides streams. */
export type Published =
  | "display_data"
  | "update_display_data"
  | "clear_output"
  | "error"
  | "comm_open"
  | "comm_msg"
  | "comm_close";

/** What a message may carry besides its content. */
export interface Extra {
  readonly metadata?: Content;
  readonly buffers?: readonly Uint8Array[];
}

/** The cells of the shared memory, as indices of an Int32Array. */
export const Shared = {
  /** How much output the wire worker has taken, as {@link Counted} counts it. */
  taken: 0,
  /** Whether an answer to `prompt()` is there; one of {@link Answer}. */
  answer: 1,
  length: 2,
} as const;

export const Answer = { waiting: 0, given: 1, interrupted: 2 } as const;

/** What the wire worker is started with. */
export interface WireData {
  readonly connection: Connection;
  /** What tells this run of the kernel from the next one. */
  readonly sessionId: string;
  /** Whether the session lets a debugger in. */
  readonly hasDebugger: boolean;
  readonly shared: Int32Array;
  /** Where the help menu leads. */
  readonly documentation: string | undefined;
  /** The way to the session. */
  readonly session: MessagePort;
  /** The way to the session while it waits for an answer to `prompt()`. */
  readonly answers: MessagePort;
  /** The way to the language worker. */
  readonly language: MessagePort;
}
