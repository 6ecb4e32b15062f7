/** Text that a reader could not write to a file never leaves the kernel. */

import { describe, expect, it } from "vitest";
import { Codec, wellFormedJson } from "../../kernel/src/wire/message.ts";

const CASES: readonly (readonly [string, string])[] = [
  ["\ud83d", "\ufffd"],
  ["\ude00", "\ufffd"],
  ["\ude00\ud83d", "\ufffd\ufffd"],
  ["a\udfffb", "a\ufffdb"],
  ["😀\ud83d😀", "😀\ufffd😀"],
  ["\\ud83d", "\\ud83d"],
  ["\\\ud83d", "\\\ufffd"],
  ["\\\\ud83d \ud83d", "\\\\ud83d \ufffd"],
  ['"\n\u0001\ud800"', '"\n\u0001\ufffd"'],
];

describe("a message", () => {
  for (const [given, sent] of CASES) {
    it(`carries ${JSON.stringify(given)} as ${JSON.stringify(sent)}, in values and in keys`, () => {
      const codec = new Codec("key");
      const content = { text: given, data: { [given]: [given] } };
      const read = codec.decode(codec.encode(codec.create("stream", content)));
      expect(read.content).toEqual({ text: sent, data: { [sent]: [sent] } });
    });
  }

  it("is plain JSON where all text is whole", () => {
    const value = { a: "😀 é \\ud83d", b: [1, null, true] };
    expect(JSON.parse(wellFormedJson(value))).toEqual(value);
  });
});
