/** The tests, by what they need. */
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Patience with tests that start processes, on a machine that may be busy. */
const patience = { testTimeout: 2 * MINUTE, hookTimeout: 2 * MINUTE };

/** Tests of the whole set-up and of `npm start`. */
const SET_UP = ["test/setup/{kills,start,trouble}.test.ts"];

/** The library by its names, from its sources: the gate runs beside the build, and in a fresh clone before it. */
const fromSources = {
  alias: [
    { find: /^gradbook$/, replacement: join(import.meta.dirname, "src/index.ts") },
    { find: /^gradbook\/graph$/, replacement: join(import.meta.dirname, "src/picture/index.ts") },
    { find: /^gradbook\/(session|replay)$/, replacement: join(import.meta.dirname, "src/$1.ts") },
  ],
};

/** Tests that use up what a session has once, such as the letters of lengths: each file has a session of its own. */
const SESSIONS = [
  "test/{lecture,explain,paths,graph,picture,check}/*.test.ts",
  "test/extension/{rewrite,derivation-data,graph-view-inspector}.test.ts",
];

/** A project of tests that start processes, which wait for each other most of the time: two files at once. */
const beside = (name: string, groupOrder: number) => ({
  test: {
    name,
    include: [`test/${name}/*.test.ts`],
    maxWorkers: 2,
    ...patience,
    sequence: { groupOrder },
  },
});

/** Starts with the longest files, those of `truth`, so that short ones fill up what is left of the time. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ project }: TestSpecification): boolean => project.name === "truth";
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: fromSources,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [
            "test/{truth,judges,language,types,lab,lite,kernel,pack,channels,grader}/**",
            "test/docs/site.test.ts",
            ...SET_UP,
            ...SESSIONS,
          ],
          isolate: false, // pure functions: the library is loaded once per process, not once per file
          testTimeout: MINUTE, // a machine may be busy with other things
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: fromSources,
        test: {
          name: "session",
          include: SESSIONS,
          testTimeout: MINUTE,
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
      {
        test: {
          name: "judges",
          include: ["test/judges/*.test.ts"],
          testTimeout: MINUTE,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { name: "docs", include: ["test/docs/site.test.ts"], ...patience, sequence: { groupOrder: 0 } },
      },
      {
        test: {
          name: "language",
          include: ["test/{language,types}/*.test.ts"], // of the built library, as a notebook has it
          ...patience,
          sequence: { groupOrder: 0 },
        },
      },
      beside("lab", 1),
      beside("kernel", 1),
      beside("grader", 1),
      beside("pack", 1),
      beside("lite", 1),
      {
        test: {
          name: "setup",
          include: SET_UP,
          fileParallelism: false,
          ...patience,
          sequence: { groupOrder: 2 },
        },
      },
      // What takes packages from outside: `node scripts/run.mjs channels`.
      ...(process.env.GRADBOOK_CHANNELS
        ? [
            {
              test: {
                name: "channels",
                include: ["test/channels/*.test.ts"],
                fileParallelism: false,
                ...patience,
              },
            },
          ]
        : []),
    ],
  },
});
