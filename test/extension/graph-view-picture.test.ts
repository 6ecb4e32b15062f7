import fc from "fast-check";
import { expect, test } from "vitest";
import { decorated } from "../../extension/src/graph-view/marking.ts";
import { contained, fitted, opened, revealed, zoomed } from "../../extension/src/graph-view/viewport.ts";
import { mark } from "../../src/picture/index.ts";

const length = fc.double({ min: 50, max: 4000, noNaN: true });
const size = fc.record({ width: length, height: length });
const viewport = fc.record({
  x: fc.double({ min: -2000, max: 2000, noNaN: true }),
  y: fc.double({ min: -2000, max: 2000, noNaN: true }),
  scale: fc.double({ min: 0.1, max: 4, noNaN: true }),
});

test("a picture that fits is whole, in the middle, and a small one somewhat larger than life", () => {
  fc.assert(
    fc.property(size, size, (picture, window) => {
      const { x, y, scale } = fitted(picture, window);
      expect(scale).toBeLessThanOrEqual(1.4);
      expect(x + (scale * picture.width) / 2).toBeCloseTo(window.width / 2, 6);
      expect(y + (scale * picture.height) / 2).toBeCloseTo(window.height / 2, 6);
      if (scale > 0.1) expect(scale * picture.width).toBeLessThanOrEqual(window.width);
    }),
  );
});

test("a picture too large to be read whole opens at its right end, where the result is", () => {
  const { x, scale } = opened({ width: 4000, height: 400 }, { width: 800, height: 400 });
  expect(12.5 * scale).toBeGreaterThanOrEqual(11); // numbers are 12.5 pixels high
  expect(x + scale * 4000).toBeLessThanOrEqual(800);
  expect(x + scale * 4000).toBeGreaterThan(700);
});

test("zooming keeps what is under the pointer under it", () => {
  fc.assert(
    fc.property(
      viewport,
      size,
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      (before, { width, height }, factor) => {
        const after = zoomed(before, factor, { x: width, y: height });
        expect(after.scale).toBeGreaterThanOrEqual(0.1);
        expect(after.scale).toBeLessThanOrEqual(4);
        expect((width - after.x) / after.scale).toBeCloseTo((width - before.x) / before.scale, 4);
        expect((height - after.y) / after.scale).toBeCloseTo((height - before.y) / before.scale, 4);
      },
    ),
  );
});

test("a picture that has room is moved into the window, and one that has none stays", () => {
  const window = { width: 800, height: 400 };
  expect(contained({ x: -50, y: 390, scale: 1 }, { width: 300, height: 100 }, window)).toEqual({
    x: 0,
    y: 300,
    scale: 1,
  });
  expect(contained({ x: -50, y: 10, scale: 1 }, { width: 900, height: 100 }, window)).toEqual({
    x: -50,
    y: 10,
    scale: 1,
  });
});

test("what is revealed is inside the window, and what was inside does not move", () => {
  const window = { width: 800, height: 400 };
  const box = { x: 1000, y: 50, width: 100, height: 60 };
  const there = revealed({ x: 0, y: 0, scale: 1 }, box, window);
  expect(there.x + box.x + box.width).toBeLessThanOrEqual(window.width);
  expect(revealed(there, box, window)).toEqual(there);
});

test("classes are added where they are asked for, and the rest of a drawing stays the same object", () => {
  const text = mark("text", {}, "1");
  const drawing = mark("g", {}, mark("g", { class: "gb-Entry", "data-entry": "1:0" }, text), text);
  const marked = decorated(drawing, ({ "data-entry": entry }) => (entry === "1:0" ? ["gb-mod-changed"] : []));
  expect(marked.children[0]).toMatchObject({ attributes: { class: "gb-Entry gb-mod-changed" } });
  expect(marked.children[1]).toBe(text);
  expect(decorated(drawing, () => [])).toBe(drawing);
});
