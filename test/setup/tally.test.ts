import { describe, expect, it } from "vitest";
import { type Report, tally } from "../../scripts/tally.ts";

/** A report from a drawing: "a.test.ts: + adds, - subtracts, ~ later" has a passed, a failed and a skipped test. */
function report(code: number, ...files: string[]): Report {
  const status = { "+": "passed", "-": "failed", "~": "pending" };
  const tests = files.map((file) => {
    const [name, list] = file.split(": ");
    const assertionResults = (list ?? "").split(", ").flatMap((test) => {
      const [mark, fullName] = test.split(" ");
      return fullName === undefined ? [] : [{ fullName, status: status[mark as keyof typeof status] }];
    });
    return { name, status: /: .*-|: broken/.test(file) ? "failed" : "passed", assertionResults };
  });
  return { name: "check", code, tests };
}

describe("tally", () => {
  it.each<[string, Report[], [passed: number, failed: number]]>([
    ["counts what passed and failed", [report(1, "a: + adds, - divides", "b: + adds")], [2, 1]],
    ["leaves out what was skipped", [report(0, "a: + adds, ~ divides")], [1, 0]],
    ["counts a test of two runs once", [report(0, "a: + adds"), report(0, "a: + adds", "b: + adds")], [2, 0]],
    [
      "counts a test as failed that failed in one of two runs",
      [report(1, "a: - adds"), report(0, "a: + adds")],
      [0, 1],
    ],
    ["tells tests of one name apart", [report(1, "a: + adds, - adds, + adds")], [2, 1]],
    ["counts a file that does not load as one failure", [report(1, "a: broken", "b: + adds")], [1, 1]],
    ["counts a failure that no test shows", [report(1, "a: + adds")], [1, 1]],
    ["counts a run without a report", [report(1)], [0, 1]],
  ])("%s", (_title, reports, [passed, failed]) => {
    expect(tally(reports)).toEqual({ passed, failed });
  });
});
