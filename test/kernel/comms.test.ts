import { describe, expect, test } from "vitest";
import { KernelClient, type Message } from "./client.ts";
import { Comm } from "./comm.ts";
import { pause, resultOf, tracebackOf, useKernel } from "./kernel.ts";

const kernel = useKernel();

/** The statuses published for a message, and what stood between them. */
const about = (id: string): string[] =>
  kernel()
    .heard.filter(({ parent }) => parent.msg_id === id)
    .map(({ type, content }) => (type === "status" ? content.execution_state : type));

const closed = (id: string): Promise<Message> =>
  kernel().published(({ type, content }) => type === "comm_close" && content.comm_id === id);

describe("A comm to the graphs", () => {
  test("is greeted with the id of the session, which another kernel does not have", async () => {
    const sessionOf = async (client: KernelClient): Promise<string> => {
      const comm = new Comm(client, "gradbook.graph");
      return (await comm.heard(({ type }) => type === "hello")).content.data.session;
    };
    const first = await sessionOf(kernel());
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(await sessionOf(kernel())).toBe(first);
    const other = await KernelClient.start();
    try {
      expect(await sessionOf(other)).not.toBe(first);
    } finally {
      await other.stop();
    }
  });

  test("is listed as long as it is open", async () => {
    const comms = async (target_name?: string) =>
      (await kernel().request("comm_info", target_name ? { target_name } : {})).comms;
    const [graph, language] = ["gradbook.graph", "gradbook.language"].map((name) => new Comm(kernel(), name));
    expect(await comms()).toMatchObject({ [graph.id]: { target_name: "gradbook.graph" } });
    expect(await comms("gradbook.language")).toEqual({ [language.id]: { target_name: "gradbook.language" } });
    language.close();
    expect(await comms("gradbook.language")).toEqual({});
  });

  test("answers between its busy and its idle", async () => {
    const comm = new Comm(kernel(), "gradbook.graph");
    const answer = comm.heard(({ request }) => request === 7);
    const id = comm.say({ type: "nonsense", request: 7 });
    expect((await answer).content.data).toMatchObject({ type: "error", message: expect.any(String) });
    await pause(20);
    expect(about(id)).toEqual(["busy", "comm_msg", "idle"]);
  });

  test("waits for the cell that runs, and is not turned down when that fails", async () => {
    const comm = new Comm(kernel(), "gradbook.graph");
    const from = kernel().heard.length;
    const running = kernel().run(
      "await new Promise((done) => setTimeout(done, 300)); throw new Error('late')",
    );
    const answers = [comm.ask("nonsense"), comm.ask("nonsense")];
    const behind = kernel().run("1");
    expect((await running).reply.status).toBe("error");
    expect((await behind).reply.status).toBe("aborted");
    expect(await Promise.all(answers)).toMatchObject([{ request: 1 }, { request: 2 }]);
    const told = kernel()
      .heard.slice(from)
      .map(({ type, content }) => content.data?.type ?? type);
    expect(told.filter((type) => type === "execute_input" || type === "error")).toEqual([
      "execute_input",
      "error", // of the cell
      "error", // to each request
      "error",
    ]);
    const cellFails = told.indexOf("error");
    expect(kernel().heard[from + cellFails].type).toBe("error");
  });

  test("neither hinders an interrupt nor is hindered by one", async () => {
    const comm = new Comm(kernel(), "gradbook.graph");
    const running = kernel().run("while (true) {}");
    await pause(200);
    const answer = comm.ask("nonsense");
    await pause(100);
    await kernel().interrupt();
    expect(tracebackOf(await running)).toMatch(/The cell was stopped/);
    expect(await answer).toMatchObject({ type: "error" });
    expect(resultOf(await kernel().run("6 * 7"))).toBe("42");
  });

  test.each([
    ["a number", 5, null, /data is no object/],
    ["a list", [1], null, /data is no object/],
    ["nothing", undefined, null, /data is no object/],
    [
      "a huge message",
      { request: 3, type: "edit", graph: "x".repeat(2_000_000) },
      3,
      /2000\d\d\d characters/,
    ],
  ])("says what is wrong with %s", async (_, data, request, message) => {
    const comm = new Comm(kernel(), "gradbook.graph");
    const answer = comm.heard(({ type }) => type === "error");
    comm.say(data);
    const heard = (await answer).content.data;
    expect(heard).toEqual({ type: "error", request, message: expect.stringMatching(message) });
  });
});

describe("A comm to the language", () => {
  test("finds what is wrong with a cell that has not run, also while another one runs", async () => {
    await kernel().run("const X = tensor([[1, 2, 3], [4, 5, 6]])");
    const comm = new Comm(kernel(), "gradbook.language");
    const running = kernel().run("while (true) {}");
    await pause(200);
    const { diagnostics } = await comm.ask("diagnose", { code: "const Y = 1\nX.matmul(X)" });
    expect(diagnostics).toMatchObject([
      {
        line: 2,
        column: 10,
        message: expect.stringMatching(
          /^Cannot matmul shapes \[2, 3\] and \[2, 3\]: the inner lengths 3 and 2 differ/,
        ),
      },
    ]);
    expect(await comm.ask("signature", { code: "X.matmul(", cursor: 9 })).toMatchObject({
      type: "signature",
      signature: { label: expect.stringMatching(/^matmul\(y: Tensor/), active: 0 },
    });
    expect(kernel().heard.at(-1)?.content).not.toEqual({ execution_state: "idle" });
    await kernel().interrupt();
    await running;
  });

  test("says the sentence that running the cell would give", async () => {
    const code = "const ok = 1\nX.matmul(X).sum()";
    const comm = new Comm(kernel(), "gradbook.language");
    const { diagnostics } = await comm.ask("diagnose", { code });
    const ran = await kernel().run(code);
    expect(ran.reply.evalue).toBe(`line ${diagnostics[0].line}: ${diagnostics[0].message}`);
    expect(await comm.ask("diagnose", { code: "X.T.matmul(X)" })).toMatchObject({ diagnostics: [] });
  });

  test("lists the names of the library for the panel of help", async () => {
    const { type, names } = await new Comm(kernel(), "gradbook.language").ask("catalogue", {});
    expect(type).toBe("catalogue");
    expect(names).toContainEqual(expect.objectContaining({ name: "exp", task: "Compute" }));
  });

  test("does not keep a front end busy while it thinks", async () => {
    const comm = new Comm(kernel(), "gradbook.language");
    const answer = comm.heard(({ type }) => type === "diagnostics");
    const id = comm.say({ type: "diagnose", request: 1, code: "X.exp()" });
    await answer;
    expect(about(id)).toEqual(["busy", "idle", "comm_msg"]);
  });

  test.each([
    ["diagnose", {}, "Cannot answer diagnose: its code is missing"],
    ["dance", { code: "1" }, "Cannot answer dance: this comm knows diagnose, signature and catalogue"],
  ])("refuses %s with %j", async (type, rest, message) => {
    const comm = new Comm(kernel(), "gradbook.language");
    expect(await comm.ask(type, rest)).toEqual({ type: "error", request: 1, message });
  });
});

test("A comm that nobody here knows is closed", async () => {
  const answer = closed("c1");
  kernel().send("shell", "comm_open", { comm_id: "c1", target_name: "unknown", data: {} });
  expect((await answer).content).toEqual({ comm_id: "c1", data: {} });
});

test("A message to a comm of an earlier kernel closes it", async () => {
  const answer = closed("c2");
  kernel().send("shell", "comm_msg", { comm_id: "c2", data: { type: "values", request: 1 } });
  expect((await answer).content).toEqual({ comm_id: "c2", data: {} });
});

test("Of comms that nobody closes the thousand used last stay open, and those before them are closed", async () => {
  const client = await KernelClient.start();
  try {
    const comms = Array.from({ length: 1000 }, () => new Comm(client, "gradbook.language"));
    await comms[0].ask("dance", { code: "1" });
    const [first, second] = comms;
    const told = client.published(({ type }) => type === "comm_close");
    const another = new Comm(client, "gradbook.language");
    expect((await told).content).toEqual({ comm_id: second.id, data: {} });
    const open = Object.keys((await client.request("comm_info")).comms);
    expect(open).toHaveLength(1000);
    expect(open).toEqual(expect.arrayContaining([first.id, another.id]));
  } finally {
    await client.stop();
  }
});
