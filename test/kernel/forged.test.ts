import { createHmac, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { resultOf, useKernel } from "./kernel.ts";

const kernel = useKernel({ quiet: true });

/** A message of a front end: its id, and its well-signed frames. */
function message(type: string, content: object): { id: string; frames: string[] } {
  const id = randomUUID();
  const header = { msg_id: id, msg_type: type, session: "s", username: "u", date: "", version: "5.5" };
  return { id, frames: kernel().frames([header, {}, {}, content].map((part) => JSON.stringify(part))) };
}

/** What somebody without the key may put in place of the signature, which is the second frame. */
const FORGERIES: Readonly<Record<string, (frames: string[]) => string[]>> = {
  "is not signed": (frames) => frames.with(1, ""),
  "is signed with another key": (frames) => {
    const hmac = createHmac("sha256", "another key");
    for (const part of frames.slice(2)) hmac.update(part);
    return frames.with(1, hmac.digest("hex"));
  },
  "has the signature of another message": (frames) =>
    frames.with(1, message("kernel_info_request", {}).frames[1]),
  "was changed after it had been signed": (frames) => frames.with(4, '{"changed":true}'),
  "has a signature that is too long": (frames) => frames.with(1, `${frames[1]}0`),
  "has no signature": (frames) => frames.toSpliced(1, 1),
};

const REQUESTS = {
  execute_request: { code: "globalThis.forged = true; display('forged')", silent: false },
  kernel_info_request: {},
  shutdown_request: { restart: false },
  comm_open: { comm_id: "forged", target_name: "gradbook.graph", data: {} },
};

const CASES = Object.keys(FORGERIES).flatMap((how) =>
  Object.entries(REQUESTS).flatMap(([type, content]) =>
    (["shell", "control"] as const).map((channel) => ({ channel, type, content, how })),
  ),
);

test.each(CASES)("On $channel, $type that $how has no answer and no effect", async ({ how, ...sent }) => {
  const { id, frames } = message(sent.type, sent.content);
  kernel().sendFrames(sent.channel, FORGERIES[how](frames));
  await kernel().expectAlive();
  expect(resultOf(await kernel().run("typeof (globalThis as any).forged"))).toBe("'undefined'");
  expect((await kernel().request("comm_info")).comms).toEqual({});
  const told = [...kernel().replies, ...kernel().heard];
  expect(told.filter(({ parent }) => parent.msg_id === id)).toEqual([]);
});

test("A message that is sent three times is obeyed once", async () => {
  await kernel().run("let runs = 0");
  const { id, frames } = message("execute_request", { code: "runs += 1", silent: false });
  const { id: other, frames: question } = message("kernel_info_request", {});
  for (let i = 0; i < 3; i++) {
    kernel().sendFrames("shell", frames);
    kernel().sendFrames("shell", question);
    kernel().sendFrames("control", question);
  }
  expect(resultOf(await kernel().run("runs"))).toBe("1");
  await kernel().expectAlive();
  for (const sent of [id, other]) {
    expect(kernel().replies.filter(({ parent }) => parent.msg_id === sent)).toHaveLength(1);
  }
});
