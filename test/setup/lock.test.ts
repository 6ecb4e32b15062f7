import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "../../scripts/setup/families.ts";
import { type Turn, withLock } from "../../scripts/setup/lock.ts";

let folder: string;
let path: string;
let waitedFor: number[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gradbook-lock-"));
  path = join(folder, "lock");
  waitedFor = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const take = <T>(work: (turn: Turn) => Promise<T>, silence?: number, stop = new AbortController().signal) =>
  withLock({ path, stop, onWait: (pid) => waitedFor.push(pid), ...(silence && { silence }) }, work);

describe("withLock", () => {
  it("gives the lock back when the work is done, and when it fails", async () => {
    expect(await take(async () => existsSync(path))).toBe(true);
    await expect(take(() => Promise.reject(new Error("no network")))).rejects.toThrow("no network");
    expect(existsSync(path)).toBe(false);
    expect(waitedFor).toEqual([]);
  });

  it("keeps the work of several processes apart", async () => {
    const diary = join(folder, "diary");
    const program = `
      import { appendFileSync } from "node:fs";
      import { setTimeout as delay } from "node:timers/promises";
      import { withLock } from ${JSON.stringify(join(import.meta.dirname, "../../scripts/setup/lock.ts"))};
      const [path, diary] = process.argv.slice(2);
      await withLock({ path, stop: new AbortController().signal, onWait: () => {} }, async () => {
        appendFileSync(diary, "in ");
        await delay(100);
        appendFileSync(diary, "out ");
      });`;
    writeFileSync(join(folder, "worker.ts"), program);
    const workers = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [join(folder, "worker.ts"), path, diary], { stdio: "inherit" }),
    );
    await Promise.all(workers.map((worker) => once(worker, "exit")));
    expect(readFileSync(diary, "utf8")).toBe("in out ".repeat(4));
  });

  it("takes over from a process that is gone, without waiting", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(path, `${pid} 0`);
    expect(await take(async () => readFileSync(path, "utf8"))).toMatch(`${process.pid} `);
    expect(waitedFor).toEqual([]);
  });

  it("takes over from a holder that gives no sign of life, as its number may be another program's by now", async () => {
    writeFileSync(path, `${process.ppid} 0`);
    await take(async () => {}, 500);
    expect(waitedFor).toEqual([process.ppid]);
  });

  it.each(["", "0 0", "half a"])("takes over soon from a file that names no process: %j", async (content) => {
    writeFileSync(path, content);
    expect(await take(async () => readFileSync(path, "utf8"))).toMatch(`${process.pid} `);
    expect(waitedFor).toEqual([]);
  });

  describe.skipIf(process.platform === "win32")(
    "waits for the process group that a killed holder has noted",
    () => {
      const { pid: holder } = spawnSync(process.execPath, ["--version"]);

      it("until it has ended", async () => {
        const written = join(folder, "written");
        const program = `setTimeout(() => require("fs").writeFileSync(${JSON.stringify(written)}, ""), 700)`;
        const worker = spawn(process.execPath, ["-e", program], { detached: true, stdio: "ignore" });
        writeFileSync(path, `${holder} 0 ${worker.pid}`);
        expect(await take(async () => existsSync(written))).toBe(true);
      });

      it("and ends it where it has lost its leader", async () => {
        const sleep = `["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" }`;
        const program = `console.log(require("child_process").spawn(process.execPath, ${sleep}).pid); process.exit()`;
        const leader = spawn(process.execPath, ["-e", program], {
          detached: true,
          stdio: ["ignore", "pipe", "inherit"],
        });
        const [line] = await once(leader.stdout, "data");
        await once(leader, "exit");
        writeFileSync(path, `${holder} 0 ${leader.pid}`);
        expect(await take(async () => isAlive(Number(line)))).toBe(false);
      });
    },
  );

  it("notes the process group that works for it", async () => {
    const noted = await take(async ({ note }) => {
      note(4711);
      return readFileSync(path, "utf8");
    });
    expect(noted).toMatch(new RegExp(`^${process.pid} \\S+ 4711$`));
    expect(existsSync(path)).toBe(false);
  });

  it("stops waiting when it is interrupted", async () => {
    writeFileSync(path, `${process.ppid} 0`);
    const stop = new AbortController();
    const waiting = take(async () => {}, undefined, stop.signal);
    setTimeout(() => stop.abort(), 300);
    await expect(waiting).rejects.toThrow("aborted");
  });

  it("tells the work when another process has taken the lock", async () => {
    const lost = take(async ({ stop }) => {
      writeFileSync(path, "1 0");
      while (!stop.aborted) await delay(100);
      stop.throwIfAborted();
    });
    await expect(lost).rejects.toThrow(/^Lost .* to another set-up/);
    expect(readFileSync(path, "utf8")).toBe("1 0");
  });
});
