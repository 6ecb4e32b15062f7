/** When a heap counts as full. */

import { expect, test } from "vitest";
import { MemoryWatch } from "../../kernel/src/wire/memory-watch.ts";

const GB = 1e9;
const YOUNG = 192 * 2 ** 20;

/** A process whose heap has room for 10 GB of objects that stay; how often something was stopped in it. */
function watched(): { stops: number; used: number; look(used: number, left?: number): Promise<number> } {
  const state = {
    stops: 0,
    used: 0,
    /** Looks when the objects take so many bytes; a stop leaves some of them. */
    async look(used: number, left = used): Promise<number> {
      state.used = used;
      leaves = left;
      await watch.look({ process: used + GB, available: 10 * GB, total: 20 * GB });
      return state.stops;
    },
  };
  let leaves = 0;
  const watch = new MemoryWatch({
    limit: 10 * GB + YOUNG,
    used: async () => state.used,
    stop: async () => {
      state.stops += 1;
      state.used = leaves;
    },
  });
  return state;
}

test("A heap is full at seven tenths, and after a stop at two thirds of what was free then", async () => {
  const process = watched();
  expect(await process.look(6.9 * GB)).toBe(0);
  expect(await process.look(7.3 * GB)).toBe(1);
  // Nothing was freed: what does not grow goes on, up to 9.1 GB.
  expect(await process.look(7.3 * GB)).toBe(1);
  expect(await process.look(9.0 * GB)).toBe(1);
  expect(await process.look(9.2 * GB)).toBe(2);
  expect(await process.look(9.7 * GB)).toBe(2);
  // Much was freed: all is as it was.
  expect(await process.look(0)).toBe(2);
  expect(await process.look(6.9 * GB)).toBe(2);
  expect(await process.look(7.2 * GB, 0.1 * GB)).toBe(3);
  expect(await process.look(7.2 * GB)).toBe(4);
});

test("V8 is asked once at a time, and not where the whole process is small", async () => {
  let asked = 0;
  let answer: (used: number) => void = () => {};
  const watch = new MemoryWatch({
    limit: 10 * GB + YOUNG,
    used: () => {
      asked += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    stop: async () => {},
  });
  const memory = { available: 10 * GB, total: 20 * GB };
  await watch.look({ ...memory, process: 6.9 * GB });
  expect(asked).toBe(0);
  const first = watch.look({ ...memory, process: 9 * GB });
  await watch.look({ ...memory, process: 9 * GB });
  expect(asked).toBe(1);
  answer(0);
  await first;
  void watch.look({ ...memory, process: 9 * GB });
  expect(asked).toBe(2);
});

test("What takes the machine's memory is stopped, and again only when it has grown", async () => {
  let stops = 0;
  const watch = new MemoryWatch({
    limit: 100 * GB,
    used: async () => 0,
    stop: async () => {
      stops += 1;
    },
  });
  const look = (process: number, available: number) => watch.look({ process, available, total: 20 * GB });
  await look(18 * GB, 2 * GB);
  expect(stops).toBe(0);
  await look(7 * GB, 0.5 * GB); // others have it
  expect(stops).toBe(0);
  await look(18 * GB, 0.5 * GB);
  expect(stops).toBe(1);
  await look(18.2 * GB, 0.5 * GB);
  expect(stops).toBe(1);
  await look(18.8 * GB, 0.5 * GB);
  expect(stops).toBe(2);
});
