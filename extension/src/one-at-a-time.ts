/** Keeps questions from piling up: one is under way, and of those that came meanwhile the last one follows. */

/** Runs one task at a time. A task asked for while another runs takes the place of the one that waits. */
export class OneAtATime {
  #isRunning = false;
  #next: (() => Promise<void>) | undefined;

  /** Runs `task` now, or after the one under way unless a later one takes its place. Tasks must not reject. */
  async run(task: () => Promise<void>): Promise<void> {
    if (this.#isRunning) {
      this.#next = task;
      return;
    }
    this.#isRunning = true;
    try {
      await task();
    } finally {
      this.#isRunning = false;
    }
    const next = this.#next;
    this.#next = undefined;
    if (next) await this.run(next);
  }
}
