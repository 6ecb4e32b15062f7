import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildWheel } from "../../scripts/pack/build-wheel.ts";
import { bundledPackages } from "../../scripts/pack/extension-licences.ts";
import { gather, gathered } from "../../scripts/pack/gather.ts";
import { packing } from "../../scripts/pack/packing.ts";
import { root } from "../../scripts/setup/paths.ts";
import { EmptyEnvironment } from "./empty-environment.ts";

const stop = new AbortController().signal;
const environment = new EmptyEnvironment();
const extension = "share/jupyter/labextensions/@gradbook/jupyterlab";
let wheel = "";
let before: readonly string[] = [];

const installed = (): string[] => globSync("**/*", { cwd: environment.prefix }).sort();

/** Gathers and builds in a folder of its own. */
async function build(folder: string): Promise<string> {
  return packing(stop, async (turn) => {
    await gather(turn);
    const [file] = await buildWheel(join(environment.path, folder), turn, ["wheel"]);
    return file;
  });
}

beforeAll(async () => {
  wheel = await build("first");
  await environment.make();
  await environment.install(wheel);
  before = installed();
});
afterAll(() => environment.remove());

describe("the wheel", () => {
  it("works on every platform, and has at most 12 MB", () => {
    expect(basename(wheel)).toMatch(/^gradbook-\d+\.\d+\.\d+-py3-none-any\.whl$/);
    expect(statSync(wheel).size).toBeLessThan(12e6);
  });

  it("has the same bytes when it is built again", async () => {
    const hash = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
    expect(hash(await build("second"))).toBe(hash(wheel));
  });

  it("holds a licence for everything that it holds", () => {
    const notice = readFileSync(join(root, "NOTICE"), "utf8");
    const packages = globSync(["*", "@*/*"], { cwd: join(gathered, "app", "node_modules") })
      .filter((name) => existsSync(join(gathered, "app", "node_modules", name, "package.json")))
      .filter((name) => name !== "gradbook");
    expect(packages.length).toBeGreaterThan(5);
    for (const name of packages) {
      expect(notice).toContain(name.replace(/^@jridgewell\//, ""));
      const texts = globSync("LICEN[CS]E*", { cwd: join(gathered, "app", "node_modules", name) });
      const ours = join(root, "licenses", `${basename(name)}.txt`);
      expect(texts.length > 0 || existsSync(ours), name).toBe(true);
    }
    const list = join(gathered, extension, "static", "third-party-licenses.json");
    const { packages: listed } = JSON.parse(readFileSync(list, "utf8"));
    const names = listed.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining([...bundledPackages(), "@codemirror/lint"]));
    for (const { name, extractedText } of listed) {
      expect(notice).toContain(name);
      expect(extractedText.length, name).toBeGreaterThan(500);
    }
  });

  it("holds the documentation, and nothing that is of no use: source maps, build records, tests", () => {
    const files = globSync("**/*", { cwd: gathered });
    expect(files).toContain(join(extension, "docs", "index.html"));
    expect(
      files.filter((file) => /\.map$|tsbuildinfo|\.test\.|\.tsx?$/.test(file.replace(/\.d\.ts$/, ""))),
    ).toEqual([]);
  });
});

describe("pip install gradbook, for somebody without a home and without Node on the PATH", () => {
  it("makes the kernel and the extension known to Jupyter", async () => {
    const kernels = await environment.jupyter(
      "jupyter_client.kernelspecapp",
      "KernelSpecApp.launch_instance",
      "list",
      "--json",
    );
    const { resource_dir, spec } = JSON.parse(kernels.stdout).kernelspecs.gradbook;
    expect(resource_dir).toBe(join(environment.prefix, "share", "jupyter", "kernels", "gradbook"));
    expect(spec.argv.slice(1)).toEqual(["-m", "gradbook", "kernel", "{connection_file}"]);
    const extensions = await environment.jupyter("jupyterlab.labextensions", "main", "list");
    expect(extensions.stdout + extensions.stderr).toMatch(
      /@gradbook\/jupyterlab v\S+ .*enabled.*OK.*python, gradbook/,
    );
  });

  it("is well, as gradbook doctor says", async () => {
    const { code, stdout, stderr } = await environment.run("gradbook", "doctor");
    expect(stdout.match(/^.*✗.*$/gm) ?? [], stderr).toEqual([]);
    expect(stdout.match(/^✓/gm)).toHaveLength(7);
    expect(code).toBe(0);
  });

  it("brings the lecture, which runs, and leaves what is there as it is", async () => {
    const first = await environment.run("gradbook", "lectures");
    expect(first.stdout, first.stderr).toMatch(/^Copied gradbook.lectures.09-jacobians\.ipynb$/m);
    expect((await environment.run("gradbook", "lectures")).stdout).toMatch(
      /^Kept gradbook.lectures.09-jacobians/m,
    );
    const name = join("gradbook", "lectures", "09b-linear-layers.ipynb");
    const ran = await environment.jupyter("nbclient.cli", "main", "--inplace", name);
    expect(ran.code, ran.stderr).toBe(0);
    const { cells } = JSON.parse(readFileSync(join(environment.work, name), "utf8"));
    const code = cells.filter(({ cell_type }: { cell_type: string }) => cell_type === "code");
    expect(
      code.filter(({ execution_count }: { execution_count: unknown }) => execution_count === null),
    ).toEqual([]);
  });

  it("says what to do where something is wrong", async () => {
    const refused = await environment.run("gradbook", "uninstall", "--sys-prefix");
    expect(refused.stderr).toMatch(
      /^gradbook: Cannot remove what pip has installed in .*: run pip uninstall gradbook$/m,
    );
    expect(refused.code).toBe(2);
  });

  it("writes nothing where it is installed", () => {
    expect(installed()).toEqual(before);
  });

  it("leaves nothing behind when it is uninstalled", async () => {
    await environment.uninstall();
    const files = globSync("**/*", { cwd: environment.prefix }).filter((file) => /gradbook/i.test(file));
    expect(
      files.filter(
        (file) =>
          !/^share.jupyter.(kernels|labextensions)/.test(file) ||
          statSync(join(environment.prefix, file)).isFile(),
      ),
    ).toEqual([]);
    rmSync(join(environment.path, "first"), { recursive: true });
  });
});
