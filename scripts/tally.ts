/** Counts the tests of several runs, each test once. */

/** What came of one command. */
export interface Report {
  readonly name: string;
  readonly code: number;
  /** The `testResults` of vitest's JSON report. */
  readonly tests: readonly TestFile[];
}

/** The results of one test file. */
export interface TestFile {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

type Outcome = readonly [title: string, passed: boolean];

/**
 * The numbers of tests that passed and failed.
 * The gate's tests run again among all tests: a test counts once, as failed if it failed anywhere.
 */
export function tally(reports: readonly Report[]): { passed: number; failed: number } {
  const results = new Map<string, boolean>();
  for (const [title, passed] of reports.flatMap(outcomes)) {
    results.set(title, passed && results.get(title) !== false);
  }
  const passed = [...results.values()].filter(Boolean).length;
  return { passed, failed: results.size - passed };
}

/** What a run shows; a failure that no test shows, as a type error, counts as one of the run itself. */
function outcomes({ name, code, tests }: Report): Outcome[] {
  const found = tests.flatMap(outcomesOfFile);
  return code === 0 || found.some(([, passed]) => !passed) ? found : [...found, [name, false]];
}

/** A file that does not load has no tests, and counts as one that failed. */
function outcomesOfFile({ name, status, assertionResults }: TestFile): Outcome[] {
  const namesakes = new Map<string, number>();
  const found = assertionResults
    .filter(({ status }) => status === "passed" || status === "failed")
    .map(({ fullName, status }): Outcome => {
      // Two tests of a file may have the same name.
      const count = (namesakes.get(fullName) ?? 0) + 1;
      namesakes.set(fullName, count);
      return [`${name} ${fullName} ${count}`, status === "passed"];
    });
  return status === "failed" && found.every(([, passed]) => passed) ? [...found, [name, false]] : found;
}
