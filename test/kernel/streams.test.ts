/** What is written or read past the console: descriptors, child processes, stdin. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { resultOf, tracebackOf, useKernel } from "./kernel.ts";

const asked: string[] = [];
const kernel = useKernel({
  input: (prompt) => {
    asked.push(prompt);
    return "an answer";
  },
});

const FS = 'import fs from "node:fs";';
const CHILDREN = 'import cp from "node:child_process";';

describe("What is written to the kernel's own streams belongs to the cell:", () => {
  test.each([
    ["a text to a descriptor", `${FS} fs.writeSync(1, "seen\\n")`],
    ["bytes to a descriptor", `${FS} fs.writeSync(1, Buffer.from("- seen\\n"), 2)`],
    [
      "bytes with options",
      `${FS} (fs as any).writeSync(1, Buffer.from("- seen\\n-"), { offset: 2, length: 5 })`,
    ],
    ["several arrays", `${FS} fs.writevSync(1, [Buffer.from("se"), Buffer.from("en\\n")])`],
    ["with a callback", `${FS} await new Promise((done) => fs.write(1, "seen\\n", done))`],
    ["the file of a descriptor", `${FS} fs.writeFileSync("/dev/stdout", "seen\\n")`],
    ["by a promise", `${FS} await fs.promises.appendFile("/dev/fd/1", "seen\\n")`],
    ["a name that was imported", `import { writeSync } from "node:fs"; writeSync(1, "seen\\n")`],
    ["a program that is waited for", `${CHILDREN} cp.execSync("echo seen", { stdio: "inherit" })`],
    [
      "a program with one stream inherited",
      `${CHILDREN} cp.spawnSync("echo", ["seen"], { stdio: ["ignore", "inherit", "pipe"] })`,
    ],
    ["a file that is run", `${CHILDREN} cp.execFileSync("echo", ["seen"], { stdio: [0, 1, 2] })`],
    [
      "a program",
      `${CHILDREN} await new Promise((done) => cp.spawn("echo", ["seen"], { stdio: "inherit" }).on("close", done))`,
    ],
    [
      "a program with a stream",
      `${CHILDREN} await new Promise((done) => cp.spawn("echo", ["seen"], { stdio: ["ignore", (process as any).stdout, "pipe"] }).on("close", done))`,
    ],
  ])("%s", async (_, code) => {
    const ran = await kernel().run(`${code}; void 0`);
    expect(ran.reply.status, tracebackOf(ran)).toBe("ok");
    expect(ran.text()).toBe("seen\n");
  });

  test("also stderr, of `execSync` by default", async () => {
    const ran = await kernel().run(
      `${CHILDREN} ${FS} cp.execSync("echo seen >&2"); fs.writeSync(2, "too\\n"); void 0`,
    );
    expect(ran.text("stderr")).toBe("seen\ntoo\n");
  });

  test("and is seen while a program runs", async () => {
    const seen = kernel().published(({ content }) => content.text === "early\n");
    const running = kernel().run(
      `${CHILDREN} cp.execSync("echo early; sleep 1; echo late", { stdio: "inherit" })`,
    );
    await seen;
    expect((await running).text()).toBe("early\nlate\n");
  });
});

describe("Programs that are waited for answer as Node's own functions do:", () => {
  test.each([
    ["the output as bytes", 'cp.execSync("echo a").toString()', "'a\\n'"],
    ["the output as text", 'cp.execFileSync("echo", ["a"], { encoding: "utf8" })', "'a\\n'"],
    ["the input", 'cp.execSync("cat", { input: "given", encoding: "utf8" })', "'given'"],
    [
      "the environment",
      'cp.execSync("echo $HERE", { env: { ...process.env, HERE: "x" }, encoding: "utf8" })',
      "'x\\n'",
    ],
    ["the folder", 'cp.execSync("pwd", { cwd: "/", encoding: "utf8" })', "'/\\n'"],
    ["the status", 'cp.spawnSync("sh", ["-c", "exit 3"]).status', "3"],
    ["a program that is missing", '(cp.spawnSync("no-such-program").error as any).code', "'ENOENT'"],
    [
      "a program that takes too long",
      '(cp.spawnSync("sleep", ["9"], { timeout: 50 }).error as any).code',
      "'ETIMEDOUT'",
    ],
    [
      "more output than is allowed",
      '(cp.spawnSync("yes", { maxBuffer: 1000 }).error as any).code',
      "'ENOBUFS'",
    ],
    [
      "what `execSync` throws",
      '(() => { try { cp.execSync("exit 4", { stdio: "pipe" }) } catch (error) { return [error.status, error.message] } })()',
      "[ 4, 'Command failed: exit 4' ]",
    ],
  ])("%s", async (_, code, result) => {
    const ran = await kernel().run(`${CHILDREN} ${code}`);
    expect(resultOf(ran), tracebackOf(ran)).toBe(result);
  });
});

describe("A line is asked of the front end by", () => {
  test.each([
    [
      "readline",
      'import rl from "node:readline"; const l = rl.createInterface({ input: io.stdin, output: io.stdout }); const answer = await new Promise((done) => l.question("who? ", done)); l.close(); answer',
      "who? ",
    ],
    [
      "readline of promises",
      'import rp from "node:readline/promises"; const p = rp.createInterface(io.stdin, io.stdout); const name = await p.question("you? "); p.close(); name',
      "you? ",
    ],
    [
      "a line event",
      'import rl from "node:readline"; const e = rl.createInterface({ input: io.stdin }); const line = await new Promise((done) => e.once("line", done)); e.close(); line',
      "",
    ],
    [
      "a loop over lines",
      'import rl from "node:readline"; let first = ""; for await (const one of rl.createInterface({ input: io.stdin })) { first = one; break } first',
      "",
    ],
    ["stdin itself", '(await new Promise<any>((done) => io.stdin.once("data", done))).trim()', ""],
  ])("%s, once", async (_, code, prompt) => {
    asked.length = 0;
    const ran = await kernel().run(`const io: any = process; ${code}`);
    expect(resultOf(ran), tracebackOf(ran)).toBe("'an answer'");
    expect(asked).toEqual([prompt]);
  });

  test("nobody, where the front end takes no input: that is an error", async () => {
    const ran = await kernel().run(
      'const io: any = process; import rp from "node:readline/promises"; await rp.createInterface(io.stdin, io.stdout).question("you? ")',
      { allow_stdin: false },
    );
    expect(ran.reply.evalue).toMatch(/^Cannot ask for input/);
  });
});

/** Whether writing to the file of a descriptor fails where it would have to wait. */
const NON_BLOCKING = 0o4000;

test.runIf(process.platform === "linux")(
  "Who shares its stderr with a kernel can still write there",
  async () => {
    await kernel().run(
      'console.log("to stdout"); console.error("to stderr"); process.stdout.write("and so on")',
    );
    const file = readFileSync(`/proc/${kernel().process.pid}/fdinfo/2`, "utf8");
    const [, flags] = /^flags:\s*(\d+)$/m.exec(file) ?? [];
    expect(Number.parseInt(flags, 8) & NON_BLOCKING).toBe(0);
  },
);
