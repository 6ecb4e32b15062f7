import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { resultOf, useKernel } from "./kernel.ts";

const kernel = useKernel({ quiet: true });

/** The log comes by a pipe of its own, on a machine that may be busy. */
const PATIENCE = { timeout: 60_000 };

type Parts = Partial<Record<"header" | "parent" | "metadata" | "content", unknown>>;

/** Sends a well-signed message whose parts are as given; answers its id. A part that is a string stands for itself. */
function send(channel: "shell" | "control" | "stdin", type: string, parts: Parts): string {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    session: "s",
    username: "u",
    date: "",
    version: "5.5",
  };
  const all = { header, parent: {}, metadata: {}, content: {}, ...parts };
  const written = [all.header, all.parent, all.metadata, all.content].map((part) =>
    typeof part === "string" ? part : JSON.stringify(part),
  );
  kernel().sendFrames(channel, kernel().frames(written));
  return header.msg_id;
}

/** Requests, and what their error reply says. */
const ANSWERED: readonly (readonly ["shell" | "control", string, Parts, string])[] = [
  ["shell", "execute_request", { content: null }, "its content must be an object, not null"],
  ["shell", "execute_request", { content: [] }, "its content must be an object, not a list"],
  ["shell", "execute_request", { content: "{" }, "its content must be an object, not text that is not JSON"],
  ["shell", "execute_request", { content: {} }, "its code is missing"],
  ["shell", "execute_request", { content: { code: 5 } }, "its code must be a string, not a number"],
  ["shell", "execute_request", { content: { code: null } }, "its code must be a string, not null"],
  [
    "shell",
    "execute_request",
    { content: { code: "1", user_expressions: { x: { toString: 1 } } } },
    "its user_expressions must be an object of strings, not an object",
  ],
  [
    "shell",
    "execute_request",
    { content: { code: "1", silent: "no" } },
    "its silent must be a boolean, not a string",
  ],
  [
    "shell",
    "execute_request",
    { content: { code: "1" }, metadata: null },
    "its metadata must be an object, not null",
  ],
  [
    "shell",
    "execute_request",
    { content: { code: "1" }, parent: 3 },
    "its parent_header must be an object, not a number",
  ],
  ["shell", "complete_request", { content: { cursor_pos: 1 } }, "its code is missing"],
  [
    "shell",
    "inspect_request",
    { content: { code: "1", cursor_pos: {} } },
    "its cursor_pos must be a number, not an object",
  ],
  ["shell", "is_complete_request", { content: { code: [] } }, "its code must be a string, not a list"],
  ["shell", "history_request", { content: {} }, "its hist_access_type is missing"],
  [
    "shell",
    "history_request",
    { content: { hist_access_type: "search", pattern: { toString: null } } },
    "its pattern must be a string, not an object",
  ],
  ["shell", "comm_info_request", { content: null }, "its content must be an object, not null"],
  ["control", "kernel_info_request", { content: null }, "its content must be an object, not null"],
  ["control", "interrupt_request", { metadata: [] }, "its metadata must be an object, not a list"],
  ["control", "shutdown_request", { content: null }, "its content must be an object, not null"],
  ["control", "shutdown_request", { content: { restart: 1 } }, "its restart must be a boolean, not a number"],
];

test.each(ANSWERED)("On %s, %s with %j is answered by an error: %s", async (channel, type, parts, fault) => {
  const reply = await kernel().reply(send(channel, type, parts));
  expect(reply.type).toBe(type.replace("request", "reply"));
  expect(reply.content).toEqual({
    status: "error",
    ename: "MalformedMessage",
    evalue: `Cannot read ${type}: ${fault}`,
    traceback: [],
  });
  await kernel().expectAlive();
});

test("Content that is nested without end is answered by an error", async () => {
  const depth = 100_000;
  const content = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  const reply = await kernel().reply(send("shell", "kernel_info_request", { content }));
  expect(reply.content.evalue).toBe(
    "Cannot read kernel_info_request: its content is nested deeper than 200 levels",
  );
});

/** Messages that nobody waits for an answer to, and what the log says of them. */
const LOGGED: readonly (readonly ["shell" | "control" | "stdin", string, Parts, string])[] = [
  ["shell", "comm_open", { content: null }, "Cannot read comm_open: its content must be an object, not null"],
  ["shell", "comm_open", { content: { comm_id: "x" } }, "Cannot read comm_open: its target_name is missing"],
  ["shell", "comm_msg", { content: null }, "Cannot read comm_msg: its content must be an object, not null"],
  [
    "shell",
    "comm_msg",
    { content: { comm_id: { toString: 1 } } },
    "Cannot read comm_msg: its comm_id must be a string, not an object",
  ],
  [
    "shell",
    "comm_close",
    { content: null },
    "Cannot read comm_close: its content must be an object, not null",
  ],
  [
    "stdin",
    "input_reply",
    { content: null },
    "Cannot read input_reply: its content must be an object, not null",
  ],
  [
    "stdin",
    "input_reply",
    { content: { value: { toString: 1 } } },
    "Cannot read input_reply: its value must be a string, not an object",
  ],
  ["control", "x_request", { header: null }, "Cannot read a message: its header is malformed"],
  ["shell", "x_request", { header: "[" }, "Cannot read a message: its header is malformed"],
  [
    "shell",
    "x_request",
    { header: { msg_id: 1, msg_type: 2 } },
    "Cannot read a message: its header is malformed",
  ],
  [
    "shell",
    "x_request",
    { header: { msg_id: "a", msg_type: "x_request", date: {} } },
    "Cannot read a message: its header is malformed",
  ],
  ["shell", "constructor_request", {}, "Cannot answer constructor_request: this kernel does not know it"],
  ["control", "toString_request", {}, "Cannot answer toString_request: this kernel does not know it"],
  ["shell", "__proto___request", {}, "Cannot answer __proto___request: this kernel does not know it"],
  ["shell", "hasOwnProperty", {}, "Cannot answer hasOwnProperty: this kernel does not know it"],
];

test.each(LOGGED)(
  "On %s, %s with %j stands in the log once, and has no answer",
  async (channel, type, parts, line) => {
    const ids = [send(channel, type, parts), send(channel, type, parts)];
    await kernel().expectAlive();
    await expect.poll(() => kernel().log.split(`gradbook: ${line}\n`).length - 1, PATIENCE).toBe(1);
    expect(kernel().replies.filter(({ parent }) => ids.includes(parent.msg_id))).toEqual([]);
  },
);

test("A cell runs behind malformed ones, and its own metadata may be anything", async () => {
  send("shell", "execute_request", { content: null });
  const ran = await kernel().run("6 * 7", {}, { cellId: { toString: 1 } });
  expect(resultOf(ran)).toBe("42");
});
