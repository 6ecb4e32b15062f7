import { Text } from "@codemirror/state";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { callPosition } from "../../extension/src/editor/call-position.ts";
import { CellChecker } from "../../extension/src/editor/cell-checker.ts";
import { asksForMembers } from "../../extension/src/editor/completer.ts";
import { declares } from "../../extension/src/editor/notebook-hosts.ts";
import { rangeOf } from "../../extension/src/editor/problem-ranges.ts";
import { firstSentence, speakSignature } from "../../extension/src/editor/signature-card.ts";
import type { KernelLanguage, Problem, Signature } from "../../extension/src/kernel-link/kernel-language.ts";
import { found, type HelpEntry } from "../../extension/src/lab/find-help.ts";

describe("a cell that is being written", () => {
  /** Questions in the order they were asked, each answered when the test says so. */
  let asked: { readonly code: string; answer(problems: readonly Problem[]): void; fail(): void }[];
  let cell: { code: string; language: KernelLanguage | undefined };
  let checker: CellChecker;
  const show = vi.fn<(problems: readonly Problem[]) => void>();

  const language: KernelLanguage = {
    diagnose: (code) =>
      new Promise((resolve, reject) => {
        asked.push({ code, answer: resolve, fail: () => reject(new Error("The kernel was restarted")) });
      }),
    signature: async () => null,
  };

  beforeEach(() => {
    vi.useFakeTimers();
    show.mockClear();
    asked = [];
    cell = { code: "", language };
    checker = new CellChecker({ code: () => cell.code, language: () => cell.language, show });
  });
  afterEach(() => vi.useRealTimers());

  const write = (code: string) => {
    cell.code = code;
    checker.checkSoon();
  };

  it("is checked once, 300 milliseconds after the last key", async () => {
    write("X.m");
    await vi.advanceTimersByTimeAsync(200);
    write("X.matmul(W)");
    await vi.advanceTimersByTimeAsync(299);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.map(({ code }) => code)).toEqual(["X.matmul(W)"]);
    const found = [problemAt(1, 3)];
    asked[0].answer(found);
    await vi.runAllTimersAsync();
    expect(show.mock.calls).toEqual([[found]]);
  });

  it("has one question under way, and drops an answer about older code", async () => {
    write("first");
    await vi.advanceTimersByTimeAsync(300);
    write("second");
    await vi.advanceTimersByTimeAsync(300);
    write("third");
    await vi.advanceTimersByTimeAsync(300);
    expect(asked.map(({ code }) => code)).toEqual(["first"]);
    asked[0].answer([problemAt(1, 1)]);
    await vi.runAllTimersAsync();
    expect(show).not.toHaveBeenCalled();
    expect(asked.map(({ code }) => code)).toEqual(["first", "third"]);
    asked[1].answer([]);
    await vi.runAllTimersAsync();
    expect(show.mock.calls).toEqual([[[]]]);
  });

  it("shows nothing when it is empty, without asking", async () => {
    write(" \n ");
    await vi.runAllTimersAsync();
    expect(show.mock.calls).toEqual([[[]]]);
    expect(asked).toEqual([]);
  });

  it("shows nothing when the kernel is gone, without a rest", async () => {
    cell.language = undefined;
    write("X");
    await vi.advanceTimersByTimeAsync(0);
    expect(show.mock.calls).toEqual([[[]]]);
  });

  it("shows nothing when nobody answers, and asks again with the next key", async () => {
    write("X");
    await vi.advanceTimersByTimeAsync(300);
    asked[0].fail();
    await vi.runAllTimersAsync();
    expect(show.mock.calls).toEqual([[[]]]);
    write("XY");
    await vi.advanceTimersByTimeAsync(300);
    expect(asked.map(({ code }) => code)).toEqual(["X", "XY"]);
  });

  it("is left alone once its editor is gone", async () => {
    write("X");
    await vi.advanceTimersByTimeAsync(300);
    write("Y");
    checker.dispose();
    asked[0].answer([problemAt(1, 1)]);
    await vi.runAllTimersAsync();
    expect(show).not.toHaveBeenCalled();
    expect(asked.length).toBe(1);
  });
});

describe("the range of a problem", () => {
  const text = Text.of(['import { f } from "./lib/helper";', "X.matmul(W)", ""]);

  it.each([
    { title: "within a line", problem: problemAt(2, 3, 2, 9), range: "matmul" },
    { title: "over several lines", problem: problemAt(1, 32, 2, 2), range: '";\nX' },
    { title: "empty: the character behind", problem: problemAt(2, 1), range: "X" },
    { title: "empty at the end of a line: the character before", problem: problemAt(2, 12), range: ")" },
    { title: "backwards: taken as empty", problem: problemAt(2, 3, 1, 1), range: "m" },
    { title: "in an empty line", problem: problemAt(3, 1), range: "" },
    { title: "behind the end", problem: problemAt(9, 9), range: "" },
    { title: "behind the end of its line", problem: problemAt(2, 99), range: ")" },
    {
      title: "in a file: where it is imported",
      problem: { ...problemAt(7, 1), file: "lib/helper.ts" },
      range: '"./lib/helper"',
    },
    {
      title: "in a file that the cell does not name: its first line",
      problem: { ...problemAt(7, 1), file: "other.ts" },
      range: 'import { f } from "./lib/helper";',
    },
  ])("$title", ({ problem, range }) => {
    const { from, to } = rangeOf(problem, text);
    expect(text.sliceString(from, to)).toBe(range);
  });
});

describe("a name that the kernel does not know", () => {
  it.each([
    ["const X = tensor([[1]]);", "X", true],
    ["let a = 1;\nlet { b, c } = f(a);", "c", true],
    ["function f(x: Tensor) { return x; }", "f", true],
    ["import { helper } from './helper';", "helper", true],
    ["const W1 = X.T;", "W", false],
    ["const Y = exp(X);", "X", false],
    ["const $x = 1;", "$x", true],
    ["const $x = 1;", "x", false],
    ["X.matmul(W)", "X", false],
  ])("is looked for in the other cells: %j declares %s? %s", (code, name, isDeclared) => {
    expect(declares(code, name)).toBe(isDeclared);
  });
});

describe("the sentence in a tooltip", () => {
  it.each([
    [
      "A smooth maximum of x and 0: log(1 + exp(x)). Never overflows.",
      "A smooth maximum of x and 0: log(1 + exp(x)).",
    ],
    [
      "The entries, e.g. 0.5, of `x.T`\nin one line.\n\nMore of it.",
      "The entries, e.g. 0.5, of x.T in one line.",
    ],
    ["Without a full stop", "Without a full stop"],
    ["", ""],
  ])("of %j", (documentation, sentence) => {
    expect(firstSentence(documentation)).toBe(sentence);
  });

  it("is the parameter's, else the function's, behind what is active", () => {
    const signature: Signature = {
      label: "softmax(x: Tensor, axis?: number): Tensor",
      parameters: [
        { start: 8, end: 17, documentation: "" },
        { start: 19, end: 32, documentation: "The last, unless told otherwise. Counts from 0." },
      ],
      active: 0,
      documentation: "Rows that sum to 1.",
    };
    expect(speakSignature(signature)).toBe("x: Tensor. Rows that sum to 1.");
    expect(speakSignature({ ...signature, active: 1 })).toBe(
      "axis?: number. The last, unless told otherwise.",
    );
    expect(speakSignature({ ...signature, active: 2, documentation: "" })).toBe(signature.label);
  });
});

describe("the card of a call", () => {
  // The cursor is |, the place of the card is ^.
  it.each([
    "softmax^(|",
    "softmax^(X, |",
    "f(g^(1, |2)",
    "f^(g(1), |",
    "tensor^([[1, 2], [3, |]])",
    "^const Y = softmax(X)|",
    "Y = solve^([1, 2], {a: (3)}, |",
  ])("stands at the opening parenthesis of %s, else where its line begins", (picture) => {
    const cursor = picture.replace("^", "").indexOf("|");
    const place = picture.replace("|", "").indexOf("^");
    expect(callPosition(Text.of([picture.replaceAll(/[|^]/g, "")]), cursor)).toBe(place);
  });

  it("stands where the line begins when the call began in an earlier one", () => {
    expect(callPosition(Text.of(["tensor(", "  [1, 2]"]), 14)).toBe(10);
  });
});

function problemAt(line: number, column: number, endLine = line, endColumn = column): Problem {
  return {
    line,
    column,
    endLine,
    endColumn,
    message: "No",
    code: 2345,
    category: "error",
    file: undefined,
    fixes: [],
  };
}

describe("a dot", () => {
  it.each(["X.", "exp(X).", "X.grad.", "rows[0].", "'text'.", "const Y = X2."])(
    "asks for members in %j",
    (line) => {
      expect(asksForMembers(line)).toBe(true);
    },
  );
  it.each(["1.", "const x = 12.", "[1, 2.", "X .", "...", ".", "X. "])("asks for nothing in %j", (line) => {
    expect(asksForMembers(line)).toBe(false);
  });
});

describe("the search of the panel of help", () => {
  const entry = (name: string, words: string, task = "Compute"): HelpEntry => ({
    task,
    name,
    words,
    signature: `${name}(x)`,
    example: "",
  });
  const entries = [
    entry("logSoftmax", "The logarithm of softmax."),
    entry("X.sum", "All entries together.", "Of a tensor"),
    entry("softmax", "Shares that add up to 1, by the sum of exponentials."),
  ];
  it.each([
    ["", ["logSoftmax", "X.sum", "softmax"]],
    ["softmax", ["softmax", "logSoftmax"]],
    ["SUM", ["X.sum", "softmax"]],
    ["exponentials shares", ["softmax"]],
    ["nothing", []],
  ])("for %j finds %j", (search, names) => {
    expect(found(entries, search).map(({ name }) => name)).toEqual(names);
  });
});
