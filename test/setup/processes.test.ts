import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { descendants, isAlive, stopFamily } from "../../scripts/setup/processes.ts";

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
