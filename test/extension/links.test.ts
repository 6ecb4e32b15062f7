import { describe, expect, it } from "vitest";
import { Axes } from "../../extension/src/links/axes.ts";
import { labelsOf, readEnvironment } from "../../extension/src/links/matrix-source.ts";
import { nextCell } from "../../extension/src/links/next-cell.ts";
import { areLinked } from "../../extension/src/links/place.ts";
import { readMatrices } from "../../extension/src/links/read-matrices.ts";

/** A matrix of r rows and c columns. */
const matrix = (r: number, c: number): string =>
  `\\begin{pmatrix} ${Array(r).fill(Array(c).fill("0.5").join(" & ")).join(" \\\\ ")} \\end{pmatrix}`;

/** The axes of the matrices in `tex`, with the same letter for those that are the same: `ik kj ij`. */
function axesOf(tex: string): string {
  const axes = new Axes();
  const { matrices } = readMatrices(tex, axes);
  const letters = new Map<number, string>();
  const letter = (axis: number): string => {
    const root = axes.root(axis);
    if (!letters.has(root)) letters.set(root, "abcdefgh"[letters.size]);
    return letters.get(root) ?? "";
  };
  return matrices.map(({ extent }) => letter(extent.rows) + letter(extent.columns)).join(" ");
}

describe("readMatrices finds which axes are the same in", () => {
  const [M23, M32, M22] = [matrix(2, 3), matrix(3, 2), matrix(2, 2)];
  it.each([
    ["a Hadamard product", `dX = ${M23} \\odot ${M23} = ${M23}`, "ab ab ab"],
    ["a matrix product", `${M23} \\, ${M32} = ${M22}`, "ab bc ac"],
    ["a square matrix product, whose sizes say nothing", `${M22} \\, ${M22} = ${M22}`, "ab bc ac"],
    ["a product with a transpose", `${M22} \\, ${M32}^{\\top} = ${M23}`, "ab cb ac"],
    ["a transposed sum", `(${M23} + ${M23})^{\\top} = ${M32}`, "ab ab ba"],
    ["a difference, and a product in it", `${M22} - ${M23} \\, ${M32}`, "ab ac cb"],
    [
      "a fraction, a power and a mask",
      `\\frac{${M22}}{${M22}^{2}} \\odot \\mathbf{1}_{${M22} > 0}`,
      "ab ab ab",
    ],
    ["a row that is stretched", `${M23} + ${matrix(1, 3)}`, "ab cb"],
    ["an exponential", `e^{${M22}} = ${M22}`, "ab ab"],
    ["a scaled matrix", `2 \\, ${M22} = ${M22}`, "ab ab"],
    [
      "a wide matrix, which is an array",
      `\\left(\\begin{array}{rr} 1 & 2 \\end{array}\\right) = ${matrix(1, 2)}`,
      "ab ab",
    ],
    ["matrices that no sign joins", `${M22} \\quad ${M32}`, "ab cd"],
    ["no matrix at all", "y_{ij} = \\sigma(x_{ij})", ""],
  ])("%s", (_what, tex, expected) => {
    expect(axesOf(tex)).toBe(expected);
  });

  it.each(["{".repeat(30_000), "(".repeat(30_000), "\\begin{pmatrix}", "\\frac{", "^_\\", "}}))"])(
    "nothing in what is no formula of ours: %#",
    (tex) => {
      expect(axesOf(tex)).toBe("");
    },
  );
});

describe("readEnvironment", () => {
  it("reads cells with commands, braces and matrices in them", () => {
    const tex =
      "\\begin{pmatrix} \\frac{1}{2} & a \\\\[4pt] \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} & {\\&} \\end{pmatrix}^2";
    expect(readEnvironment(tex, 0)).toEqual({
      cells: [
        ["\\frac{1}{2}", "a"],
        ["\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "{\\&}"],
      ],
      end: tex.length - 2,
    });
  });

  it("finds none where none begins or none ends", () => {
    expect(readEnvironment("x", 0)).toBeNull();
    expect(readEnvironment("\\begin{pmatrix} 1", 0)).toBeNull();
  });
});

describe("labelsOf", () => {
  it("counts from 1 and knows the last", () => {
    expect(labelsOf([["a"], ["b"]])).toEqual([["1"], ["2", "last"]]);
  });

  it("gives dots no name, and what stands after them no number", () => {
    expect(labelsOf([["a"], ["b"], ["\\vdots"], ["c"]])).toEqual([["1"], ["2"], [], ["last"]]);
  });
});

describe("areLinked", () => {
  const at = (places: Record<string, string[]>) =>
    Object.entries(places).map(([axis, labels]) => ({ axis, labels }));
  it.each([
    ["at the same place", at({ i: ["1"], j: ["2"] }), at({ i: ["1"], j: ["2"] }), true],
    ["in another column", at({ i: ["1"], j: ["2"] }), at({ i: ["1"], j: ["3"] }), false],
    ["in the row that a product runs along", at({ i: ["1"], j: ["2"] }), at({ i: ["1"], k: ["3"] }), true],
    ["in no common axis", at({ i: ["1"] }), at({ j: ["1"] }), false],
    ["in the last row, which is the second", at({ i: ["2", "last"] }), at({ i: ["last"] }), true],
    ["in the dots", at({ i: [] }), at({ i: ["1"] }), false],
  ])("entries %s", (_where, a, b, expected) => {
    expect(areLinked(a, b)).toBe(expected);
    expect(areLinked(b, a)).toBe(expected);
  });
});

describe("nextCell", () => {
  // Two matrices of 2 × 2, and an entry that stands alone.
  const cells = [0, 1].flatMap((matrix) =>
    [0, 1].flatMap((row) => [0, 1].map((column) => ({ matrix, row, column }))),
  );
  cells.push({ matrix: 2, row: 0, column: 0 });
  const at = (name: string) => {
    const [matrix, row, column] = Array.from(name, Number);
    const cell = cells.find((c) => c.matrix === matrix && c.row === row && c.column === column);
    if (cell === undefined) throw new Error(`There is no cell ${name}`);
    return cell;
  };
  it.each([
    ["000", "ArrowRight", "001"],
    ["001", "ArrowRight", "100"],
    ["011", "ArrowRight", "110"],
    ["111", "ArrowRight", "200"],
    ["200", "ArrowRight", "200"],
    ["100", "ArrowLeft", "001"],
    ["000", "ArrowLeft", "000"],
    ["001", "ArrowDown", "011"],
    ["010", "ArrowDown", "100"],
    ["111", "ArrowUp", "101"],
    ["100", "ArrowUp", "011"],
  ] as const)("goes from %s by %s to %s", (from, key, to) => {
    expect(nextCell(cells, at(from), key)).toBe(at(to));
  });
});
