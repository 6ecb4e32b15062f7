import { beforeAll, describe, expect, test } from "vitest";
import type { Message, Ran } from "./client.ts";
import { pause, resultOf, tenASecond, useKernel } from "./kernel.ts";

const kernel = useKernel();

// Counts how often a bundle is built, as that is what costs.
beforeAll(() =>
  kernel().run(`
    let built = 0;
    const live = (n: number) => ({
      [Symbol.for("gradbook.live")]: true,
      [Symbol.for("Jupyter.display")]: () => { built += 1; return { "text/plain": String(n) } },
    });
    const loop = (id: string, ms: number, then = () => {}) => {
      const end = Date.now() + ms;
      let n = 0;
      for (; Date.now() < end; n++) { display(live(n), { id }); }
      then();
      return n - 1;
    };
  `),
);

const shown = (messages: readonly Message[], id: string): string[] =>
  messages
    .filter(({ type, content }) => type.includes("display_data") && content.transient.display_id === id)
    .map(({ content }) => content.data["text/plain"]);

/** What a cell showed under an id. */
const shownBy = ({ published }: Ran, id: string): string[] => shown(published, id);

describe("A live value that is displayed again and again under one id", () => {
  test("is shown at once, then ten times a second at most, and the last time always", async () => {
    const ran = await kernel().run('built = 0; loop("a", 450)');
    const values = shownBy(ran, "a");
    const last = Number(resultOf(ran));
    expect(last).toBeGreaterThan(100);
    expect(values[0]).toBe("0");
    expect(values.at(-1)).toBe(String(last));
    expect(values.length).toBeGreaterThan(2);
    expect(values.length).toBeLessThanOrEqual(tenASecond(ran.published));
    expect(resultOf(await kernel().run("built"))).toBe(String(values.length));
    expect(ran.published.map(({ type }) => type).slice(-2)).toEqual([
      "update_display_data",
      "execute_result",
    ]);
  });

  test("is shown a last time when the cell throws, before the error", async () => {
    const ran = await kernel().run(
      'loop("b", 150, () => { display(live(-1), { id: "b" }); throw new Error("x") })',
    );
    expect(shownBy(ran, "b").at(-1)).toBe("-1");
    expect(ran.published.map(({ type }) => type).slice(-2)).toEqual(["update_display_data", "error"]);
  });

  test("is shown a last time when the cell is interrupted", async () => {
    const running = kernel().run(
      'loop("c", 250, () => { display(live(-1), { id: "c" }); display(live(-2), { id: "c" }); while (true) {} })',
    );
    await pause(600);
    await kernel().interrupt();
    const ran = await running;
    expect(ran.reply.ename).toBe("Interrupted");
    expect(shownBy(ran, "c").at(-1)).toBe("-2");
    expect(ran.published.at(-1)?.type).toBe("error");
  });

  test("is shown while the cell waits", async () => {
    const seen = kernel().published(({ content }) => content.data?.["text/plain"] === "2");
    const running = kernel().run(
      'for (const n of [0, 1, 2]) display(live(n), { id: "d" })\nawait new Promise((done) => setTimeout(done, 500))\n7',
    );
    await seen;
    expect(shown(kernel().heard, "d")).toEqual(["0", "2"]);
    const ran = await running;
    expect(shownBy(ran, "d")).toEqual(["0", "2"]);
    expect(resultOf(ran)).toBe("7");
  });

  test("is shown at its cell by a timer that goes on after it", async () => {
    const last = kernel().published(({ content }) => content.data?.["text/plain"] === "49");
    const ran = await kernel().run(
      'let n = 0\nconst beat = setInterval(() => { display(live(n), { id: "e" }); if (n++ === 49) clearInterval(beat) }, 5)',
    );
    const message = await last;
    expect(message.parent.msg_id).toBe(ran.published[0].parent.msg_id);
    const values = shown(kernel().heard, "e");
    expect(values[0]).toBe("0");
    expect(values.length).toBeLessThanOrEqual(tenASecond([...ran.published, message]));
    await pause(150);
    expect(shown(kernel().heard, "e")).toEqual(values);
  });

  test("is shown anew when its cell runs again", async () => {
    const code = 'display(live(1), { id: "f" }); display(live(2), { id: "f" })';
    for (let time = 0; time < 2; time++) {
      const ran = await kernel().run(code, {}, { cellId: "one cell" });
      expect(ran.published.map(({ type }) => type)).toEqual([
        "execute_input",
        "display_data",
        "update_display_data",
      ]);
    }
  });

  test("does not come after a newer value of another kind", async () => {
    const ran = await kernel().run(
      'for (const n of [0, 1]) display(live(n), { id: "g" })\ndisplay("done", { id: "g" })\nawait new Promise((done) => setTimeout(done, 150))',
    );
    expect(shownBy(ran, "g")).toEqual(["0", "'done'"]);
  });

  test("fails its cell when it cannot be displayed", async () => {
    const broken =
      '{ [Symbol.for("gradbook.live")]: true, [Symbol.for("Jupyter.display")]: () => { throw new Error("no picture") } }';
    const ran = await kernel().run(`display(live(0), { id: "h" }); display(${broken}, { id: "h" }); 1`);
    expect(ran.reply.evalue).toBe("no picture");
  });
});

describe("A live value that takes its time to be made", () => {
  beforeAll(() =>
    kernel().run(`
      import { stat } from "node:fs/promises";
      let making = 0, most = 0;
      const sleep = (ms: number) => () => new Promise((done) => setTimeout(done, ms));
      const disk = () => stat(".");
      const slow = (n: number, wait = sleep(60)) => ({
        [Symbol.for("gradbook.live")]: true,
        [Symbol.for("Jupyter.display")]: async () => {
          most = Math.max(most, ++making);
          await wait();
          making -= 1;
          return { "text/plain": String(n) };
        },
      });
    `),
  );

  test("is made one at a time, and the last one comes before the cell's value", async () => {
    const ran = await kernel().run('for (let n = 0; n < 1000; n++) display(slow(n), { id: "s" })\n5');
    expect(shownBy(ran, "s")).toEqual(["0", "999"]);
    expect(ran.published.map(({ type }) => type)).toEqual([
      "execute_input",
      "display_data",
      "update_display_data",
      "execute_result",
    ]);
    expect(resultOf(await kernel().run("most"))).toBe("1");
  });

  test.each([
    ["throws", "throw new Error('x')"],
    ["is interrupted", "while (true) {}"],
  ])("is shown a last time when the cell %s", async (how, end) => {
    const running = kernel().run(
      `display(slow(0, disk), { id: "${how}" }); display(slow(1, disk), { id: "${how}" }); ${end}`,
    );
    if (how === "is interrupted") {
      await pause(300);
      await kernel().interrupt();
    }
    const ran = await running;
    expect(shownBy(ran, how)).toEqual(["0", "1"]);
    expect(ran.published.at(-1)?.type).toBe("error");
  });

  test("does not keep an interrupted cell that is never done", async () => {
    const running = kernel().run(
      'display(slow(0, sleep(1e6)), { id: "n" }); display(slow(1), { id: "n" })\nawait new Promise(() => {})',
    );
    await pause(300);
    await kernel().interrupt();
    expect((await running).reply.ename).toBe("Interrupted");
  });

  test("tells what is wrong with it, also when its cell has ended", async () => {
    const fail = "async () => { await null; throw new Error('no slow picture') }";
    const broken = `{ [Symbol.for("gradbook.live")]: true, [Symbol.for("Jupyter.display")]: ${fail} }`;
    const now = await kernel().run(`display(slow(0), { id: "p" }); display(${broken}, { id: "p" })`);
    expect(now.reply.evalue).toBe("no slow picture");
    const told = kernel().published(({ type }) => type === "error");
    await kernel().run(`setTimeout(() => display(${broken}, { id: "p" }), 20)`);
    expect((await told).content.evalue).toBe("no slow picture");
  });

  test("is not overtaken by what is displayed after it", async () => {
    const ran = await kernel().run('display(slow(0), { id: "o" }); display("next", { id: "o" })');
    expect(shownBy(ran, "o")).toEqual(["0", "'next'"]);
  });
});

test("Other values are shown each time, as they are at that moment", async () => {
  const ran = await kernel().run(
    'const list: number[] = []; for (let i = 0; i < 20; i++) { list.push(i); display(list.length, { id: "i" }) }',
  );
  expect(shownBy(ran, "i")).toEqual(Array.from({ length: 20 }, (_, i) => String(i + 1)));
});
