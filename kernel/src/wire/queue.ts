/** What is done for front ends one after the other, and what they hear about the kernel being busy. */

import type { Iopub } from "./iopub.ts";
import { log } from "./log.ts";
import type { Message } from "./message.ts";

/** A piece of work on the main thread that a message asks for. */
export interface Job {
  readonly request: Message;
  /** Answers the jobs behind it that are turned down because of how it ended. */
  run(): Promise<readonly Job[]>;
  /** Says that the job is skipped since one before it failed; a job without it does not depend on others. */
  readonly turnDown?: () => void;
}

export class Queue {
  readonly #iopub: Pick<Iopub, "status">;
  #waiting: Job[] = [];
  #current: Message | undefined;
  #working = false;

  constructor(iopub: Pick<Iopub, "status">) {
    this.#iopub = iopub;
  }

  add(job: Job): void {
    this.#waiting.push(job);
    if (!this.#working) void this.#work();
  }

  /** Does something at once, alongside the job that may be at work. */
  async aside(request: Message, work: () => void | Promise<void>): Promise<void> {
    this.#iopub.status("busy", request);
    await work();
    this.#iopub.status("idle", request);
    // A front end shows the last status it heard: the job that is still at work must win.
    if (this.#current) this.#iopub.status("busy", this.#current);
  }

  /** Takes the jobs out of the queue that depend on the one at work. */
  async takeDependents(): Promise<Job[]> {
    // Messages that have arrived but were not read yet are read in this pause.
    await new Promise((resolve) => setTimeout(resolve, 1));
    const dependents = this.#waiting.filter(({ turnDown }) => turnDown);
    this.#waiting = this.#waiting.filter(({ turnDown }) => !turnDown);
    return dependents;
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let job = this.#waiting.shift(); job; job = this.#waiting.shift()) {
      const { request } = job;
      this.#current = request;
      this.#iopub.status("busy", request);
      const victims = await job.run().catch((error: unknown) => {
        log(error); // a job that goes wrong must not keep back those behind it
        return [];
      });
      this.#current = undefined;
      this.#iopub.status("idle", request);
      for (const victim of victims) await this.aside(victim.request, () => victim.turnDown?.());
    }
    this.#working = false;
  }
}
