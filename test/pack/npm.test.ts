/** The npm package: what is in it, and how much of it a page has to load. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { describe, expect, it, test } from "vitest";
import { root } from "../../scripts/setup/paths.ts";

describe("the npm package", () => {
  const npm = process.env.npm_execpath ?? "";
  const [{ files, size }] = npm.endsWith(".js")
    ? JSON.parse(
        execFileSync(process.execPath, [npm, "pack", "--dry-run", "--json", "--ignore-scripts"], {
          cwd: root,
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        }),
      )
    : [{ files: [], size: 0 }];
  const names: readonly string[] = files.map(({ path }: { path: string }) => path);

  it.skipIf(names.length === 0)(
    "holds the library, its types, sources and licences, and nothing else",
    () => {
      for (const name of [
        "LICENSE",
        "NOTICE",
        "README.md",
        "dist/index.js",
        "dist/index.d.ts",
        "npm/gradbook.mjs",
      ]) {
        expect(names).toContain(name);
      }
      const others = names.filter(
        (name) =>
          !/^(dist\/.*\.(js|js\.map|d\.ts)|src\/.*\.ts|npm\/.*\.mjs|licenses\/.*\.txt|\w+(\.md|\.json)?)$/.test(
            name,
          ),
      );
      expect(others).toEqual([]);
      expect(size).toBeLessThan(1.1e6);
    },
  );

  it.skipIf(names.length === 0)("holds the source of every map", () => {
    const maps = names.filter((name) => name.endsWith(".map"));
    expect(maps.length).toBeGreaterThan(100);
    const missing = maps.flatMap((map) => {
      const { sources } = JSON.parse(readFileSync(join(root, map), "utf8")) as { sources: string[] };
      return sources
        .map((source) => join(dirname(map), source).replaceAll("\\", "/"))
        .filter((source) => !names.includes(source));
    });
    expect(missing).toEqual([]);
  });
});

describe("a page that imports", () => {
  it.each([
    ["tensor and exp", 'import { exp, tensor } from "gradbook"; console.log(exp(tensor([1])));', 58],
    ["everything", 'import * as gradbook from "gradbook"; console.log(gradbook);', 180],
  ])("%s loads no more than it did", async (_, code, most) => {
    const kilobytes = gzipSync(await bundled(code), { level: 9 }).length / 1000;
    expect(kilobytes).toBeLessThan(most);
    // Where it is much less, the limit no longer watches.
    expect(kilobytes).toBeGreaterThan(0.7 * most);
  });
});

test("a bundler that leaves out what nobody uses leaves the methods of tensors in", async () => {
  const code = await bundled(
    'import { tensor } from "gradbook"; export const y = tensor([0]).exp().toArray();',
  );
  const { y } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  expect(y).toEqual([1]);
});

/** The code with all it needs at once, as a page would load it; what is loaded later is left out. */
async function bundled(code: string): Promise<string> {
  const bundle = await rolldown({
    input: "entry",
    platform: "browser",
    plugins: [
      {
        name: "entry",
        resolveId: (id) =>
          id === "entry" ? "\0entry" : id === "gradbook" ? join(root, "dist", "index.js") : undefined,
        load: (id) => (id === "\0entry" ? code : undefined),
      },
    ],
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  const [entry] = output;
  const later = new Set(output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.dynamicImports : [])));
  return output
    .filter((chunk) => chunk === entry || !later.has(chunk.fileName))
    .map((chunk) => (chunk.type === "chunk" ? chunk.code : ""))
    .join("\n");
}
