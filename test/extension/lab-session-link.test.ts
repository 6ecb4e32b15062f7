import { randomUUID } from "node:crypto";
import type { KernelMessage } from "@jupyterlab/services";
import { Signal } from "@lumino/signaling";
import { describe, expect, it } from "vitest";
import { SessionLink } from "../../extension/src/lab/session-link.ts";
import { FakeKernel } from "./fake-kernel.ts";

/** A kernel whose messages about its state are heard, too. */
class TalkingKernel extends FakeKernel {
  readonly id: string = randomUUID();

  /** Becomes busy or idle because of a message of type `cause`, in JupyterLab's order: status first. */
  turn(state: "busy" | "idle", cause: string): void {
    this.become(state);
    // Of such a message, no more is read.
    const message = {
      header: { msg_type: "status" },
      parent_header: { msg_type: cause },
      content: { execution_state: state },
    };
    this.iopubMessage.emit(message as unknown as KernelMessage.IIOPubMessage);
  }
}

function sessionOf(kernel: TalkingKernel | null) {
  const context = {
    session: { kernel },
    kernelChanged: new Signal<unknown, unknown>({}),
    disposed: new Signal<unknown, void>({}),
  };
  return {
    context,
    change(next: TalkingKernel | null) {
      context.session = { kernel: next };
      context.kernelChanged.emit(undefined);
    },
  };
}

/** A link to a kernel that has greeted, and all that the link has told since. */
async function greeted(session = "s1") {
  const kernel = new TalkingKernel();
  const { context, change } = sessionOf(kernel);
  const link = new SessionLink(context);
  kernel.comm.answer({ type: "hello", session });
  await settled();
  const told: string[] = [];
  link.onChange(() => told.push(`${link.state} ${link.session}`));
  return { kernel, link, told, change, context };
}

/** The kernel answers all questions that still wait: it knows these graphs. */
async function answer({ comm }: TalkingKernel, graphs: readonly string[]): Promise<void> {
  for (const { request = 0 } of comm.received) comm.answer({ type: "known", graphs: [...graphs], request });
  await settled();
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("the link of a graph to its kernel", () => {
  it("asks a free kernel for its session, once", async () => {
    const { kernel, link } = await greeted();
    expect([link.state, link.session]).toEqual(["idle", "s1"]);
    expect(kernel.comms.map(({ target }) => target)).toEqual(["gradbook.graph"]);
  });

  it("is busy while a cell runs, and not while the kernel answers a comm or completes a word", async () => {
    const { kernel, told } = await greeted();
    for (const cause of ["comm_msg", "complete_request"]) {
      kernel.turn("busy", cause);
      kernel.turn("idle", cause);
    }
    expect(told).toEqual([]);
    kernel.turn("busy", "execute_request");
    // A question that is answered meanwhile does not end the cell.
    kernel.turn("idle", "comm_msg");
    kernel.turn("busy", "execute_request");
    expect(told).toEqual(["busy s1"]);
    kernel.turn("idle", "execute_request");
    expect(told).toEqual(["busy s1", "idle s1"]);
  });

  it("waits with its question until the cell that ran before it came has ended", async () => {
    const kernel = new TalkingKernel();
    kernel.status = "busy";
    const link = new SessionLink(sessionOf(kernel).context);
    expect(link.state).toBe("busy");
    expect(kernel.comms).toEqual([]);
    kernel.turn("idle", "execute_request");
    expect(link.state).toBe("idle");
    expect(kernel.comms.length).toBe(1);
    // From now on it is known what the kernel is busy with.
    kernel.turn("busy", "comm_msg");
    expect(link.state).toBe("idle");
  });

  it("forgets the session when the kernel restarts, and learns the next", async () => {
    const { kernel, told } = await greeted();
    for (const status of ["restarting", "starting", "idle"] as const) kernel.become(status);
    await settled();
    kernel.comm.answer({ type: "hello", session: "s2" });
    await settled();
    expect(kernel.comms.length).toBe(2);
    expect(told).toEqual(["busy null", "idle null", "idle s2"]);
  });

  it("forgets the session at once when the kernel restarts in the middle of a cell", async () => {
    const { kernel, told } = await greeted();
    kernel.turn("busy", "execute_request");
    kernel.become("autorestarting");
    expect(told).toEqual(["busy s1", "busy null"]);
  });

  it("learns the next session also when the kernel restarts before it has greeted", async () => {
    const kernel = new TalkingKernel();
    const link = new SessionLink(sessionOf(kernel).context);
    for (const status of ["autorestarting", "idle"] as const) kernel.become(status);
    await settled();
    kernel.comm.answer({ type: "hello", session: "s2" });
    await settled();
    expect([link.state, link.session]).toEqual(["idle", "s2"]);
  });

  it("takes a kernel that knows no graphs for gone, and does not ask it again", async () => {
    const kernel = new TalkingKernel();
    const link = new SessionLink(sessionOf(kernel).context);
    kernel.comm.close();
    await settled();
    expect(link.state).toBe("gone");
    kernel.turn("busy", "execute_request");
    kernel.turn("idle", "execute_request");
    await settled();
    expect([link.state, kernel.comms.length]).toEqual(["gone", 1]);
  });

  it.each<[string, (kernel: TalkingKernel) => void]>([
    ["dies", (kernel) => kernel.become("dead")],
    ["is out of reach", (kernel) => kernel.connect("disconnected")],
  ])("is gone when the kernel %s", async (_, happen) => {
    const { kernel, link } = await greeted();
    happen(kernel);
    expect([link.state, link.session]).toEqual(["gone", null]);
    await expect(link.request({ type: "edit" })).rejects.toThrow("Cannot ask the kernel");
  });

  it("goes over to the kernel that the notebook changes to", async () => {
    const { kernel, link, change, told } = await greeted();
    change(null);
    // What the kernel before it does is nobody's business any more.
    kernel.turn("busy", "execute_request");
    const next = new TalkingKernel();
    change(next);
    next.comm.answer({ type: "hello", session: "s9" });
    await settled();
    expect(told).toEqual(["gone null", "idle null", "idle s9"]);
    const answer = link.request({ type: "edit", edits: [] });
    expect(next.comm.received).toEqual([{ type: "edit", edits: [], request: 2 }]);
    next.comm.answer({ type: "graph", request: 2 });
    expect(await answer).toEqual({ type: "graph", request: 2 });
    expect(kernel.comm.isOpen).toBe(false);
  });

  it("says why nothing can be asked of a notebook without a kernel", async () => {
    const link = new SessionLink(sessionOf(null).context);
    await expect(link.request({ type: "edit" })).rejects.toThrow(
      "Cannot ask the kernel: the notebook has none",
    );
  });

  it("asks a free kernel which of the graphs it knows, and again when a graph of the same name comes", async () => {
    const { kernel, link, told } = await greeted();
    link.want("a");
    link.want("b");
    expect([link.knows("a"), link.knows("b")]).toEqual([null, null]);
    await answer(kernel, ["a"]);
    expect([link.knows("a"), link.knows("b"), link.knew("a")]).toEqual([true, false, false]);
    kernel.turn("busy", "execute_request");
    link.want("a");
    link.want("b");
    expect([link.knows("a"), link.knows("b")]).toEqual([true, null]);
    expect(kernel.comm.received).toHaveLength(2);
    kernel.turn("idle", "execute_request");
    await answer(kernel, ["b"]);
    expect(link.knows("b")).toBe(true);
    expect(told).toEqual(["idle s1", "idle s1", "busy s1", "idle s1", "idle s1"]);
  });

  it("knows after a restart what the kernel has forgotten, but not of a graph that no kernel here has known", async () => {
    const { kernel, link } = await greeted();
    link.want("made here");
    await answer(kernel, ["made here"]);
    link.want("saved");
    await answer(kernel, []);
    for (const status of ["restarting", "starting", "idle"] as const) kernel.become(status);
    await settled();
    expect([link.knew("made here"), link.knows("made here")]).toEqual([false, true]);
    kernel.comm.answer({ type: "hello", session: "s2" });
    await settled();
    expect(kernel.comm.received.at(-1)).toMatchObject({ type: "known", graphs: ["made here", "saved"] });
    await answer(kernel, []);
    expect(["made here", "saved"].map((id) => [link.knew(id), link.knows(id)])).toEqual([
      [true, false],
      [false, false],
    ]);
  });

  it("knows a restarted kernel for the same, also where the notebook says that its kernel has changed", async () => {
    const { kernel, link, change } = await greeted();
    link.want("a");
    await answer(kernel, ["a"]);
    change(null);
    change(kernel);
    kernel.comm.answer({ type: "hello", session: "s2" });
    await settled();
    await answer(kernel, []);
    expect([link.knew("a"), link.knows("a")]).toEqual([true, false]);
  });

  it("takes no other kernel of the notebook for the same started again", async () => {
    const { kernel, link, change } = await greeted();
    link.want("a");
    await answer(kernel, ["a"]);
    const next = new TalkingKernel();
    change(next);
    next.comm.answer({ type: "hello", session: "s9" });
    await settled();
    await answer(next, []);
    expect([link.knew("a"), link.knows("a")]).toEqual([false, false]);
  });

  it("asks again when a restart has lost the question", async () => {
    const { kernel, link } = await greeted();
    link.want("a");
    for (const status of ["restarting", "starting", "idle"] as const) kernel.become(status);
    await settled();
    kernel.comm.answer({ type: "hello", session: "s2" });
    await settled();
    await answer(kernel, ["a"]);
    expect([link.knew("a"), link.knows("a")]).toEqual([false, true]);
  });

  it("hangs up with its notebook", async () => {
    const { kernel, link, context, change } = await greeted();
    context.disposed.emit();
    expect([link.isDisposed, kernel.comm.isOpen, link.state]).toEqual([true, false, "gone"]);
    const next = new TalkingKernel();
    change(next);
    expect(next.comms).toEqual([]);
  });
});
