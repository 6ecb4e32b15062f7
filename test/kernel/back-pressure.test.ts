/** Printing waits for the wire, so that a cell in a loop does not fill the memory; without a clock, by who waits. */

import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { type FromSession, Shared } from "../../kernel/src/bridge.ts";

/** The most that may be on its way (output.ts), and the size of one text; each message counts a little more. */
const BACKLOG = 4_000_000;
const TEXT = 10_000;
const EACH = 100;
/** How many texts a cell prints: five times what may be on its way. */
const TEXTS = 2000;

/** Prints on a thread of its own, as a cell does, and says when it is done. */
const PRINTER = `
const { parentPort, workerData } = require("node:worker_threads");
const load = (name) => import(new URL("session/" + name, workerData.kernel));
Promise.all([load("output.js"), load("context.js")]).then(([{ Output }, { runAs, runningCell }]) => {
  const output = new Output(parentPort, workerData.shared);
  const cell = runningCell({ id: 1 }, undefined, () => {});
  runAs(cell, () => {
    for (let i = 0; i < ${TEXTS}; i++) output.print("stdout", "x".repeat(${TEXT}));
  });
  parentPort.postMessage({ type: "done" });
});
`;

test("A cell that prints faster than the wire reads waits, and goes on when the wire has read", async () => {
  const shared = new Int32Array(new SharedArrayBuffer(Shared.length * Int32Array.BYTES_PER_ELEMENT));
  const kernel = new URL("../../kernel/dist/", import.meta.url).href;
  const printer = new Worker(PRINTER, { eval: true, workerData: { shared, kernel } });
  try {
    let arrived = 0;
    let sent = 0;
    let isDone = false;
    printer.on("message", (message: FromSession) => {
      if (message.type === "stream") {
        arrived += message.text.length;
        sent = message.sent;
      } else isDone = true;
    });
    // Of those whom a call wakes, there is one as soon as the printer waits; woken for nothing, it waits again.
    const isWaiting = () => Atomics.notify(shared, Shared.taken) > 0;
    await expect.poll(() => isDone || isWaiting(), { timeout: 60_000 }).toBe(true);
    expect(isDone).toBe(false);
    expect(sent).toBeLessThanOrEqual(BACKLOG + TEXT + EACH);

    const relieve = () => {
      Atomics.store(shared, Shared.taken, sent);
      Atomics.notify(shared, Shared.taken);
      return isDone;
    };
    await expect.poll(relieve, { timeout: 60_000 }).toBe(true);
    expect(arrived).toBe(TEXTS * TEXT);
  } finally {
    await printer.terminate();
  }
});
