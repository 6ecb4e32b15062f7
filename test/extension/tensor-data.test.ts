import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describeTensor,
  parseTensor,
  type TensorData,
  TensorDataError,
} from "../../extension/src/tensor/tensor-data.ts";
import { matchesSchema } from "./tensor-schema.ts";

const X = {
  v: 1,
  name: "X",
  tex: "X = \\begin{pmatrix} 1 & -2 & 0 \\\\ 3 & 0.5 & -1 \\end{pmatrix}",
  text: "X = [[1, -2, 0], [3, 0.5, -1]]",
  shape: [2, 3],
  dtype: "float64",
  data: [1, -2, 0, 3, 0.5, "NaN"],
  id: "t1",
};

/** Changes of one field of X, each with a piece of the message that it deserves. */
const broken: readonly (readonly [change: Record<string, unknown>, message: string])[] = [
  [{ v: 2 }, "the version of its data is 2 instead of 1, all that this extension reads"],
  [{ v: "1" }, 'the version of its data is "1"'],
  [{ v: undefined }, "the version of its data is missing"],
  [{ name: 7 }, "its name is 7 instead of text or null"],
  [{ name: { toString: "X" } }, 'its name is {"toString":"X"}'],
  [{ tex: null }, "its LaTeX is null"],
  [{ tex: "x".repeat(32_769) }, "… (32771 characters) instead of text of at most 32768 characters"],
  [{ text: ["X"] }, 'its text form is ["X"]'],
  [{ shape: "2x3" }, 'its shape is "2x3" instead of a list of whole numbers from 0 on'],
  [{ shape: [2, -1] }, "its shape is [2,-1]"],
  [{ shape: [2, 0.5] }, "its shape is [2,0.5]"],
  [{ shape: [2, null] }, "its shape is [2,null]"],
  [{ dtype: "int8" }, 'its dtype is "int8" instead of float64 or float32'],
  [{ data: {} }, "the list of its numbers is {} instead of at most 1000 numbers"],
  [{ data: [1, null] }, "the list of its numbers is [1,null]"],
  [{ data: ["1"] }, 'the list of its numbers is ["1"]'],
  [{ data: Array(1001).fill(0) }, "characters) instead of at most 1000 numbers"],
  [{ id: "" }, 'its id is "" instead of text of at most 256 characters'],
  [{ id: 7 }, "its id is 7"],
];

describe("parseTensor", () => {
  it("reads what the library writes", () => {
    const { v: _, ...tensor } = X;
    expect(parseTensor(X)).toEqual(tensor);
  });

  it("reads a scalar without a name and an empty tensor", () => {
    expect(parseTensor({ ...X, name: null, shape: [] })).toMatchObject({ name: null, shape: [] });
    expect(parseTensor({ ...X, shape: [0, 3] }).shape).toEqual([0, 3]);
  });

  it("reads an output of a time before numbers were kept", () => {
    const { data: _, id: __, ...before } = X;
    expect(Object.keys(parseTensor(before))).not.toContain("data");
  });

  it("leaves out fields that it does not know", () => {
    expect(parseTensor({ ...X, html: "<b>X</b>" })).not.toHaveProperty("html");
  });

  it.each(broken)("refuses %j and says why", (change, message) => {
    const read = () => parseTensor({ ...X, ...change });
    expect(read).toThrow(TensorDataError);
    expect(read).toThrow(message);
  });

  it.each([[null], [undefined], ["X"], [3], [[X]]])("refuses %j, which is no object", (json) => {
    expect(() => parseTensor(json)).toThrow("instead of an object");
  });

  it("throws nothing but TensorDataError, whatever the notebook holds", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (json) => {
        expect(() => parseTensor(json)).toThrow(TensorDataError);
      }),
    );
  });

  it("agrees with the published schema", () => {
    const field = fc.constantFrom(
      ...broken.map(([change]) => change),
      { html: "<b>" },
      { shape: [] },
      { data: [] },
    );
    fc.assert(
      fc.property(field, field, (one, other) => {
        // Through JSON, as in a notebook: there a field that is undefined is not there.
        const json: unknown = JSON.parse(JSON.stringify({ ...X, ...one, ...other }));
        expect(accepts(json)).toBe(matchesSchema(json));
      }),
    );
  });
});

describe("describeTensor", () => {
  const cases: readonly (readonly [Partial<TensorData>, string])[] = [
    [{}, "X, 2 by 3 tensor of float64"],
    [{ name: null, shape: [4], dtype: "float32" }, "4 tensor of float32"],
    [{ name: "J", shape: [] }, "J, scalar of float64"],
  ];
  it.each(cases)("says %j as “%s”", (change, words) => {
    expect(describeTensor({ ...parseTensor(X), ...change })).toBe(words);
  });
});

function accepts(json: unknown): boolean {
  try {
    parseTensor(json);
    return true;
  } catch {
    return false;
  }
}
