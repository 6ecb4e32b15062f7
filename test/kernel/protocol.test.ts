import { describe, expect, test } from "vitest";
import { KernelClient } from "./client.ts";
import { PATIENCE, pause, resultOf, useKernel } from "./kernel.ts";

const answers: string[] = [];
const kernel = useKernel({ input: () => answers.shift() });

test("The kernel says what it is", async () => {
  const info = await kernel().request("kernel_info");
  expect(info).toMatchObject({
    status: "ok",
    protocol_version: "5.5",
    implementation: "gradbook",
    language_info: { name: "typescript", file_extension: ".ts", codemirror_mode: "typescript" },
  });
  expect(await kernel().request("kernel_info", {}, "control")).toEqual(info);
  expect(await kernel().heartbeat()).toBe("ping");
});

test("A new subscriber is welcomed before it hears anything else", () => {
  expect(kernel().heard[0]).toMatchObject({ type: "iopub_welcome", content: { subscription: "" } });
});

describe("While a cell runs without a pause,", () => {
  test("completion, inspection, completeness, history and comms are answered within half a second", async () => {
    await kernel().run("const M = tensor([[1, 2]])");
    const running = kernel().run("while (true) {}");
    await pause(300);
    const requests = [
      [
        "complete",
        { code: "M.matm", cursor_pos: 6 },
        { matches: ["matmul"], cursor_start: 2, cursor_end: 6 },
      ],
      ["inspect", { code: "M", cursor_pos: 1, detail_level: 0 }, { found: true }],
      ["is_complete", { code: "f(" }, { status: "incomplete" }],
      ["history", { hist_access_type: "tail", n: 1, raw: true, output: false }, { status: "ok" }],
      ["comm_info", {}, { comms: {} }],
    ] as const;
    for (const [type, content, expected] of requests) {
      expect(await kernel().request(type, content), type).toMatchObject(expected);
    }
    await kernel().interrupt();
    await running;
  });

  test("the last status that a front end hears is busy", async () => {
    const running = kernel().run("while (true) {}");
    await pause(300);
    await kernel().request("is_complete", { code: "1" });
    await pause(50);
    expect(kernel().heard.at(-1)?.content).toEqual({ execution_state: "busy" });
    await kernel().interrupt();
    await running;
  });
});

describe("When a cell fails,", () => {
  test("cells that were sent already are turned down, and cells sent afterwards run", async () => {
    const sent = ["throw new Error('first')", "1", "2"].map((code) => kernel().run(code));
    const [failed, ...behind] = await Promise.all(sent);
    expect(failed.reply.status).toBe("error");
    expect(behind.map(({ reply }) => reply.status)).toEqual(["aborted", "aborted"]);
    expect(behind.flatMap(({ published }) => published)).toEqual([]);
    expect(resultOf(await kernel().run("3"))).toBe("3");
  });

  test("cells behind it run if it says so", async () => {
    const failing = kernel().run("throw new Error('never mind')", { stop_on_error: false });
    const behind = kernel().run("4");
    expect((await failing).reply.status).toBe("error");
    expect(resultOf(await behind)).toBe("4");
  });
});

describe("History", () => {
  const ask = (content: object) => kernel().request("history", { raw: true, output: false, ...content });

  test("gives the last cells, ranges of them, and those that match", async () => {
    const counts: number[] = [];
    for (const code of ["'h1'", "'h2'", "'h1'"])
      counts.push((await kernel().run(code)).reply.execution_count);
    await kernel().run("'unseen'", { store_history: false });
    const entries = counts.map((count, i) => [1, count, ["'h1'", "'h2'", "'h1'"][i]]);
    expect((await ask({ hist_access_type: "tail", n: 3 })).history).toEqual(entries);
    expect((await ask({ hist_access_type: "tail", n: 1, output: true })).history).toEqual([
      [1, counts[2], ["'h1'", "'h1'"]],
    ]);
    const range = { hist_access_type: "range", session: 0, start: counts[0], stop: counts[2] };
    expect((await ask(range)).history).toEqual(entries.slice(0, 2));
    const search = { hist_access_type: "search", pattern: "'h?'" };
    expect((await ask(search)).history).toEqual(entries);
    expect((await ask({ ...search, unique: true })).history).toEqual(entries.slice(1));
    expect((await ask({ ...search, n: 1 })).history).toEqual(entries.slice(2));
  });
});

describe("Input", () => {
  test("is asked for at the front end while the cell waits", async () => {
    answers.push("Ada", "y");
    const ran = await kernel().run("[prompt('Your name?'), confirm('Sure?')]");
    expect(resultOf(ran)).toBe("[ 'Ada', true ]");
  });

  test("that never comes can be interrupted", async () => {
    const running = kernel().run("prompt('Nobody answers')");
    await pause(300);
    await kernel().interrupt();
    expect((await running).reply.ename).toBe("Interrupted");
  });

  test("is refused where the front end takes none", async () => {
    const ran = await kernel().run("prompt('?')", { allow_stdin: false });
    expect(ran.reply.evalue).toMatch(/^Cannot ask for input/);
  });
});

describe("The end:", () => {
  test.each([
    ["an idle kernel", "1", false],
    ["a kernel with a timer at work", "setInterval(() => {}, 10)", true],
    ["a kernel whose cell runs without a pause", "while (true) {}", true],
  ])("%s answers a shutdown and is gone at once", async (_, code, restart) => {
    const client = await KernelClient.start();
    try {
      const running = client.run(code);
      await (code.startsWith("while") ? client.published(({ type }) => type === "execute_input") : running);
      await pause(300);
      const start = performance.now();
      expect(await client.request("shutdown", { restart }, "control")).toEqual({ status: "ok", restart });
      await client.exited();
      expect(performance.now() - start).toBeLessThan(500 * PATIENCE);
    } finally {
      await client.stop();
    }
  });

  test("a kernel whose starter has died ends by itself", async () => {
    const client = await KernelClient.start({
      starter: ["sh", "-c", '"$@" & wait', "sh"],
      env: { JPY_PARENT_PID: "1" },
    });
    const pid = Number(resultOf(await client.run("process.pid")));
    try {
      client.process.kill("SIGKILL");
      await expect.poll(() => isAlive(pid), { timeout: 4000 }).toBe(false);
    } finally {
      if (isAlive(pid)) process.kill(pid, "SIGKILL");
      await client.stop();
    }
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
