import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { CourseFolder, ROOT, solved } from "./course.ts";
import { GOOD, homework } from "./homework.ts";
import { sandboxed } from "./sandbox.ts";

const brought = join(ROOT, ".cache", "debian", "usr");
const libraries = `${join(brought, "lib", "x86_64-linux-gnu")}:${join(brought, "lib", "aarch64-linux-gnu")}`;
const own = ["valkey-server", "redis-server"].find((name) => spawnSync(name, ["--version"]).status === 0);
const redis = own ?? join(brought, "bin", "redis-server");
const isThere = own !== undefined || existsSync(redis);
if (!isThere) console.warn("Left out, as there is neither Redis nor Valkey: the tests of the queue");
const test = isThere ? sandboxed : (sandboxed.skip as typeof sandboxed);

const COUNT = 12;
let course: CourseFolder;
let server: ChildProcess;
let url: string;

function gradbook(...args: string[]): ChildProcess {
  const command = [join(ROOT, "kernel", "bin", "gradbook.js"), ...args];
  return spawn(process.execPath, command, { env: { ...process.env, GRADBOOK_SECONDS: "2" }, stdio: "pipe" });
}

function ended(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (text) => {
      said += text;
    });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, said })));
}

function results(output: string): Record<string, string> {
  const folder = `${output}/hw/results`;
  return Object.fromEntries(
    readdirSync(join(course.path, folder)).map((name) => [name, course.read(`${folder}/${name}`)]),
  );
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

describe("the same work, graded here, by a queue and by a batch system", () => {
  beforeAll(async () => {
    if (!isThere) return;
    course = new CourseFolder();
    course.write("source/hw/hw.ipynb", homework);
    for (let k = 0; k < COUNT; k++) {
      const count = `const answer = ${40 + (k % 3)}; // ${k}`;
      course.write(`submitted/student-${k}/hw/hw.ipynb`, solved(homework, { ...GOOD, count }));
    }
    const here = await ended(gradbook("grade", course.path, "--output", join(course.path, "here")));
    expect(here.code, here.said).toBe(0);
    const port = await freePort();
    const folder = join(course.path, "redis");
    mkdirSync(folder);
    url = `redis://127.0.0.1:${port}`;
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder];
    server = spawn(redis, args, { env: { ...process.env, LD_LIBRARY_PATH: libraries }, stdio: "ignore" });
  });
  afterAll(() => {
    server?.kill();
    course?.remove();
  });

  test("two workers, one of them killed in the middle, give the same results", async () => {
    const workers = [0, 1].map(() => gradbook("grade-worker", "--queue", url, "--processes", "1"));
    const asked = ended(
      gradbook("grade", course.path, "--output", join(course.path, "queue"), "--queue", url),
    );
    const folder = join(course.path, "queue", "hw", "results");
    // Killed while it grades: when the first results are there, and not yet all.
    while (!existsSync(folder) || readdirSync(folder).length < 3)
      await new Promise((resolve) => setTimeout(resolve, 50));
    workers[0].kill("SIGKILL");
    const { code, said } = await asked;
    const second = ended(workers[1]);
    workers[1].kill("SIGTERM");
    await second;
    expect(code, said).toBe(0);
    expect(results("queue")).toEqual(results("here"));
    expect(course.read("queue/hw/marks.csv")).toBe(course.read("here/hw/marks.csv"));
  });

  test("a list for a batch system grades one notebook with each number", async () => {
    const output = join(course.path, "batch");
    const { said } = await ended(gradbook("grade", course.path, "--output", output, "--list", "lines"));
    const lines = said.trim().split("\n");
    expect(lines).toHaveLength(COUNT);
    expect((await ended(spawn("/bin/sh", ["-c", lines[5]], { env: process.env }))).code).toBe(0);
    const task = gradbook("grade-one", join(output, "hw", "jobs.json"), "6");
    expect((await ended(task)).code).toBe(0);
    const [own, all] = [results("batch"), results("here")];
    expect(Object.keys(own)).toHaveLength(2);
    for (const [name, text] of Object.entries(own)) expect(text).toBe(all[name]);
    const slurm = await ended(gradbook("grade", course.path, "--output", output, "--list", "slurm"));
    expect(slurm.said).toContain(`#SBATCH --array=0-${COUNT - 3}`);
    expect(spawnSync("/bin/sh", ["-n"], { input: slurm.said }).status).toBe(0);
    const cluster = await ended(gradbook("grade", course.path, "--output", output, "--list", "kubernetes"));
    expect(JSON.parse(cluster.said).spec).toMatchObject({
      completionMode: "Indexed",
      completions: COUNT - 2,
    });
  });

  test("a queue that nobody answers for is a sentence", async () => {
    const { code, said } = await ended(
      gradbook("grade", course.path, "--queue", `redis://:secret@127.0.0.1:${await freePort()}`),
    );
    expect(code).toBe(2);
    expect(said).toMatch(/Cannot reach the queue at redis:\/\/127.*: .*; start Redis or Valkey there\n$/);
    expect(said).not.toContain("secret");
  });
});
