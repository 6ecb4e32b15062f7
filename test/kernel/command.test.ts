import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { JupyterFolder } from "./jupyter.ts";

let folder: JupyterFolder;

beforeEach(() => {
  folder = new JupyterFolder();
});
afterEach(() => folder.remove());

test("gradbook install makes a kernelspec that Jupyter finds, and uninstall takes it away", async () => {
  const { code, stderr } = await folder.gradbook("install", "--prefix", folder.path);
  expect(code, stderr).toBe(0);
  const kernel = join(folder.data, "kernels", "gradbook");
  const { argv, ...spec } = JSON.parse(readFileSync(join(kernel, "kernel.json"), "utf8"));
  expect(spec).toMatchObject({
    display_name: "TypeScript (Gradbook)",
    language: "typescript",
    interrupt_mode: "message",
  });
  expect(argv[0]).toBe(process.execPath);
  expect(argv.at(-1)).toBe("{connection_file}");
  for (const logo of ["logo-svg.svg", "logo-32x32.png", "logo-64x64.png"]) {
    expect(existsSync(join(kernel, logo)), logo).toBe(true);
  }
  const listed = await folder.python("-m", "jupyter", "kernelspec", "list", "--json");
  expect(JSON.parse(listed.stdout).kernelspecs.gradbook.resource_dir).toBe(kernel);

  expect((await folder.gradbook("uninstall", "--prefix", folder.path)).stdout).toContain(`Removed ${kernel}`);
  expect(existsSync(kernel)).toBe(false);
  expect((await folder.gradbook("uninstall", "--prefix", folder.path)).stdout).toMatch(/^Found nothing/);
});

test("gradbook install works for the user without being told where, and again over itself", async () => {
  for (let time = 0; time < 2; time++) expect((await folder.gradbook("install")).code).toBe(0);
  expect(existsSync(join(folder.path, "data", "kernels", "gradbook", "kernel.json"))).toBe(true);
});

test("gradbook doctor finds what is missing, and says how to mend it", async () => {
  const before = await folder.gradbook("doctor");
  expect(before.stdout).toMatch(/^✓ Node: 2\d\./m);
  expect(before.stdout).toMatch(/^✓ zeromq, which speaks to Jupyter: libzmq 4\./m);
  expect(before.stdout).toMatch(/^✓ TypeScript engine: 6\./m);

  await folder.gradbook("install", "--prefix", folder.path);
  const file = join(folder.data, "kernels", "gradbook", "kernel.json");
  expect((await folder.gradbook("doctor")).stdout).toContain(`✓ Kernelspec: ${file}`);

  const spec = JSON.parse(readFileSync(file, "utf8"));
  spec.argv[0] = join(folder.path, "no-such-node");
  writeFileSync(file, JSON.stringify(spec));
  const broken = await folder.gradbook("doctor");
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(/^✗ Kernelspec: .*no-such-node.*; run gradbook install$/m);
  rmSync(file);
});

test.each([
  [["--version"], 0, /^\d+\.\d+\.\d+\n$/],
  [["--help"], 0, /^Usage: gradbook/],
  [[], 2, /^Usage: gradbook/],
])("gradbook %j prints what it should", async (args, code, text) => {
  const finished = await folder.gradbook(...args);
  expect(finished.stdout).toMatch(text);
  expect(finished.code).toBe(code);
});

test.each([
  [["dance"], "gradbook: Cannot find the command dance: see gradbook --help\n"],
  [["kernel"], "gradbook: Cannot start a kernel: the connection file is missing\n"],
  [
    ["install", "--user", "--prefix", "x"],
    "gradbook: Cannot choose a folder: give one of --user, --sys-prefix and --prefix\n",
  ],
])("gradbook %j fails with one sentence", async (args, sentence) => {
  const finished = await folder.gradbook(...args);
  expect(finished.stderr).toBe(sentence);
  expect(finished.code).toBe(2);
});
