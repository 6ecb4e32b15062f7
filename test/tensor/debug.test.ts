import { afterEach, expect, test } from "vitest";
import { debug, div, log, mul, tensor } from "../../src/index.ts";

afterEach(() => debug(false));

test("debug mode stops at the op that makes NaN, and names the entry and the operand", () => {
  const X = tensor([[1, -2]]).as("X");
  expect(log(X).data[1]).toBeNaN();
  debug();
  expect(() => log(X)).toThrow("Cannot go on after log: entry (1, 2) is NaN, from X = -2");
  expect(() => div(tensor(0).as("a"), tensor(0).as("b"))).toThrow(
    "Cannot go on after div: its value is NaN, from a = 0 and b = 0",
  );
});

test("debug mode lets a NaN through that was there before", () => {
  debug();
  expect(mul(tensor([Number.NaN]), 2).data[0]).toBeNaN();
});
