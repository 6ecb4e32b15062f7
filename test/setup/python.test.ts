import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findPython } from "../../scripts/setup/python.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gradbook-python-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts a program of this name on an otherwise empty PATH, which describes itself as a Python of that version. */
function install(name: string, version: string, makesEnvironments = true): void {
  const answer = JSON.stringify([`/usr/bin/${name}`, version, makesEnvironments]);
  writeFileSync(join(folder, name), `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(join(folder, name), 0o755);
}
const find = (more = {}) => findPython({ PATH: folder, ...more });

describe.skipIf(process.platform === "win32")("findPython", () => {
  it("says what to install when there is none", () => {
    expect(() => find()).toThrow("JupyterLab needs Python 3.10 or newer, and none was found: install it");
  });

  it("says which one is too old", () => {
    install("python3", "3.9.18");
    expect(() => find()).toThrow("and the newest found is 3.9.18");
  });

  it("says how to get the venv module when that is all that lacks", () => {
    install("python3", "3.12.1", false);
    expect(() => find()).toThrow("/usr/bin/python3 (3.12.1) lacks the venv module");
  });

  it("passes over a newer one without the venv module", () => {
    install("python3.13", "3.13.0", false);
    install("python3.11", "3.11.7");
    expect(find().executable).toBe("/usr/bin/python3.11");
  });

  it("passes over a stub that does not run, and takes plain python too", () => {
    writeFileSync(join(folder, "python3"), "#!/bin/sh\nexit 9\n", { mode: 0o755 });
    install("python", "3.14.2");
    expect(find().version).toBe("3.14.2");
  });

  it("takes the one that GRADBOOK_PYTHON names, and no other", () => {
    install("python3.13", "3.13.0");
    install("mine", "3.10.4");
    expect(find({ GRADBOOK_PYTHON: join(folder, "mine") }).version).toBe("3.10.4");
    expect(() => find({ GRADBOOK_PYTHON: join(folder, "missing") })).toThrow("none was found");
  });
});
