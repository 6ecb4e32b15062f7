import { beforeAll, describe, expect, test } from "vitest";
import type { Message, Ran } from "./client.ts";
import { pause, resultOf, useKernel } from "./kernel.ts";

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
    const ran = await kernel().run('built = 0; const last = loop("a", 450); [last, built]');
    const values = shownBy(ran, "a");
    const [last, built] = JSON.parse(resultOf(ran) ?? "");
    expect(last).toBeGreaterThan(100);
    expect(values[0]).toBe("0");
    expect(values.at(-1)).toBe(String(last));
    expect(values.length).toBeGreaterThan(3);
    expect(values.length).toBeLessThanOrEqual(6);
    // The last one is built after the cell's own code.
    expect(built).toBe(values.length - 1);
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
    expect(values.length).toBeLessThan(15);
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

test("Other values are shown each time, as they are at that moment", async () => {
  const ran = await kernel().run(
    'const list: number[] = []; for (let i = 0; i < 20; i++) { list.push(i); display(list.length, { id: "i" }) }',
  );
  expect(shownBy(ran, "i")).toEqual(Array.from({ length: 20 }, (_, i) => String(i + 1)));
});
