import { describe, expect, test } from "vitest";
import { activity, quiet } from "../../kernel/src/session/afterwards.ts";
import { runningCell } from "../../kernel/src/session/context.ts";
import { resultOf, tracebackOf, useKernel } from "./kernel.ts";

const kernel = useKernel();

const CELL = { id: 0, count: 1, source: "", place: "", cellId: undefined, allowInput: false };

const SLEEP = 'import { setTimeout as sleep } from "node:timers/promises";';

/** Ways of starting something that a cell does not wait for, with what is done then as `then()`. */
const STARTS: Record<string, string> = {
  "a timer": "setTimeout(() => then(), 20)",
  "an immediate": "setImmediate(() => then())",
  "a microtask": "queueMicrotask(() => then())",
  "the next tick": ";(globalThis as any).process.nextTick(() => then())",
  "a promise": "void (async () => { await null; then() })()",
  "a promise after several others":
    "void (async () => { for (let i = 0; i < 50; i++) await null; then() })()",
  "a sleep": `${SLEEP} void sleep(20).then(() => then())`,
  "one timer after another": "setTimeout(() => setTimeout(() => setTimeout(() => then(), 8), 8), 8)",
  "an interval": "const beat = setInterval(() => { clearInterval(beat); then() }, 20)",
  "a file":
    'import { readFile } from "node:fs/promises"; void readFile("connection.json").then(() => then())',
};

// On a machine that is busy with other things, a file may take longer than a cell is kept.
describe.each(Object.entries(STARTS))("What %s does after the code of a cell", { retry: 3 }, (_, start) => {
  test("is printed before the cell is over", async () => {
    const ran = await kernel().run(`const then = () => console.log("then")\n${start}\nconsole.log("code")`);
    expect(ran.reply.status).toBe("ok");
    expect(ran.text()).toBe("code\nthen\n");
  });

  test("is a failure of the cell when it throws, told once and at its line", async () => {
    const ran = await kernel().run(
      `const then = () => {\n  throw new RangeError("too far") }\nconst kept = 1\n${start}\nkept + 1`,
    );
    expect(ran.reply).toMatchObject({ status: "error", ename: "RangeError", evalue: "too far" });
    const errors = ran.published.filter(({ type }) => type === "error").map(({ content }) => content);
    const { ename, evalue, traceback } = ran.reply;
    expect(errors).toEqual([{ ename, evalue, traceback }]);
    expect(tracebackOf(ran)).toMatch(/^> 2 \|/m);
    expect(resultOf(ran)).toBeUndefined();
    expect(resultOf(await kernel().run("kept"))).toBe("1");
  });
});

test.each([
  [
    "waits for it later",
    "const bad = Promise.reject(new Error('x'))\nawait null\ntry { await bad } catch {}",
  ],
  [
    "waits for another one first",
    `${SLEEP}\nconst bad = (async () => { await sleep(5); throw new Error("x") })()\nawait sleep(30)\nawait bad.catch(() => 1)`,
  ],
  ["has nothing to do with the failure", "const bad = Promise.reject(1); bad.catch(() => {})"],
])("A rejected promise is no failure when the cell %s", async (_, code) => {
  const ran = await kernel().run(code);
  expect(ran.reply.status).toBe("ok");
  expect(ran.first("error")).toBeUndefined();
});

test("A rejected promise is told of while its cell still runs, when that takes long", async () => {
  const told = kernel().published(({ type, content }) => type === "error" && content.evalue === "early");
  const running = kernel().run("void Promise.reject(new Error('early'))\nawait new Promise(() => {})");
  await told;
  await kernel().interrupt();
  expect((await running).reply.ename).toBe("Interrupted");
});

test("Every failure is told, and the first one is that of the cell", async () => {
  const ran = await kernel().run(
    "for (const n of [1, 2, 3]) setTimeout(() => { throw new Error('number ' + n) }, 5 * n)",
  );
  expect(ran.reply.evalue).toBe("number 1");
  const errors = ran.published.filter(({ type }) => type === "error").map(({ content }) => content.evalue);
  expect(errors).toEqual(["number 1", "number 2", "number 3"]);
});

test("What is printed late comes before the error of a cell that throws", async () => {
  const ran = await kernel().run("setTimeout(() => console.log('late'), 10)\nthrow new Error('at once')");
  expect(ran.reply.evalue).toBe("at once");
  expect(ran.text()).toBe("late\n");
});

/** The shortest of some runs, as the machine may be busy with other things. */
async function milliseconds(code: string, end = "0"): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 8; run++) {
    const start = performance.now();
    await kernel().run(code);
    shortest = Math.min(shortest, performance.now() - start);
    await kernel().run(end);
  }
  return shortest;
}

describe("A cell is kept", () => {
  /** The shortest time in ms that something is waited for. */
  const waited = async (due: readonly number[], before = activity()) => {
    let shortest = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 10; run++) {
      const start = performance.now();
      const cell = {
        ...runningCell(CELL, undefined, () => {}),
        due: new Map(due.map((ms) => [{}, start + ms])),
      };
      await quiet(cell, before);
      shortest = Math.min(shortest, performance.now() - start);
    }
    return shortest;
  };

  /** How long something that never ends is waited for, in ms. */
  const MOMENT = 50;

  test("for no time when nothing may end soon", async () => {
    expect(await waited([])).toBeLessThan(MOMENT);
    expect(await waited([80, 5000])).toBeLessThan(MOMENT);
  });

  test("for no more than a moment when something never ends", async () => {
    for (const time of [await waited([10]), await waited([], new Map())]) {
      expect(time).toBeGreaterThanOrEqual(MOMENT);
      expect(time).toBeLessThan(10 * MOMENT);
    }
  });

  test("no longer when it is interrupted", async () => {
    const times: number[] = [];
    for (let run = 0; run < 10; run++) {
      const cell = runningCell(CELL, undefined, () => {});
      cell.due.set({}, performance.now());
      const start = performance.now();
      setTimeout(() => {
        cell.interrupted = true;
      }, 5);
      await quiet(cell, activity());
      times.push(performance.now() - start);
    }
    expect(Math.min(...times)).toBeLessThan(MOMENT);
  });
});

test.each([
  ["an interval", "globalThis.beat = setInterval(() => {}, 2)", "clearInterval(globalThis.beat)"],
  [
    "a server",
    'import { createServer } from "node:net"; const server = createServer().listen(0)',
    "server.close()",
  ],
])("A cell that starts %s is kept for a moment only", async (_, code, end) => {
  const plain = await milliseconds("1 + 1");
  const source = code.replaceAll("globalThis.beat", "(globalThis as any).beat");
  const kept = await milliseconds(source, end.replaceAll("globalThis.beat", "(globalThis as any).beat"));
  expect(kept).toBeLessThan(10 * (plain + 50));
});
