import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { descendants, isAlive } from "../../scripts/setup/families.ts";
import { startLeashed, stopFamily } from "../../scripts/setup/processes.ts";

const setup = join(import.meta.dirname, "../../scripts/setup");

/** Starts a program with a child in a session of its own, as Jupyter starts kernels, and waits for the child's id. */
async function startFamily(onTerminate: string): Promise<[ChildProcess, number]> {
  const program = `
    const sleep = ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(process.pid)"];
    require("child_process").spawn(process.execPath, sleep, { detached: true, stdio: ["ignore", "inherit", "inherit"] });
    process.on("SIGTERM", () => { ${onTerminate} });`;
  const head = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(head.stdout as NodeJS.ReadableStream, "data");
  return [head, Number(line)];
}

describe("descendants", () => {
  it("finds children of children", () => {
    const parents = new Map([
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 1],
    ]);
    expect(descendants(2, parents)).toEqual([3, 4]);
  });
});

describe("stopFamily", () => {
  it("ends a child in a session of its own that its parent left behind", async () => {
    const [head, child] = await startFamily("process.exit(0)");
    await stopFamily(head, { grace: 10_000 });
    expect(head.exitCode).toBe(0);
    await expect.poll(() => isAlive(child)).toBe(false);
  });

  it("kills a program that does not end in time, and its child", async () => {
    const [head, child] = await startFamily("");
    await stopFamily(head, { grace: 200 });
    await expect.poll(() => head.signalCode).toBe("SIGKILL");
    await expect.poll(() => isAlive(child)).toBe(false);
  });

  it("does not wait for the end of the grace when in a hurry", async () => {
    const [head] = await startFamily("");
    const start = performance.now();
    await stopFamily(head, { grace: 60_000, hurry: AbortSignal.timeout(200) });
    await expect.poll(() => head.signalCode).toBe("SIGKILL");
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe.skipIf(process.platform === "win32")("startLeashed", () => {
  /** A process that starts a program on a leash, which starts another one; both tell their ids and never end. */
  async function startHolder(): Promise<[ChildProcess, number[]]> {
    const never = "setInterval(() => {}, 1000); console.log(process.pid);";
    const deaf = `process.on("SIGTERM", () => {}); ${never}`;
    const program = `${deaf}
      require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(deaf)}], { stdio: "inherit" });`;
    const holder = `
      const { startLeashed } = await import(${JSON.stringify(join(setup, "processes.ts"))});
      startLeashed(process.execPath, ["-e", ${JSON.stringify(program)}], { patience: 500 }, 1);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", holder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    for await (const text of child.stdout) {
      output += text;
      if (output.split("\n").length > 2) break;
    }
    return [child, output.trim().split("\n").map(Number)];
  }

  it("ends a program, and what it has started, with the process that started it, though that is killed", async () => {
    const [holder, pids] = await startHolder();
    expect(pids.map(isAlive)).toEqual([true, true]);
    holder.kill("SIGKILL");
    await expect.poll(() => pids.map(isAlive), { timeout: 30_000 }).toEqual([false, false]);
  });

  it("ends as its program does", async () => {
    const log = openSync("/dev/null", "w");
    const failing = startLeashed(process.execPath, ["-e", "process.exit(7)"], { patience: 0 }, log);
    expect(await once(failing, "exit")).toEqual([7, null]);
    const missing = startLeashed("/nowhere/python", [], { patience: 0 }, log);
    expect(await once(missing, "exit")).toEqual([127, null]);
    closeSync(log);
  });
});
