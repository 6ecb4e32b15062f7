/** The tests, by what they need. Projects run one after the other, as those with clocks in them want the machine. */
import { defineConfig } from "vitest/config";

const MINUTE = 60_000;

/** A project of tests that start processes: one file at a time, and patient. */
const patient = (name: string, include: string[], groupOrder: number) => ({
  test: {
    name,
    include,
    fileParallelism: false,
    testTimeout: 2 * MINUTE,
    hookTimeout: 2 * MINUTE,
    sequence: { groupOrder },
  },
});

export default defineConfig({
  test: {
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/*.test.ts", "test/{extension,lecture,setup}/*.test.ts"],
          exclude: ["test/setup/start.test.ts"],
          isolate: false, // pure functions: the library is loaded once per process, not once per file
          testTimeout: MINUTE, // a machine may be busy with other things
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "truth",
          include: ["test/truth/*.test.ts"],
          testTimeout: 8 * MINUTE, // thousands of verdicts each
          sequence: { groupOrder: 0 },
        },
      },
      { test: { name: "judges", include: ["test/judges/*.test.ts"], sequence: { groupOrder: 0 } } },
      patient("docs", ["test/docs/*.test.ts"], 1),
      patient("language", ["test/language/*.test.ts"], 1),
      patient("kernel", ["test/kernel/*.test.ts"], 2),
      patient("setup", ["test/setup/start.test.ts"], 3),
      patient("lab", ["test/lab/*.test.ts"], 4),
    ],
  },
});
