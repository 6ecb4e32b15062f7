/** The keeper of the room in which the tests run: starts it, hands its questions on, and ends it where it hangs. */

import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { CompiledCell, Declared } from "@gradbook/kernel/language/protocol";
import type { Answer } from "../data/data.ts";
import type { FromRoom, RoomOutcome, RoomQuestion, ToRoom } from "./messages.ts";

/** Who answers for the student. */
export type Answering = (question: RoomQuestion) => Promise<unknown>;

/** How long in ms a test may compute by itself; while it waits for the student, the student's limits hold. */
const PATIENCE = 30_000;

const LIMITS = { maxOldGenerationSizeMb: 1024 };

export class Room {
  #worker: Worker | undefined;
  #answers: MessagePort | undefined;
  #shared: Int32Array | undefined;
  /** What has happened in it, to be done again in a new one. */
  #past: ToRoom[] = [];
  #finish: ((outcome: RoomOutcome) => void) | undefined;
  #isNew = true;
  /** Answers the tests' questions. */
  answering: Answering = async () => ({ error: { name: "NoAnswer", message: "There is no student" } });

  /** Starts a notebook. */
  begin(seed: string): void {
    this.#past = [{ type: "begin", seed }];
    this.#isNew = true;
  }

  give(declared: readonly Declared[]): Promise<RoomOutcome> {
    return this.#do({ type: "give", declared });
  }

  run(cell: CompiledCell): Promise<RoomOutcome> {
    return this.#do({ type: "run", cell });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #do(message: ToRoom): Promise<RoomOutcome> {
    if (!this.#worker) await this.#start();
    if (this.#isNew) {
      const [begin, ...past] = this.#past;
      this.#worker?.postMessage(begin);
      this.#isNew = false;
      for (const earlier of past) await this.#turn(earlier);
    }
    const outcome = await this.#turn(message);
    this.#past.push(message);
    return outcome;
  }

  /** One turn of the room, which ends, if by force. */
  async #turn(message: ToRoom): Promise<RoomOutcome> {
    const clock = new Clock(PATIENCE);
    const done = new Promise<RoomOutcome>((resolve) => {
      this.#finish = resolve;
    });
    this.#onQuestion = async (question) => {
      clock.pause();
      const answer = await this.answering(question);
      clock.go();
      return answer;
    };
    if (!this.#worker) await this.#start();
    this.#worker?.postMessage(message);
    clock.go();
    const late = clock.rings.then(async () => {
      await this.close();
      this.#isNew = true;
      const error = { name: "TimeoutError", message: `The test took longer than ${PATIENCE / 1000} s` };
      return { error, shown: [], printed: "", reports: [] };
    });
    const outcome = await Promise.race([done, late]);
    clock.pause();
    return outcome;
  }

  #onQuestion: Answering = async () => undefined;

  #start(): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    const shared = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const worker = new Worker(new URL("./thread.js", import.meta.url), {
      workerData: { shared, answers: port2 },
      transferList: [port2],
      resourceLimits: LIMITS,
      env: {},
      stdout: true,
      stderr: true,
    });
    port1.unref();
    [this.#worker, this.#answers, this.#shared, this.#isNew] = [worker, port1, shared, true];
    return new Promise((resolve, reject) => {
      worker.on("message", (message: FromRoom) => {
        if (message.type === "ready") return resolve();
        if (message.type === "done") return this.#finish?.(message.outcome);
        void this.#onQuestion(message.question).then((answer) => this.#reply(answer as Answer));
      });
      worker.on("error", (error) => {
        reject(error);
        if (this.#worker === worker) this.#worker = undefined;
        this.#isNew = true;
        this.#finish?.({
          error: { name: "Error", message: `The test ended early: ${error.message}` },
          shown: [],
          printed: "",
          reports: [],
        });
      });
    });
  }

  #reply(answer: Answer): void {
    if (!this.#shared) return;
    this.#answers?.postMessage(answer);
    Atomics.store(this.#shared, 0, 1);
    Atomics.notify(this.#shared, 0);
  }
}

/** Rings when it has gone for so long, pauses not counted. */
class Clock {
  readonly rings: Promise<void>;
  #left: number;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #ring: () => void = () => {};

  constructor(ms: number) {
    this.#left = ms;
    this.rings = new Promise((resolve) => {
      this.#ring = resolve;
    });
  }

  go(): void {
    this.#since = performance.now();
    this.#timer ??= setTimeout(this.#ring, Math.max(0, this.#left));
  }

  pause(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#left -= performance.now() - this.#since;
  }
}
