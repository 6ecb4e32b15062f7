/** The tests, by what they need. */
import { availableParallelism } from "node:os";
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

/** A project of tests that start processes. */
const processes = (name: string, include = [`test/${name}/*.test.ts`]) => ({
  test: { name, include, ...patience },
});

/** The longest files, longest first. */
const LONGEST = [
  "lab/lecture",
  "kernel/lesson",
  "grader/nbgrader",
  "lab/graph-view",
  "lab/graph-panel",
  "setup/kills",
  "setup/trouble",
  "truth/explain",
  "kernel/nbclient",
  "lab/renderer",
  "lab/editor",
  "truth/letters",
  "lab/derivation",
  "grader/attacks",
  "setup/start",
  "language/library",
  "truth/",
  "lab/",
  "grader/",
  "kernel/",
];

/** Starts with the longest files, so that short ones fill up what is left of the time. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.includes(`/test/${name}`));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** Half of the tests wait for processes half of the time. */
const maxWorkers = Math.ceil(1.5 * availableParallelism());

export default defineConfig({
  test: {
    maxWorkers,
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
        },
      },
      {
        resolve: fromSources,
        test: {
          name: "session",
          include: SESSIONS,
          testTimeout: MINUTE,
        },
      },
      {
        test: {
          name: "truth",
          include: ["test/truth/*.test.ts"],
          testTimeout: 8 * MINUTE, // thousands of verdicts each
        },
      },
      {
        test: {
          name: "judges",
          include: ["test/judges/*.test.ts"],
          testTimeout: MINUTE,
        },
      },
      {
        test: { name: "docs", include: ["test/docs/site.test.ts"], ...patience },
      },
      {
        test: {
          name: "language",
          include: ["test/{language,types}/*.test.ts"], // of the built library, as a notebook has it
          ...patience,
        },
      },
      // One JupyterLab per process, not one per file.
      { test: { ...processes("lab").test, isolate: false } },
      processes("kernel"),
      processes("grader"),
      processes("pack"),
      processes("lite"),
      processes("setup", SET_UP),
      // What takes packages from outside: `node scripts/run.mjs channels`.
      ...(process.env.GRADBOOK_CHANNELS
        ? [{ test: { name: "channels", include: ["test/channels/*.test.ts"], ...patience } }]
        : []),
    ],
  },
});
