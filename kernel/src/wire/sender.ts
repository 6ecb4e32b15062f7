/** Sends on a socket one message after the other. */

import { log } from "./log.ts";

/** The part of a zeromq socket that a sender needs. */
export interface Writable {
  send(frames: Buffer[]): Promise<void>;
}

/** How many messages may wait before whoever makes more of them should wait, too. */
const MANY = 100;

/**
 * A queue in front of a socket.
 *
 * zeromq allows one send at a time, throws EBUSY on a second one and answers the first 512 of a turn at
 * once, so that code which does not wait seems to work until a cell prints much.
 */
export class Sender {
  readonly #socket: Writable;
  #queue: Buffer[][] = [];
  #draining: Promise<void> | undefined;
  /** How many messages zeromq has not taken. */
  #waiting = 0;

  constructor(socket: Writable) {
    this.#socket = socket;
  }

  send(frames: Buffer[]): void {
    this.#queue.push(frames);
    this.#waiting += 1;
    this.#draining ??= this.#drain();
  }

  /** Whether many messages wait. */
  get isBehind(): boolean {
    return this.#waiting > MANY;
  }

  /** Resolves when few messages wait. */
  async room(): Promise<void> {
    if (this.isBehind) await this.#draining;
  }

  /** Resolves when everything sent so far is in zeromq's hands. */
  async flushed(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      for (const frames of batch) await this.#deliver(frames);
    }
    this.#draining = undefined;
  }

  /** A message that zeromq does not take must not keep back those behind it. */
  async #deliver(frames: Buffer[]): Promise<void> {
    try {
      await this.#socket.send(frames);
    } catch (error) {
      log(error);
    }
    this.#waiting -= 1;
  }
}
