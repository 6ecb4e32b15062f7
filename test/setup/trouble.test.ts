/** A full disk and a folder that nobody may write to: one sentence each, and a start that succeeds once they are mended. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { troubleIn, troubleOf } from "../../scripts/setup/trouble.mjs";
import { makeSmallGradbook, type SmallGradbook } from "./small-gradbook.ts";

const isRoot = process.getuid?.() === 0;
const place = mkdtempSync(join(tmpdir(), "gradbook-disk-"));
/** A disk of its own, where this machine lets us have one. */
const hasDisk =
  isRoot && spawnSync("mount", ["-t", "tmpfs", "-o", "size=64M", "gradbook-test", place]).status === 0;
const noRoom = /^No room is left on the disk.*: Gradbook needs some 2 GB, make room and start again/;
const noRight = /^Cannot write to .*: copy Gradbook to a folder of your own that is not read-only/;

let small: SmallGradbook;
beforeAll(() => {
  small = makeSmallGradbook(place);
});
afterAll(() => {
  if (hasDisk) execFileSync("umount", [place]);
  rmSync(place, { recursive: true });
});

/** The last line of a set-up that fails; every other one says what it does. */
async function sentence(): Promise<string> {
  const { code, output } = await small.start().ended;
  expect(code).toBe(1);
  const lines = output.trimEnd().split("\n");
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/: [a-z ./]+|: ready after/);
  return lines.at(-1) as string;
}

/** Leaves so many bytes of the disk. */
function fill(left: number): void {
  const { bavail, bsize } = statfsSync(place);
  writeFileSync(join(place, "filling"), Buffer.alloc(bavail * bsize - left));
}

const empty = () => rmSync(join(place, "filling"));

describe("A set-up says in one sentence", () => {
  it.runIf(hasDisk)("that the disk is full, and succeeds when it no longer is", async () => {
    fill(0);
    expect(await sentence()).toMatch(noRoom);
    empty();
    // Full while a program writes: those that stand in need some hundred files of a page each.
    for (const left of [40_000, 120_000]) {
      small.renew();
      fill(left);
      expect(await sentence()).toMatch(noRoom);
      empty();
    }
    expect(await small.start().ended).toMatchObject({ code: 0 });
    expect(small.faults()).toEqual([]);
  });

  it.runIf(hasDisk || !isRoot)("that the folder is read-only", async () => {
    small.renew();
    const set = (mode: "ro" | "rw") => {
      if (hasDisk) execFileSync("mount", ["-o", `remount,${mode}`, place]);
      else
        for (const folder of [place, join(place, ".cache")]) chmodSync(folder, mode === "ro" ? 0o500 : 0o700);
    };
    set("ro");
    try {
      expect(await sentence()).toMatch(noRight);
    } finally {
      set("rw");
    }
    expect(await small.start().ended).toMatchObject({ code: 0 });
  });

  it.each([
    [{ code: "ENOSPC", path: "/a/b" }, "No room is left on the disk for /a/b: "],
    [{ code: "EDQUOT" }, "No room is left on the disk: "],
    [{ code: "EROFS", path: "/a", dest: "/b" }, "Cannot write to /b: "],
    [{ code: "EACCES", path: "/a" }, "Cannot write to /a: "],
  ])("what %j means", (error, begin) => {
    expect(troubleOf(error)).toMatch(new RegExp(`^${begin}`));
  });

  it("nothing of other errors, which show themselves", () => {
    expect(troubleOf(new TypeError("x is not a function"))).toBeUndefined();
    expect(troubleOf(undefined)).toBeUndefined();
  });

  it.each([
    ["npm error ENOSPC: no space left on device, write", noRoom],
    ["OSError: [Errno 28] No space left on device", noRoom],
    ["OSError: [Errno 30] Read-only file system: '/x'", noRight],
  ])("what a log means: %s", (log, meaning) => {
    expect(troubleIn(log, tmpdir())).toMatch(meaning);
  });

  it("nothing of a log about anything else", () => {
    expect(troubleIn("npm error 404 Not Found", tmpdir())).toBeUndefined();
  });
});
