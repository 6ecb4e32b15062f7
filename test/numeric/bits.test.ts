import { expect, test, vi } from "vitest";
import * as gb from "../../src/index.ts";
import { withPlainLoops } from "../../src/numeric/machine.ts";
import { BITS, bitsOf } from "./bits.ts";

test("products, functions, reductions and a training run have the bits that they have on every engine", () => {
  expect(bitsOf(gb)).toEqual(BITS);
});

test("they have the same bits without WebAssembly", () => {
  expect(withPlainLoops(() => bitsOf(gb))).toEqual(BITS);
});

test("they have the same bits whatever was in the memory before", () => {
  const asked = vi
    .spyOn(Buffer, "allocUnsafeSlow")
    .mockImplementation((bytes) => Buffer.from(new Uint8Array(bytes).fill(0xff).buffer));
  try {
    expect(bitsOf(gb)).toEqual(BITS);
    expect(asked).toHaveBeenCalled();
  } finally {
    asked.mockRestore();
  }
});
