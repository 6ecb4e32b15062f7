/** The redrawn figures: they stand alone, nothing in them overlaps, and what they say is what the library computes. */
import { describe, expect, test } from "vitest";
import { drawSvg } from "../../src/figures/draw.ts";
import type { Box, Drawing } from "../../src/figures/drawing.ts";
import { routeOf } from "../../src/figures/drawing.ts";
import {
  backwardChain,
  effects,
  entries,
  network,
  networkWithGradients,
  totalDerivatives,
  twoOperands,
} from "../../src/figures/pictures.ts";
import {
  add,
  explain,
  type FigureName,
  figure,
  matmul,
  mul,
  type Plot,
  paths,
  sigmoid,
  square,
  sum,
  tensor,
} from "../../src/index.ts";
import { type Label, labelHeight, labelSvg, labelText, labelWidth } from "../../src/svg/label.ts";
import { plainTex } from "../../src/tex/plain.ts";

const drawings: readonly (readonly [FigureName, Drawing])[] = [
  ["network", network()],
  ["network with gradients", networkWithGradients()],
  ["backward chain", backwardChain()],
  ["effects", effects()],
  ["total derivatives", totalDerivatives()],
  ["entries", entries()],
  ["two operands", twoOperands()],
];

describe.each(drawings)("the figure %s", (name, drawing) => {
  const { svg, text } = figure(name);

  test("is one well-formed element that says what it shows", () => {
    expect(unbalanced(svg)).toEqual([]);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" role="img" /);
    expect(svg).toContain(`<title>${drawing.title}</title><desc>`);
  });

  test("paints its own background and asks for nothing from elsewhere", () => {
    const { width, height } = drawing;
    expect(svg).toMatch(
      new RegExp(`</desc><rect width="${width}" height="${height}" rx="6" fill="#ffffff"/>`),
    );
    expect(svg).not.toMatch(/url\(|href|<style|<script|<image|class=|currentColor/);
  });

  test("fits a notebook page", () => {
    expect(drawing.width).toBeLessThanOrEqual(900);
    expect(drawing.height).toBeLessThanOrEqual(480);
  });

  test("keeps its boxes and the labels of its arrows apart, and inside", () => {
    const boxes = [...drawing.boxes, ...(drawing.matrices ?? []).flatMap(({ rows }) => rows.flat())].map(
      areaOf,
    );
    const labels = drawing.arrows.flatMap((arrow) =>
      arrow.label === undefined ? [] : [labelArea(arrow.label, routeOf(arrow).at)],
    );
    const all = [...boxes, ...labels];
    const clashes = all.flatMap((a, i) =>
      all
        .slice(i + 1)
        .filter((b) => overlap(a, b))
        .map((b) => [a.what, b.what]),
    );
    expect(clashes).toEqual([]);
    for (const { what, left, right, top, bottom } of all) {
      const isInside = left >= 4 && right <= drawing.width - 4 && top >= 36 && bottom <= drawing.height - 4;
      expect(isInside, what).toBe(true);
    }
  });

  test("has names and formulas that fit their boxes", () => {
    for (const { label, detail, width, outline } of drawing.boxes) {
      if (outline === "none") continue;
      expect(labelWidth(label, 17), label).toBeLessThanOrEqual(width - 8);
      if (detail !== undefined) expect(labelWidth(detail, 12.5), detail).toBeLessThanOrEqual(width - 4);
    }
  });

  test("says as text all that it draws", () => {
    expect(text.split("\n").filter((line) => line.startsWith("  ") && line.includes(" → ")).length).toBe(
      drawing.arrows.length,
    );
    for (const { from, to, label } of drawing.arrows) {
      const along = label === undefined ? "" : `: ${labelText(label)}`;
      expect(text).toContain(`  ${labelText(from.label)} → ${labelText(to.label)}${along}`);
    }
    for (const { label, detail, gradient } of drawing.boxes) {
      if (detail !== undefined) expect(text).toContain(`${labelText(label)}: ${labelText(detail)}`);
      if (gradient !== undefined) expect(text).toContain(labelText(gradient));
    }
    for (const { label } of (drawing.matrices ?? []).flatMap(({ rows }) => rows.flat())) {
      expect(text).toContain(labelText(label));
    }
  });
});

test("the effects and the total derivatives are those of the slide's numbers", () => {
  const [x1, x2, x3] = [1, 2, 3].map((value, k) => tensor(value).as(`x_${k + 1}`));
  const y1 = mul(3, x1).as("y_1");
  const y2 = mul(x1, x2).as("y_2");
  const y3 = add(x1, square(x2)).as("y_3");
  const y4 = square(x3).as("y_4");
  const J = add(add(y1, mul(2, y2)), mul(y3, y4)).as("J");
  const found = [x1, x2, x3].flatMap((x) =>
    paths(J, x).list.map(({ names: [, y, end] }) => [y.name, end.name]),
  );
  const lines = (text: string, pattern: RegExp): string[] =>
    Array.from(text.matchAll(pattern), ([line]) => line.trim()).toSorted();
  expect(lines(figure("effects").text, / {2}x_\d → .*/g)).toEqual(
    found.map(([y, x]) => `${x} → ${y}: ∂${y}/∂${x}`).toSorted(),
  );
  expect(lines(figure("total derivatives").text, / {2}y_\d → .*/g)).toEqual(
    found.map(([y, x]) => `${y} → ${x}: ∂J/∂${y} ∂${y}/∂${x}`).toSorted(),
  );
});

test("the formulas of the backward chain are those that explain derives", () => {
  const X = tensor([[1, -2, 0]]).as("A");
  const W = tensor([[1], [2], [0]]).as("W");
  const b = tensor([0.5]).as("b");
  const Z = add(matmul(X, W).as("P"), b).as("Z");
  const J = sum(sigmoid(Z).as("Y")).as("J");
  const closed = explain(J, { whole: true, steps: ["closed"] }).parts.map(
    ({ steps }) => plainTex(steps[0].members.join(" = ")).replaceAll("dP", "dZ"), // P + 𝟏 bᵀ passes dZ on unchanged
  );
  const { text } = figure("backward chain");
  const layer = "^[O−1]";
  expect(closed).toEqual(expect.arrayContaining(["dW = Aᵀ dZ", "db = dZᵀ 𝟏", "dA = dZ Wᵀ"]));
  expect(text).toContain(`dW${layer}: A^[O−2]ᵀ dZ${layer}`);
  expect(text).toContain(`db⃗${layer}: dZ${layer}ᵀ 𝟏`);
  expect(text).toContain(`dA${layer}: dZ^[O] W^[O]ᵀ`);
});

test("every gradient of the network has the shape of its tensor", () => {
  const boxes = networkWithGradients().boxes.filter(({ detail }) => detail !== undefined);
  expect(boxes.map(({ gradient }) => gradient)).toEqual(boxes.map(({ label }) => `d${label}`));
});

test("an elementwise function is shown by the entries of the slide", () => {
  expect(figure("entries").text.split("\n").slice(3, 7).join("\n")).toMatchInlineSnapshot(`
    "    ⎛ x_11  [x_12]  ⋯   x_1β ⎞
    X = ⎜ x_21   x_22   ⋯  [x_2β]⎟
        ⎜ ⋮      ⋮      ⋱   ⋮    ⎟
        ⎝[x_α1]  x_α2   ⋯   x_αβ ⎠"
  `);
});

test("a notebook gets the picture and the text, an inspector the text", () => {
  const shown = figure("effects") as Plot & Record<symbol, () => unknown>;
  const { svg, text } = shown;
  expect(shown[Symbol.for("Jupyter.display")]()).toEqual({ "image/svg+xml": svg, "text/plain": text });
  expect(shown[Symbol.for("nodejs.util.inspect.custom")]()).toBe(text);
});

test("what stands in a label is escaped", () => {
  const [, drawing] = drawings[0];
  const svg = drawSvg({ ...drawing, title: "a < b & c" });
  expect(svg).toContain("<title>a &lt; b &amp; c</title>");
});

test("a figure that there is not is refused", () => {
  expect(() => figure("F1" as FigureName)).toThrow(
    "Cannot draw F1: the figures are network, network with gradients, backward chain, effects, total derivatives, " +
      "entries, two operands",
  );
});

interface Area {
  readonly what: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function areaOf({ label, x, y, width, height }: Box): Area {
  return {
    what: labelText(label),
    left: x - width / 2,
    right: x + width / 2,
    top: y - height / 2,
    bottom: y + height / 2,
  };
}

function labelArea(label: Label, { x, y }: { readonly x: number; readonly y: number }): Area {
  const [width, height] = [labelWidth(label, 14), labelHeight(label, 14)];
  return {
    ...areaOf({ x, y, width, height, outline: "none", label: "" }),
    what: `the label ${labelText(label)}`,
  };
}

function overlap(a: Area, b: Area): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The tags that are not closed, or closed without having been opened. */
function unbalanced(xml: string): string[] {
  const open: string[] = [];
  for (const [, slash, tag, selfClosing] of xml.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (selfClosing === "/") continue;
    if (slash === "") open.push(tag);
    else if (open.pop() !== tag) return [`</${tag}>`];
  }
  return open;
}

test("a name with a digit in it is upright as a whole, a letter that stands for something is not", () => {
  const italic = (label: string): string[] =>
    [...labelSvg(label, 0, 0, 17, "black").matchAll(/font-style="italic"[^>]*>([^<]*)</g)].map(
      ([, part]) => part,
    );
  expect(italic("conv2d(X, dW)")).toEqual(["X", "dW"]);
  expect(italic("log1p(2x)")).toEqual(["x"]);
});
