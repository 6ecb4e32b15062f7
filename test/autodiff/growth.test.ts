import { expect, test } from "vitest";
import { mul, sum, type Tensor, tensor } from "../../src/index.ts";
import { connectHost, noticeHoard } from "../../src/session.ts";

test("a loop that keeps its history is noticed once, with the way out; one with assign never", () => {
  const notes: string[] = [];
  connectHost({ display: () => {}, clearOutput: () => {}, note: (text) => notes.push(text) });
  const step = (w: Tensor): Tensor => {
    sum(mul(w, w)).backward();
    return w.sub(w.grad.mul(0.1));
  };

  const parameter = tensor([1, 2]);
  for (let i = 0; i < 100; i++) parameter.assign(step(parameter));
  expect(notes).toEqual([]);

  let growing: Tensor = tensor([1, 2]);
  for (let i = 0; i < 100; i++) growing = step(growing);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(
    /^The record behind J has grown with each of the last 30 backward passes, to \d+ tensors: /,
  );
  expect(notes[0]).toContain("W.assign(W.sub(…))");
});

test("a list of results that keep their records is noticed once by its name; one of numbers never", () => {
  const notes: string[] = [];
  connectHost({ display: () => {}, clearOutput: () => {}, note: (text) => notes.push(text) });
  const losses = Array.from({ length: 100 }, (_, i) => mul(tensor(i), 2));
  noticeHoard("losses", losses);
  noticeHoard("losses", losses);
  noticeHoard(
    "numbers",
    losses.map((loss) => loss.item()),
  );
  noticeHoard(
    "leaves",
    losses.map((loss) => loss.detach()),
  );
  noticeHoard("few", losses.slice(0, 99));
  expect(notes).toEqual([
    "losses holds 100 tensors, each with its record, and so all that they were computed from: " +
      "write losses.push(J.item()) to keep the numbers, or losses.push(J.detach())",
  ]);
});
