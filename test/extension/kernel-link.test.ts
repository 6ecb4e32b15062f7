import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  type CommRequests,
  openRequests,
  RequestLost,
  RequestRefused,
} from "../../extension/src/kernel-link/comm-requests.ts";
import { FakeKernel } from "./fake-kernel.ts";

let kernel: FakeKernel;
let requests: CommRequests;

beforeEach(() => {
  kernel = new FakeKernel();
  requests = openRequests(kernel, "gradbook.graph");
});

describe("requests over a comm", () => {
  it("open the comm with the first of them, once", () => {
    expect(kernel.comms).toEqual([]);
    forget(requests.ask({ type: "values", node: "Y" }));
    forget(requests.ask({ type: "values", node: "Z" }));
    expect(kernel.comms.map(({ target, isOpen }) => ({ target, isOpen }))).toEqual([
      { target: "gradbook.graph", isOpen: true },
    ]);
    expect(kernel.comm.received).toEqual([
      { type: "values", node: "Y", request: 1 },
      { type: "values", node: "Z", request: 2 },
    ]);
  });

  it("are answered by their number, in whatever order", async () => {
    const [first, second] = [requests.ask({ type: "edit" }), requests.ask({ type: "edit" })];
    kernel.comm.answer({ type: "graph", request: 2, graph: "second" });
    kernel.comm.answer({ type: "graph", request: 99, graph: "nobody's" });
    kernel.comm.answer({ type: "graph", request: 1, graph: "first" });
    expect((await first).graph).toBe("first");
    expect((await second).graph).toBe("second");
  });

  it("are refused with the kernel's own sentence", async () => {
    const asked = requests.ask({ type: "edit" });
    kernel.comm.answer({ type: "error", request: 1, message: "Cannot edit X: it is no leaf" });
    await expect(asked).rejects.toThrow(RequestRefused);
    await expect(asked).rejects.toThrow("Cannot edit X: it is no leaf");
  });

  it.each(["unknown", "starting", "restarting"] as const)("wait while the kernel is %s", async (status) => {
    kernel.status = status;
    const asked = requests.ask({ type: "edit" });
    expect(kernel.comms).toEqual([]);
    kernel.become("idle");
    kernel.comm.answer({ type: "graph", request: 1 });
    expect(await asked).toEqual({ type: "graph", request: 1 });
  });

  it("wait while the page connects, and go to a busy kernel too", () => {
    kernel.connectionStatus = "connecting";
    kernel.status = "busy";
    forget(requests.ask({ type: "edit" }));
    expect(kernel.comms).toEqual([]);
    kernel.connect("connected");
    expect(kernel.comm.received.length).toBe(1);
  });

  it("are given up when their signal says so, and the late answer is dropped", async () => {
    const controller = new AbortController();
    const asked = requests.ask({ type: "edit" }, { signal: controller.signal });
    controller.abort(new Error("No longer needed"));
    await expect(asked).rejects.toThrow("No longer needed");
    kernel.comm.answer({ type: "graph", request: 1 });
    await expect(requests.ask({ type: "edit" }, { signal: controller.signal })).rejects.toThrow("No longer");
    expect(kernel.comm.received.length).toBe(1);
  });

  it("reject where the comm cannot be opened", async () => {
    vi.spyOn(kernel, "createComm").mockImplementation(() => {
      throw new Error("Kernel is dead");
    });
    await expect(requests.ask({ type: "edit" })).rejects.toThrow("Kernel is dead");
  });

  it("use a connection of their own where the notebook's has no comms, and close it", () => {
    const shared = new FakeKernel();
    shared.handleComms = false;
    const own = openRequests(shared, "gradbook.graph");
    forget(own.ask({ type: "edit" }));
    expect(shared.clones[0].comm.received.length).toBe(1);
    own.dispose();
    expect(shared.clones[0].isDisposed).toBe(true);
    expect(shared.isDisposed).toBe(false);
  });
});

describe("a greeting", () => {
  it("is what the kernel says when the comm is open, and is kept", async () => {
    expect(requests.greeting).toBe(undefined);
    const greeted = requests.greet();
    kernel.comm.answer({ type: "hello", session: "s1" });
    expect(await greeted).toEqual({ type: "hello", session: "s1" });
    expect(requests.greeting).toEqual({ type: "hello", session: "s1" });
    expect(await requests.greet()).toEqual({ type: "hello", session: "s1" });
    expect(kernel.comms.length).toBe(1);
    expect(kernel.comm.received).toEqual([]);
  });

  it("is another one after a restart", async () => {
    forget(requests.greet());
    kernel.comm.answer({ type: "hello", session: "s1" });
    kernel.become("restarting");
    expect(requests.greeting).toBe(undefined);
    kernel.become("idle");
    const greeted = requests.greet();
    kernel.comm.answer({ type: "hello", session: "s2" });
    expect((await greeted).session).toBe("s2");
  });
});

describe("a request whose answer will not come", () => {
  const ends: readonly {
    readonly title: string;
    readonly loss: RequestLost["loss"];
    readonly end: () => void;
    readonly isFinal: boolean;
  }[] = [
    {
      title: "its kernel restarts",
      loss: "restarted",
      end: () => kernel.become("restarting"),
      isFinal: false,
    },
    {
      title: "its kernel is restarted by the server",
      loss: "restarted",
      end: () => kernel.become("autorestarting"),
      isFinal: false,
    },
    {
      title: "its kernel is restarted by another page",
      loss: "restarted",
      end: () => kernel.become("starting"),
      isFinal: false,
    },
    { title: "the kernel closes the comm", loss: "closed", end: () => kernel.comm.close(), isFinal: false },
    {
      title: "the connection breaks",
      loss: "disconnected",
      end: () => kernel.connect("connecting"),
      isFinal: false,
    },
    {
      title: "the connection is given up",
      loss: "disconnected",
      end: () => kernel.connect("disconnected"),
      isFinal: false,
    },
    { title: "its kernel dies", loss: "stopped", end: () => kernel.become("dead"), isFinal: true },
    { title: "its kernel is shut down", loss: "stopped", end: () => kernel.dispose(), isFinal: true },
    { title: "it is no longer wanted", loss: "disposed", end: () => requests.dispose(), isFinal: true },
  ];

  it.each(ends)("is lost when $title", async ({ end, loss }) => {
    const asked = requests.ask({ type: "edit" });
    const greeted = requests.greet();
    end();
    await expect(asked).rejects.toMatchObject({ name: "RequestLost", loss });
    await expect(greeted).rejects.toMatchObject({ loss });
  });

  it.each(ends.filter(({ isFinal }) => !isFinal))(
    "is followed by others over a new comm after $title",
    ({ end }) => {
      forget(requests.ask({ type: "edit" }));
      end();
      kernel.connectionStatus = "connected";
      kernel.become("idle");
      forget(requests.ask({ type: "later" }));
      expect(kernel.comms.map(({ received }) => received)).toEqual([
        [{ type: "edit", request: 1 }],
        [{ type: "later", request: 2 }],
      ]);
    },
  );

  it("is not lost in a restart before it was sent", () => {
    kernel.status = "unknown";
    forget(requests.ask({ type: "edit" }));
    kernel.become("restarting");
    kernel.become("starting");
    kernel.connect("connecting");
    kernel.connect("connected");
    kernel.become("idle");
    expect(kernel.comm.received).toEqual([{ type: "edit", request: 1 }]);
  });

  it.each(ends.filter(({ isFinal }) => isFinal))("is refused at once after $title", async ({ end, loss }) => {
    end();
    expect(requests.isDisposed).toBe(true);
    await expect(requests.ask({ type: "edit" })).rejects.toMatchObject({ loss });
    await expect(requests.greet()).rejects.toMatchObject({ loss });
  });

  it("says why in a sentence", async () => {
    const asked = requests.ask({ type: "edit" });
    kernel.become("restarting");
    await expect(asked).rejects.toThrow(new RequestLost("restarted"));
    await expect(asked).rejects.toThrow("Cannot ask the kernel: the kernel was restarted");
  });

  it("tells the kernel that a comm is over where the kernel is still there", () => {
    forget(requests.ask({ type: "edit" }));
    const comm = kernel.comm;
    requests.dispose();
    expect(comm.isOpen).toBe(false);
  });

  it("leaves nothing connected to the kernel", () => {
    requests.dispose();
    forget(requests.ask({ type: "edit" }));
    kernel.become("idle");
    kernel.dispose();
    expect(kernel.comms).toEqual([]);
  });
});

/** A request whose end this test does not look at. */
function forget(asked: Promise<unknown>): void {
  asked.catch(() => {});
}
