import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bring, type Step } from "../../scripts/setup/step.ts";

let folder: string;
let runs: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gradbook-step-"));
  runs = 0;
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** A step that makes one file, and counts how often it does. */
const step = (inputs: Record<string, string> = { lock: "1" }): Step => ({
  title: "Product",
  doing: "making",
  stamp: join(folder, "stamp.json"),
  inputs,
  products: [join(folder, "product")],
  async run() {
    runs++;
    writeFileSync(join(folder, "product"), "");
  },
});

describe("A step", () => {
  it("is done once", async () => {
    expect([await bring(step()), await bring(step())]).toEqual([true, false]);
    expect(runs).toBe(1);
  });

  it.each([
    ["an input has changed", { lock: "2" }, () => {}],
    ["an input is new", { lock: "1", folder: "/elsewhere" }, () => {}],
    ["a product is gone", { lock: "1" }, () => rmSync(join(folder, "product"))],
    ["its stamp is cut off", { lock: "1" }, () => writeFileSync(join(folder, "stamp.json"), '{ "lo')],
  ])("is done again when %s", async (_when, inputs, change) => {
    await bring(step());
    change();
    expect(await bring(step(inputs))).toBe(true);
    expect(runs).toBe(2);
  });

  it("is done again after it failed, even over a stamp of an earlier success", async () => {
    await bring(step());
    const failing = { ...step({ lock: "2" }), run: () => Promise.reject(new Error("no network")) };
    await expect(bring(failing)).rejects.toThrow("no network");
    expect(existsSync(join(folder, "stamp.json"))).toBe(false);
    expect(await bring(step())).toBe(true);
  });
});
