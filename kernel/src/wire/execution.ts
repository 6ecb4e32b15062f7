/** Runs the cells that front ends send. */

import type { Cell, Content, Failure, Outcome, StopReason } from "../bridge.ts";
import type { Debugging } from "../debug/debugging.ts";
import type { Runs } from "../debug/scripts.ts";
import type { Compilation, Language } from "../language/protocol.ts";
import type { History } from "./history.ts";
import type { Iopub } from "./iopub.ts";
import type { Message } from "./message.ts";
import type { Job, Queue } from "./queue.ts";
import type { ContentOf } from "./schema.ts";
import type { SessionLink } from "./session-link.ts";

/** What running cells needs of the rest of the wire worker. */
export interface Surroundings {
  readonly iopub: Pick<Iopub, "publish">;
  readonly language: Language;
  readonly session: Pick<SessionLink, "globals" | "interrupt" | "lost" | "ready" | "run" | "skip">;
  readonly history: History;
  readonly queue: Queue;
  /** Where there is a debugger. */
  readonly debugging?: Pick<Debugging, "prepare" | "release">;
  /** Answers a request on the channel it came by. */
  readonly reply: (request: Message, content: Content) => void;
}

type Request = ContentOf<"execute_request">;

/** A cell that ran, or runs: its later output still belongs to it. */
interface Run {
  readonly request: Message;
  readonly silent: boolean;
  readonly source: string;
  readonly count: number;
}

const INTERRUPTED: Outcome = failed(
  "Interrupted",
  "The cell was stopped before it ran; the session and its variables are still there",
);

export class Execution {
  readonly #around: Surroundings;
  readonly #runs: Run[] = [];
  #count = 0;
  #current: { id: number; phase: "compiling" | "running"; interrupted: boolean } | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** The request that a cell's output answers; none when the cell runs silently. */
  audience(cell: number): Message | undefined {
    const run = this.#runs[cell];
    return run.silent ? undefined : run.request;
  }

  /** The request that started a cell. */
  origin(cell: number): Message {
    return this.#runs[cell].request;
  }

  /** The request of the cell at work. */
  get current(): Message | undefined {
    return this.#current && this.#runs[this.#current.id].request;
  }

  /** The text of each run of a cell, and the number beside it. */
  get runs(): Runs {
    const all = this.#runs;
    return {
      get count() {
        return all.length;
      },
      of: (run) => all[run] && { source: all[run].source, count: all[run].count },
    };
  }

  /** The cell runs when all that was sent before it is done. */
  add(request: Message): void {
    this.#around.queue.add({
      request,
      run: () => this.#execute(request),
      turnDown: () => this.#around.reply(request, { status: "aborted", execution_count: this.#count }),
    });
  }

  /** Stops the cell at work, and code of earlier cells that keeps the main thread. */
  async interrupt(reason: StopReason = "person"): Promise<void> {
    const running = this.#current?.phase === "running" ? this.#current : undefined;
    if (this.#current && (running || reason === "person")) this.#current.interrupted = true;
    // TypeScript ends soon, and its state is worth keeping; it is not what fills the heap of cells.
    if (this.#current && !running && reason === "person") return;
    const over = this.#around.session.interrupt(running?.id, reason);
    await Promise.all([over, this.#around.debugging?.release(over)]);
  }

  /** Runs a cell; returns the cells that are not to run because it failed. */
  async #execute(request: Message): Promise<readonly Job[]> {
    const { iopub, history, queue, reply } = this.#around;
    const { code: source, silent, store_history, user_expressions } = contentOf(request);
    if (!silent) {
      if (store_history !== false) {
        this.#count += 1;
        history.add(this.#count, source, contentOf(request).allow_stdin === true);
      }
      iopub.publish("execute_input", { code: source, execution_count: this.#count }, request);
    }
    const outcome = await this.#run(source, request, Boolean(silent));
    if (!silent) this.#show(outcome, request);
    if (outcome.status === "ok") {
      reply(request, {
        status: "ok",
        execution_count: this.#count,
        user_expressions: await this.#evaluate(user_expressions, request),
        payload: [],
      });
      return [];
    }
    // Before the reply: what a client sends once it knows of the failure must run.
    const victims = contentOf(request).stop_on_error === false ? [] : await queue.takeDependents();
    reply(request, { status: "error", execution_count: this.#count, ...outcome.failure });
    return victims;
  }

  #show(outcome: Outcome, request: Message): void {
    const { iopub, history } = this.#around;
    if (outcome.status === "error") {
      if (!outcome.isTold) iopub.publish("error", { ...outcome.failure }, request);
    } else if (outcome.result) {
      const data = outcome.result;
      if (contentOf(request).store_history !== false) history.setOutput(String(data["text/plain"] ?? ""));
      iopub.publish(
        "execute_result",
        { execution_count: this.#count, data, metadata: {}, transient: {} },
        request,
      );
    }
  }

  /** Compiles and runs one piece of code. */
  async #run(source: string, request: Message, silent: boolean): Promise<Outcome> {
    const { language, session } = this.#around;
    const id = this.#runs.push({ request, silent, source, count: this.#count }) - 1;
    const current = { id, phase: "compiling" as "compiling" | "running", interrupted: false };
    this.#current = current;
    try {
      const [compilation] = await Promise.all([compile(language, source, id, session), session.ready]);
      if ("status" in compilation) return current.interrupted ? INTERRUPTED : compilation;
      const cell = this.#cell(id, source, request);
      if (current.interrupted) {
        await session.skip(cell, compilation);
        return INTERRUPTED;
      }
      if (compilation.ok) await this.#around.debugging?.prepare(id, source, compilation.cell);
      current.phase = "running";
      return await session.run(cell, compilation);
    } finally {
      this.#current = undefined;
    }
  }

  #cell(id: number, source: string, request: Message): Cell {
    const cellId = typeof request.metadata.cellId === "string" ? request.metadata.cellId : undefined;
    return {
      id,
      count: this.#count,
      source,
      // JupyterLab names the notebook cell; where a front end does not, the same text is the same cell.
      place: cellId ?? source,
      cellId,
      allowInput: contentOf(request).allow_stdin === true,
    };
  }

  /** The values of the expressions that a front end wants to know after the cell. */
  async #evaluate(expressions: Request["user_expressions"], request: Message): Promise<Content> {
    const values: Content = {};
    for (const [name, source] of Object.entries(expressions ?? {})) {
      const outcome = await this.#run(source, request, true);
      values[name] =
        outcome.status === "ok"
          ? { status: "ok", data: outcome.result ?? {}, metadata: {} }
          : { status: "error", ...outcome.failure };
    }
    return values;
  }
}

const TOO_DEEP =
  "Cannot compile this cell: it is nested more deeply, or its chain of operators or calls is longer, than the compiler " +
  "can follow. Give parts of it names, use a loop, or read long data from a file.";

/** What the schema has let in. */
function contentOf(request: Message): Request {
  return request.content as unknown as Request;
}

async function compile(
  language: Language,
  source: string,
  cell: number,
  { lost, globals }: Pick<SessionLink, "lost" | "globals">,
): Promise<Compilation | Outcome> {
  try {
    return await language.compile(source, cell, lost, globals);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason.includes("Maximum call stack size exceeded")) return failed("CodeTooDeep", TOO_DEEP);
    return failed("TypeScriptStopped", reason);
  }
}

function failed(ename: string, evalue: string): Outcome {
  const failure: Failure = { ename, evalue, traceback: [`${ename}: ${evalue}`] };
  return { status: "error", failure };
}
