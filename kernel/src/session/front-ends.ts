/** Lets the library answer what front ends ask about its graphs, between cells. */

import { answerFrontEnd } from "gradbook/session";
import type { Content } from "../bridge.ts";
import type { Output } from "./output.ts";
import { nextTurn } from "./own-timers.ts";

/** The most characters that an answer may have as JSON; a million numbers fit. */
const MOST = 24_000_000;

export class FrontEnds {
  readonly #output: Output;
  /** The request that is being answered. */
  #current: { readonly number: number; readonly request: Content } | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Answers the request with this number; the wire worker sends one at a time. */
  receive(number: number, request: Content): void {
    const current = { number, request };
    this.#current = current;
    nextTurn(() => {
      if (this.#current !== current) return; // interrupted before it began
      const json = answerTo(request);
      this.#current = undefined;
      this.#tell(number, json);
    });
  }

  /** Gives up the request that is being answered. */
  interrupt(): void {
    const current = this.#current;
    if (!current) return;
    this.#current = undefined;
    this.#tell(current.number, failure(current.request, "The request was stopped"));
  }

  #tell(number: number, json: string): void {
    this.#output.tell({ type: "answer", number, json });
  }
}

function answerTo(request: Content): string {
  try {
    const json =
      JSON.stringify(answerFrontEnd(request)) ?? failure(request, "There is no answer to this request");
    if (json.length <= MOST) return json;
    return failure(
      request,
      `Cannot send an answer of ${json.length} characters: it may have ${MOST} at most`,
    );
  } catch (error) {
    return failure(request, error instanceof Error ? error.message : String(error));
  }
}

function failure({ request = null }: Content, message: string): string {
  return JSON.stringify({ type: "error", request, message });
}
