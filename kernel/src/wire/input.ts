/** Answers to `prompt()` and `confirm()`: asked over the stdin channel, waited for on the main thread. */

import type { MessagePort } from "node:worker_threads";
import type { Router } from "zeromq";
import { Answer, Shared } from "../bridge.ts";
import type { Codec, Message } from "./message.ts";
import { Sender } from "./sender.ts";

export class Input {
  readonly #codec: Codec;
  readonly #sender: Sender;
  readonly #answers: MessagePort;
  readonly #shared: Int32Array;
  #waiting = false;

  constructor(socket: Router, codec: Codec, answers: MessagePort, shared: Int32Array) {
    this.#codec = codec;
    this.#sender = new Sender(socket);
    this.#answers = answers;
    this.#shared = shared;
  }

  /** Asks the front end that sent `request`. */
  ask(prompt: string, request: Message): void {
    this.#waiting = true;
    const message = this.#codec.create(
      "input_request",
      { prompt, password: false },
      request,
      request.identities,
    );
    this.#sender.send(this.#codec.encode(message));
  }

  /** Hands an `input_reply` to the session. */
  receive(reply: Message): void {
    if (reply.header.msg_type !== "input_reply" || !this.#waiting) return;
    this.#answers.postMessage(reply.content.value ?? "");
    this.#wake(Answer.given);
  }

  /** Gives up a question that is still open. */
  interrupt(): void {
    if (this.#waiting) this.#wake(Answer.interrupted);
  }

  #wake(answer: number): void {
    this.#waiting = false;
    Atomics.store(this.#shared, Shared.answer, answer);
    Atomics.notify(this.#shared, Shared.answer);
  }
}
