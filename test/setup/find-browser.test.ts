import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findBrowser, findOwnBrowser } from "../../scripts/browser.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gradbook-browser-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts a program of this name into the folder, which ends with that code whatever it is asked. */
function install(name: string, code = 0): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nexit ${code}\n`, { mode: 0o755 });
  return path;
}

describe("findBrowser", () => {
  it("takes the browser that CHROME names", () => {
    expect(findBrowser({ CHROME: process.execPath }).executablePath).toBe(process.execPath);
  });

  it("says so when CHROME names none", () => {
    expect(() => findBrowser({ CHROME: "/nowhere/chrome" })).toThrow(
      "No browser at /nowhere/chrome, which the variable CHROME or CHROMIUM names",
    );
  });

  it("passes over the machine's own when the one from npm is asked for", () => {
    expect(findOwnBrowser({ GRADBOOK_BROWSER: "npm", CHROME: process.execPath })).toBeUndefined();
  });

  it("takes the one that the set-up brought, with its own libraries and fonts, when it is all there is", () => {
    const brought = install("chromium");
    const { executablePath, env } = findBrowser({ GRADBOOK_BROWSER: "npm" }, folder);
    expect(executablePath).toBe(brought);
    expect(env.LD_LIBRARY_PATH).toBe(join(folder, "al2023", "lib"));
    expect(env.FONTCONFIG_FILE).toBe(join(folder, "fonts.conf"));
  });

  it("says what to install when there is none", () => {
    expect(() => findBrowser({ GRADBOOK_BROWSER: "npm" }, folder)).toThrow(
      "The tests need a browser, and none was found: install Chromium, Chrome or Edge",
    );
  });

  it.runIf(process.platform === "linux")(
    "passes over a program on the PATH that only says how to install it",
    () => {
      install("chromium-browser", 1);
      const edge = install("microsoft-edge");
      expect(findOwnBrowser({ PATH: folder })).toBe(edge);
    },
  );
});
