import { beforeEach, describe, expect, it, vi } from "vitest";
import { NotebookLanguage } from "../../extension/src/kernel-link/notebook-language.ts";
import { FakeKernel, FakeSession } from "./fake-kernel.ts";

let kernel: FakeKernel;
let session: FakeSession;
let notebook: NotebookLanguage;
const changed = vi.fn();

beforeEach(async () => {
  kernel = new FakeKernel();
  session = new FakeSession(kernel);
  notebook = new NotebookLanguage(session);
  await settled();
  changed.mockClear();
  notebook.changed.connect(changed);
});

describe("the language of a notebook", () => {
  it("asks the kernel's comm for the problems of a cell", async () => {
    const asked = notebook.language?.diagnose("X.matmul(W)");
    await settled();
    expect(kernel.comm.target).toBe("gradbook.language");
    expect(kernel.comm.received).toEqual([{ type: "diagnose", code: "X.matmul(W)", request: 1 }]);
    const problem = {
      line: 1,
      column: 3,
      endLine: 1,
      endColumn: 9,
      message: "No",
      code: 1,
      category: "error",
      fixes: [{ line: 1, column: 3, endLine: 1, endColumn: 9, title: "Write T", text: "T" }],
    };
    kernel.comm.answer({ type: "diagnostics", request: 1, diagnostics: [problem] });
    expect(await asked).toEqual([problem]);
  });

  it("asks for one cell after the other, as the kernel looks at the newest text only", async () => {
    const asked = [notebook.language?.diagnose("first"), notebook.language?.diagnose("second")];
    await settled();
    expect(kernel.comm.received.length).toBe(1);
    kernel.comm.answer({ type: "error", request: 1, message: "Cannot check the cell" });
    await expect(asked[0]).rejects.toThrow("Cannot check the cell");
    await settled();
    expect(kernel.comm.received[1]).toMatchObject({ code: "second" });
    kernel.comm.answer({ type: "diagnostics", request: 2, diagnostics: [] });
    expect(await asked[1]).toEqual([]);
  });

  it("asks again when another page was faster", async () => {
    const asked = notebook.language?.diagnose("X");
    await settled();
    kernel.comm.answer({ type: "diagnostics", request: 1, diagnostics: [], obsolete: true });
    await settled();
    expect(kernel.comm.received[1]).toEqual({ type: "diagnose", code: "X", request: 2 });
    kernel.comm.answer({ type: "diagnostics", request: 2, diagnostics: [{ message: "No" }] });
    expect(await asked).toMatchObject([{ message: "No" }]);
  });

  it("asks for the signature at the cursor", async () => {
    const asked = [notebook.language?.signature("exp(", 4), notebook.language?.signature("2", 1)];
    expect(kernel.comm.received[0]).toEqual({ type: "signature", code: "exp(", cursor: 4, request: 1 });
    const signature = {
      label: "exp(x)",
      parameters: [{ start: 4, end: 5, documentation: "" }],
      active: 0,
      documentation: "eˣ",
    };
    kernel.comm.answer({ type: "signature", request: 1, signature });
    kernel.comm.answer({ type: "signature", request: 2, signature: null });
    expect(await Promise.all(asked)).toEqual([signature, null]);
  });

  it("makes the best of an answer in which something is missing", async () => {
    const asked = notebook.language?.diagnose("X");
    await settled();
    kernel.comm.answer({ type: "diagnostics", request: 1, diagnostics: [{ message: "No", line: 2 }, 7] });
    expect(await asked).toEqual([
      { line: 2, column: 1, endLine: 2, endColumn: 1, message: "No", code: 0, category: "error", fixes: [] },
    ]);
  });

  it("gives up after half a minute", async () => {
    const timeout = vi
      .spyOn(AbortSignal, "timeout")
      .mockReturnValue(AbortSignal.abort(new Error("Too long")));
    await expect(notebook.language?.diagnose("X")).rejects.toThrow("Too long");
    expect(timeout).toHaveBeenCalledWith(30_000);
    timeout.mockRestore();
  });

  it.each([
    { title: "of another kind", tell: async () => ({ implementation: "ipython" }) },
    { title: "that does not say what it is", tell: () => Promise.reject(new Error("Kernel info errored")) },
  ])("is not there for a kernel $title", async ({ tell }) => {
    const other = new FakeKernel();
    other.info = tell();
    session.change(other);
    await settled();
    expect(notebook.language).toBe(undefined);
    expect(other.comms).toEqual([]);
  });

  it("follows the notebook to another kernel, to none and back", async () => {
    const asked = notebook.language?.diagnose("X");
    await settled();
    session.change(null);
    expect(changed).toHaveBeenCalledTimes(1);
    expect(notebook.language).toBe(undefined);
    await expect(asked).rejects.toThrow("Cannot ask the kernel");
    const other = new FakeKernel();
    session.change(other);
    await settled();
    expect(changed).toHaveBeenCalledTimes(3);
    notebook.language?.signature("X", 1).catch(() => {});
    expect(other.comm.received.length).toBe(1);
  });

  it.each(["dead", "restarting", "autorestarting"] as const)("tells of a kernel that is %s", (status) => {
    kernel.become(status);
    session.statusChanged.emit(status);
    expect(changed).toHaveBeenCalledTimes(1);
    expect(notebook.language === undefined).toBe(status === "dead");
  });

  it("tells when a cell was run, and not when something else was done", () => {
    kernel.finish("complete_request");
    expect(changed).not.toHaveBeenCalled();
    kernel.finish("execute_request");
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it("is over with its notebook", () => {
    session.disposed.emit();
    expect(notebook.language).toBe(undefined);
    kernel.finish("execute_request");
    expect(changed).not.toHaveBeenCalled();
  });
});

/** Lets the promises that are settled take effect. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
