import katex from "katex";
import { describe, expect, it } from "vitest";
import { katexOptions } from "../../extension/src/katex-options.ts";
import { parseTensor, tensorMimeType } from "../../extension/src/tensor/tensor-data.ts";
import { gallery } from "./gallery.ts";
import { outputOf } from "./tensor-output.ts";
import { matchesSchema } from "./tensor-schema.ts";

describe.each(gallery)("the library's output of $title", ({ x }) => {
  const json = JSON.parse(JSON.stringify(outputOf(x)[tensorMimeType]));

  it("is what the published schema describes", () => {
    expect(matchesSchema(json)).toBe(true);
  });

  it("is read by the extension with nothing lost", () => {
    expect({ v: 1, ...parseTensor(json) }).toEqual(json);
    expect(parseTensor(json)).toMatchObject({ name: x.name, shape: x.shape, dtype: x.dtype });
  });

  it("is typeset by KaTeX as the extension calls it", () => {
    expect(katex.renderToString(parseTensor(json).tex, katexOptions)).toContain("</math>");
  });
});
