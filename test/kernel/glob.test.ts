import { expect, test } from "vitest";
import { matches } from "../../kernel/src/wire/glob.ts";
import { useKernel } from "./kernel.ts";

const kernel = useKernel();

/** What a glob means, said as plainly as can be, and as slowly. */
function meaning(glob: string, text: string): boolean {
  if (glob === "") return text === "";
  const [first, rest] = [glob[0], glob.slice(1)];
  if (first === "*") return meaning(rest, text) || (text !== "" && meaning(glob, text.slice(1)));
  return text !== "" && (first === "?" || first === text[0]) && meaning(rest, text.slice(1));
}

/** All words of letters up to a length. */
function words(letters: string, length: number): string[] {
  if (length === 0) return [""];
  return ["", ...[...letters].flatMap((letter) => words(letters, length - 1).map((word) => letter + word))];
}

test("A glob of up to five characters matches what it means, in every text of up to five", () => {
  const globs = [...new Set(words("ab*?", 5))];
  const texts = [...new Set(words("ab", 5))];
  const wrong = globs.flatMap((glob) =>
    texts.filter((text) => matches(glob, text) !== meaning(glob, text)).map((text) => `${glob} in ${text}`),
  );
  expect(wrong).toEqual([]);
});

test.each([
  ["a.c", "abc", false],
  ["[ab]", "a", false],
  ["(x) => x + ?", "(x) => x + 1", true],
  ["a*c", "a\nb\nc", true],
  ["a?c", "a\nc", true],
  ["*\\*", "\\", true],
])("%j in %j: %s", (glob, text, expected) => {
  expect(matches(glob, text)).toBe(expected);
});

test("A search with many stars does not keep the kernel from answering", async () => {
  await kernel().run(`// ${"a".repeat(10_000)}`);
  const search = { hist_access_type: "search", raw: true, output: false };
  expect((await kernel().request("history", { ...search, pattern: "*a*a*a*a*a*azz" })).history).toEqual([]);
  expect((await kernel().request("history", { ...search, pattern: "*a*a*a*a*a*a" })).history).toHaveLength(1);
});
