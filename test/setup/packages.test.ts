import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kernelspec } from "../../kernel/src/command/kernelspec.ts";
import {
  isLater,
  lockWithVersion,
  manifests,
  releasedChangelog,
  withVersion,
} from "../../scripts/pack/version.ts";
import { zeromqAddons } from "../../scripts/pack/zeromq-addons.ts";
import { root } from "../../scripts/setup/paths.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const { version } = JSON.parse(read("package.json"));

describe("the packages", () => {
  it("have one version, which a release changes everywhere and nothing else with it", () => {
    for (const file of manifests) {
      expect(JSON.parse(read(file)).version, file).toBe(version);
      const after = JSON.parse(withVersion(read(file), "12.34.56"));
      expect(after, file).toEqual({ ...JSON.parse(read(file)), version: "12.34.56" });
    }
    expect(lockWithVersion(read("package-lock.json"), version)).toBe(read("package-lock.json"));
    expect(lockWithVersion(read("package-lock.json"), "12.34.56").match(/"12\.34\.56"/g)).toHaveLength(5);
  });

  it("start Node in the same way, no matter who has installed them", () => {
    const flags = kernelspec().argv.filter((argument) => argument.startsWith("--"));
    expect(flags).toEqual([
      "--no-force-async-hooks-checks",
      "--max-semi-space-size=4",
      "--max-old-space-size-percentage=75",
    ]);
    for (const flag of flags) expect(read("python/gradbook/__main__.py")).toContain(`"${flag}"`);
  });
});

describe("a release", () => {
  it("puts what is unreleased under its version, and refuses to release nothing", () => {
    const changelog = "# Changelog\n\n## Unreleased\n\n- New.\n";
    expect(releasedChangelog(changelog, "0.2.0", "2026-11-29")).toBe(
      "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-11-29)\n\n- New.\n",
    );
    const again = releasedChangelog(changelog, "0.2.0", "2026-11-29");
    expect(() => releasedChangelog(again, "0.3.0", "2026-11-30")).toThrow(/nothing under its heading/);
  });

  it.each([
    ["0.1.1", "0.1.0", true],
    ["0.10.0", "0.9.9", true],
    ["1.0.0", "0.9.9", true],
    ["0.1.0", "0.1.0", false],
    ["0.9.9", "0.10.0", false],
  ])("of %s after %s is an advance: %s", (next, before, expected) => {
    expect(isLater(next, before)).toBe(expected);
  });
});

describe("the addons of zeromq", () => {
  const addon = (os: string, arch: string, libc: string, abi: number) =>
    JSON.stringify({ os, arch, libc, abi });

  it("are those that Node 24 loads, one for each platform", () => {
    const manifest = JSON.parse(read("node_modules/zeromq/build/manifest.json"));
    expect(Object.values(zeromqAddons(manifest))).toEqual([
      "darwin/arm64/node/libc-115-Release/addon.node",
      "darwin/x64/node/libc-115-Release/addon.node",
      "linux/arm64/node/glibc-127-Release/addon.node",
      "linux/arm64/node/musl-127-Release/addon.node",
      "linux/x64/node/glibc-127-Release/addon.node",
      "linux/x64/node/musl-127-Release/addon.node",
      "win32/arm64/node/msvc-115-Release/addon.node",
      "win32/x64/node/msvc-115-Release/addon.node",
    ]);
  });

  it("are not for a newer Node, nor an older one where both would do", () => {
    const manifest = {
      [addon("linux", "x64", "glibc", 115)]: "a",
      [addon("linux", "x64", "glibc", 127)]: "b",
      [addon("linux", "x64", "glibc", 147)]: "c",
      [addon("win32", "ia32", "msvc", 115)]: "d",
    };
    expect(Object.values(zeromqAddons(manifest))).toEqual(["b"]);
  });
});
