import { expect, test } from "vitest";
import { completenessOf } from "../../kernel/src/language/completeness.ts";

test.each(["", "a", "f(1)", "if (a) { b() }", "await x", "`a\nb`", "// comment", "const a = {\n}"])(
  "%j is complete",
  (source) => {
    expect(completenessOf(source)).toEqual({ status: "complete" });
  },
);

test.each([
  ["f(", "  "],
  ["function f() {", "  "],
  ["if (a) {\n  b(", "    "],
  ["if (a) {\n  b()", "  "],
  ["x =", ""],
  ["a.", ""],
  ["`text", ""],
  ["/* comment", ""],
  ["try {}", ""],
  ["class A {\n", "  "],
])("%j is incomplete", (source, indent) => {
  expect(completenessOf(source)).toEqual({ status: "incomplete", indent });
});

test.each(["}", "let = =", "'text", "f(]", "1 2", "if (a) } {"])("%j is invalid", (source) => {
  expect(completenessOf(source)).toEqual({ status: "invalid" });
});
