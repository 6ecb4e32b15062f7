import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { removeOrphans } from "../../scripts/setup/gradbook.ts";

const folder = mkdtempSync(join(tmpdir(), "gradbook-build-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("what was made of a source that is gone goes before it is packed, and nothing else", () => {
  const kept = [
    "src/here.ts",
    "src/deep/view.tsx",
    "dist/here.js",
    "dist/here.d.ts",
    "dist/deep/view.js.map",
  ];
  const orphans = ["dist/gone.js", "dist/gone.d.ts", "dist/gone.js.map", "dist/deep/here.js"];
  for (const file of [...kept, ...orphans, "dist/notes.txt"]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "");
  }
  removeOrphans(join(folder, "src"), join(folder, "dist"));
  const left = globSync("**/*.*", { cwd: folder });
  expect(left.sort()).toEqual([...kept, "dist/notes.txt"].sort());
});
