/** V8's inspector of the main thread, for a debugger in the wire worker: it answers while the main thread stands still. */

import { type Debugger, Session } from "node:inspector";
import type { Variable } from "./protocol.ts";

/** The global symbol under which the session lets a debugger in (session/debug-door.ts). */
const DOOR = 'globalThis[Symbol.for("gradbook.debugger")]';

/** A value of the main thread: itself, or a handle for it. */
export interface Remote {
  readonly objectId?: string | undefined;
  readonly value?: unknown;
  readonly description?: string | undefined;
  readonly unserializableValue?: string | undefined;
}

interface Evaluated {
  readonly result: Remote;
  readonly exceptionDetails?: { readonly text: string; readonly exception?: Remote };
}

export class Inspector {
  readonly #session = new Session();
  #door: Promise<string> | undefined;

  constructor() {
    this.#session.connectToMainThread();
  }

  onPaused(hear: (event: Debugger.PausedEventDataType) => void): void {
    this.#session.on("Debugger.paused", ({ params }) => hear(params));
  }

  onResumed(hear: () => void): void {
    this.#session.on("Debugger.resumed", hear);
  }

  onScript(hear: (script: Debugger.ScriptParsedEventDataType) => void): void {
    this.#session.on("Debugger.scriptParsed", ({ params }) => hear(params));
  }

  post<Answer = unknown>(method: string, params: object = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#session.post(method, params, (error, answer) => {
        if (error) reject(new Error(error.message));
        else resolve(answer as Answer); // as the inspector's protocol says for this method
      });
    });
  }

  /** Evaluates in a frame of the stopped program; throws what that throws. */
  async evaluate(callFrameId: string, expression: string): Promise<Remote> {
    return resultOf(await this.post("Debugger.evaluateOnCallFrame", { callFrameId, expression }));
  }

  /** Asks the session's door (session/debug-door.ts) for something that can be sent as JSON. */
  async ask<Answer>(method: string, ...values: readonly (Remote | unknown)[]): Promise<Answer> {
    this.#door ??= this.#find();
    const { value } = resultOf(
      await this.post("Runtime.callFunctionOn", {
        objectId: await this.#door,
        functionDeclaration: `function (...values) { return this.${method}(...values); }`,
        arguments: values.map(argumentOf),
        returnByValue: true,
        silent: true,
      }),
    );
    return value as Answer;
  }

  close(): void {
    this.#session.disconnect();
  }

  async #find(): Promise<string> {
    const { objectId } = resultOf(await this.post("Runtime.evaluate", { expression: DOOR }));
    if (objectId === undefined) throw new Error("Cannot debug: the session is not ready yet");
    return objectId;
  }
}

/** What can be said of a variable of the stopped program. */
export type Shown = Omit<Variable, "name">;

function argumentOf(value: Remote | unknown): object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { value };
  const { objectId, unserializableValue, value: plain } = value as Remote;
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value: plain } : { unserializableValue };
}

function resultOf({ result, exceptionDetails }: Evaluated): Remote {
  if (!exceptionDetails) return result;
  const [line] = (exceptionDetails.exception?.description ?? exceptionDetails.text).split("\n");
  throw new Error(line);
}
