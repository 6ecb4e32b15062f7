import { expect, test } from "vitest";
import { TextEdits } from "../../kernel/src/language/edits.ts";

test("edits are applied by their places, those at one place in the order they came in", () => {
  const edits = new TextEdits("const x = y;");
  edits.insert(11, ")");
  edits.replace(0, 6, "");
  edits.insert(6, "cell$");
  edits.insert(10, "(");
  edits.insert(10, "cell$");
  expect(edits.apply().text).toBe("cell$x = (cell$y);");
});

test("old offsets move behind what is inserted at them, and out of what is taken away", () => {
  const edits = new TextEdits("const x = y;");
  edits.replace(0, 6, "let ");
  edits.insert(10, "cell$");
  const { text, moved } = edits.apply();
  expect(text).toBe("let x = cell$y;");
  expect([0, 3, 6, 9, 10, 11].map(moved)).toEqual([0, 0, 4, 7, 13, 14]);
});
