import { spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { Bench } from "../../grader/dist/grade/bench.js";
import { feedbackPage } from "../../grader/dist/report/feedback.js";
import { attacked } from "./attacked.ts";
import { attacks } from "./attacks.ts";
import { ROOT } from "./course.ts";
import { sandboxed as test } from "./sandbox.ts";

const NOBODY = 65534;

let bench: Bench;

beforeAll(() => {
  bench = new Bench();
});
afterAll(() => bench.close());

test.each(attacks)("$title gains nothing, and costs no other exercise", async (attack) => {
  const { backward, count, refused } = attack;
  const result = await attacked(bench, attack);
  const { marks, cells } = result;
  const [first, second, third] = marks.map(({ earned }) => earned);
  if (backward !== undefined) expect(first).toBe(0);
  if (count !== undefined) expect(second).toBe(0);
  expect(feedbackPage(result)).not.toMatch(/<script|<[^>]* on\w+=/);
  if (refused) expect(cells.find(({ id }) => id === "backward")?.shown?.error).toBeDefined();
  // What the attack has broken in its own process, and is used by its other exercises, is its own loss.
  expect([0, 2]).toContain(third);
});

/** Every tenth attack; `node test/grader/attacked.ts 0 1` meets all of them as whoever calls it. */
const [FIRST, STEP] = [3, 10];

test.skipIf(process.getuid?.() !== 0)("some gain nothing as another user than root, either", () => {
  const home = mkdtempSync(join(tmpdir(), "gradbook-nobody-"));
  chownSync(home, NOBODY, NOBODY);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, "test", "grader", "attacked.ts"), `${FIRST}`, `${STEP}`],
    {
      env: { ...process.env, HOME: home, XDG_CACHE_HOME: home },
      ...{ cwd: home, uid: NOBODY, gid: NOBODY, encoding: "utf8" },
    },
  );
  rmSync(home, { recursive: true, force: true });
  expect(stdout, stderr).toMatch(/^0 of \d+ attacks gained something, as user 65534$/m);
});
