/** Training in a notebook: what it displays, and how often. */
import { beforeEach, expect, test, vi } from "vitest";
import { gb, type History, ones, plot, sgd, type Tensor, tensor } from "../../src/index.ts";
import { connectHost, type DisplayOptions } from "../../src/session.ts";

interface Shown {
  readonly at: number;
  readonly id: string | undefined;
  readonly svg: string;
  readonly text: string;
  readonly kinds: readonly string[];
}

const shown: Shown[] = [];
/** What was said besides: nothing by a training, whatever other files of this process say after it. */
const remarks: string[] = [];

connectHost({
  display(value: unknown, { id }: DisplayOptions) {
    const bundle = (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]();
    // What is asked of it waits for the end of a test: other files of this process show things, too.
    shown.push({
      at: Date.now(),
      id,
      svg: bundle["image/svg+xml"],
      text: bundle["text/plain"],
      kinds: Object.keys(bundle),
    });
  },
  clearOutput() {
    throw new Error("A training clears nothing");
  },
  note: (text) => void remarks.push(text),
});

beforeEach(() => {
  shown.length = 0;
  remarks.length = 0;
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
  return () => {
    vi.useRealTimers();
    for (const { kinds } of shown) expect(kinds).toEqual(["image/svg+xml", "text/plain"]);
    expect(remarks).toEqual([]);
  };
});

/** Trains for some epochs of two steps, each of which takes `ms` milliseconds. */
function train(epochs: number, ms: number): void {
  const w = tensor([2]);
  const J = (rows: Tensor) => {
    vi.setSystemTime(Date.now() + ms);
    return rows.mul(w).square().mean();
  };
  gb.fit(J, [ones(4, 1)], sgd([w], { learningRate: 0.01 }), { epochs, batchSize: 2 });
}

test("a training updates one display in place, another training another, at the same time too", () => {
  train(20, 0);
  const ids = new Set(shown.map(({ id }) => id));
  train(20, 0);
  expect(ids.size).toBe(1);
  expect(new Set(shown.map(({ id }) => id)).size).toBe(2);
});

test("it is shown from the start on, at most ten times a second, and at the end in any case", () => {
  train(20, 30); // 40 steps, 1.2 seconds
  const times = shown.map(({ at }) => at - 1_000_000);
  // Every fourth step is 120 ms later; the last of them is the end, which is shown again, as over.
  expect(times).toEqual([0, 120, 240, 360, 480, 600, 720, 840, 960, 1080, 1200, 1200]);
});

test("a training that is over at once shows its start and its end", () => {
  train(3, 0);
  expect(shown.map(({ text }) => text.split("\n")[0])).toEqual([
    "░░░░░░░░░░░░░░░░░░░░░░░░  epoch 1 of 3   up: loss, right: epoch",
    "████████████████████████  3 epochs, loss 3.3357   up: loss, right: epoch",
  ]);
});

test("inside a long epoch it moves on too", () => {
  train(1, 500);
  expect(shown.map(({ text }) => text.split("  ")[0])).toEqual([
    "░░░░░░░░░░░░░░░░░░░░░░░░",
    "████████████░░░░░░░░░░░░",
    "████████████████████████",
    "████████████████████████",
  ]);
});

test("the axis grows with the curve, to the length of the whole training", () => {
  train(100, 30);
  const ends = shown.map(({ text }) => Number(text.trimEnd().split(/\s+/).at(-1)));
  expect(ends[0]).toBe(10);
  expect(ends.at(-1)).toBe(100);
  expect(ends).toEqual(ends.toSorted((a, b) => a - b));
});

test("what is shown beside the curve is made anew at most twice a second, in one place, and at the end", () => {
  const w = tensor([2]);
  const J = (rows: Tensor) => {
    vi.setSystemTime(Date.now() + 150);
    return rows.mul(w).square().mean();
  };
  const seen: number[] = [];
  const show = ({ losses }: History) => {
    seen.push(losses.length);
    return plot({ curve: losses });
  };
  gb.fit(J, [ones(4, 1)], sgd([w], { learningRate: 0.01 }), { epochs: 12, batchSize: 4, show });
  expect(seen).toEqual([1, 5, 9, 12]);
  const beside = shown.filter(({ id }) => id?.endsWith(" beside"));
  expect(beside).toHaveLength(4);
  expect(new Set(beside.map(({ id }) => id)).size).toBe(1);
});

test("the text shows the loss curve that the SVG shows", () => {
  train(30, 10);
  const { svg, text } = shown.at(-1) as Shown;
  expect(text).toMatchInlineSnapshot(`
    "████████████████████████  30 epochs, loss 0.3764   up: loss, right: epoch
    4 ┤  •
      │    •
      │      •
      │        •
      │          •
      │            •
      │              • •
    2 ┤                  •
      │                    • •
      │                        • •
      │                            • • •
      │                                  • • • •
      │                                          • • • • •
      │                                                    • • • ••
    0 ┤
      └────────────────────────────────────────────────────────────
       0         5        10        15        20        25       30"
  `);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /);
  expect(svg).toContain("30 epochs, loss ");
  expect(svg).toContain('fill="#ffffff"/>'); // its own background
  expect(svg.match(/[ML][\d.]+ [\d.]+/g)?.length).toBeGreaterThanOrEqual(30);
});

test("what is still to come is shaded", () => {
  train(4, 100);
  const shades = shown.map(
    ({ svg }) => /<rect x="([\d.]+)" y="34" width="([\d.]+)"[^>]*fill="#e3e7eb"/.exec(svg)?.[2],
  );
  expect(shades[0]).toBe("412");
  expect(shades[4]).toBe("206");
  expect(shades.at(-1)).toBeUndefined();
});
