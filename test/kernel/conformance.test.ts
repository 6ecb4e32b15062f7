import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { JupyterFolder } from "./jupyter.ts";

const folder = new JupyterFolder();

beforeAll(() => folder.gradbook("install", "--prefix", folder.path));
afterAll(() => folder.remove());

test("Jupyter's own test suite for kernels passes, all but the deprecated pager, also with encryption", async () => {
  const script = fileURLToPath(new URL("conformance.py", import.meta.url));
  const { code, stderr } = await folder.python(script, "-v");
  const results = [...stderr.matchAll(/^(test_\w+) .*\.\.\. (\S+)/gm)].map(([, name, result]) => [
    name,
    result,
  ]);
  expect(results).toHaveLength(14);
  const exceptions = results.filter(([, result]) => result !== "ok");
  expect(exceptions, stderr).toEqual([["test_pager", "skipped"]]);
  expect(code).toBe(0);
});
