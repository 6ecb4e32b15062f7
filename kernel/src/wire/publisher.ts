/** Sends to all subscribers at once: at the pace of the slowest that reads, and past one that does not. */

import type { XPublisher } from "zeromq";
import { log } from "./log.ts";
import type { Writable } from "./sender.ts";

/** How many messages may wait for one subscriber; a message of printed text has some 100,000 characters at most. */
const WAITING = 300;
/** How long in ms a subscriber may leave no room before it misses messages. */
const PATIENCE = 5000;
/** How often in ms it is asked whether there is room. */
const PERIOD = 5;

/** What a socket must be made with that a publisher sends on. */
export const publishing: { readonly sendHighWaterMark: number; readonly noDrop: boolean } = {
  sendHighWaterMark: WAITING,
  noDrop: true,
};

/** The sending half of the iopub socket. */
export class Publisher implements Writable {
  readonly #socket: XPublisher;
  #patience: number;

  constructor(socket: XPublisher, patience: number = PATIENCE) {
    this.#socket = socket;
    this.#patience = patience;
  }

  /** From now on waits for nobody, as the kernel is about to end. */
  hurry(): void {
    this.#patience = 0;
  }

  async send(frames: Buffer[]): Promise<void> {
    const start = performance.now();
    while (!(await this.#isTaken(frames))) {
      if (performance.now() - start < this.#patience) await pause(PERIOD);
      else return this.#leaveBehind(frames);
    }
  }

  /** Whether there was room for a message at every subscriber, each of which then has it. */
  async #isTaken(frames: Buffer[]): Promise<boolean> {
    try {
      await this.#socket.send(frames);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return false;
      throw error;
    }
  }

  /** Sends to those who have room; zeromq then passes over the others until they have read half of what waits. */
  async #leaveBehind(frames: Buffer[]): Promise<void> {
    log(`A front end has not read for ${this.#patience} ms: it misses messages until it reads again`);
    this.#socket.noDrop = false;
    try {
      await this.#socket.send(frames);
    } finally {
      this.#socket.noDrop = true;
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
