/** A kernel for tests of the page's side: it records what it is sent, and answers when the test says so. */
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import type { JSONObject } from "@lumino/coreutils";
import { Signal } from "@lumino/signaling";
import type { Comm } from "../../extension/src/kernel-link/comm-kernel.ts";
import type { NotebookKernel, NotebookSession } from "../../extension/src/kernel-link/notebook-language.ts";

/** One comm as the kernel sees it. */
export class FakeComm implements Comm {
  readonly target: string;
  readonly received: JSONObject[] = [];
  isOpen = false;
  isDisposed = false;
  onMsg: Comm["onMsg"] = () => {};
  onClose: Comm["onClose"] = () => {};

  constructor(target: string) {
    this.target = target;
  }

  open(): void {
    this.isOpen = true;
  }

  send(data: JSONObject): void {
    if (this.isDisposed) throw new Error("Cannot send");
    this.received.push(data);
  }

  close(): void {
    this.isOpen = false;
    this.onClose(messageWith({}));
    this.dispose();
  }

  dispose(): void {
    this.isDisposed = true;
  }

  /** The kernel sends `data` to the page. */
  answer(data: JSONObject): void {
    this.onMsg(messageWith(data));
  }
}

/** Idle and connected, until a test says otherwise. */
export class FakeKernel implements NotebookKernel {
  status: Kernel.Status = "idle";
  connectionStatus: Kernel.ConnectionStatus = "connected";
  isDisposed = false;
  handleComms = true;
  readonly statusChanged: Signal<unknown, Kernel.Status> = new Signal(this);
  readonly connectionStatusChanged: Signal<unknown, Kernel.ConnectionStatus> = new Signal(this);
  readonly disposed: Signal<unknown, void> = new Signal(this);
  readonly iopubMessage: Signal<unknown, KernelMessage.IIOPubMessage> = new Signal(this);
  info: Promise<{ readonly implementation: string }> = Promise.resolve({ implementation: "gradbook" });
  readonly comms: FakeComm[] = [];
  readonly clones: FakeKernel[] = [];

  createComm(target: string): FakeComm {
    if (!this.handleComms) throw new Error("Comms are disabled on this kernel connection");
    const comm = new FakeComm(target);
    this.comms.push(comm);
    return comm;
  }

  clone({ handleComms }: { handleComms: boolean }): FakeKernel {
    const clone = new FakeKernel();
    clone.handleComms = handleComms;
    this.clones.push(clone);
    return clone;
  }

  dispose(): void {
    this.isDisposed = true;
    this.disposed.emit();
  }

  become(status: Kernel.Status): void {
    this.status = status;
    this.statusChanged.emit(status);
  }

  connect(status: Kernel.ConnectionStatus): void {
    this.connectionStatus = status;
    this.connectionStatusChanged.emit(status);
  }

  /** The kernel says that it is done with a request of this type. */
  finish(type: string): void {
    // Of such a message, only the state and the type of what it answers are read.
    const message = { content: { execution_state: "idle" }, parent_header: { msg_type: type } };
    this.iopubMessage.emit(message as unknown as KernelMessage.IIOPubMessage);
  }

  /** The comm that was opened last. */
  get comm(): FakeComm {
    const comm = this.comms.at(-1);
    if (!comm) throw new Error("No comm was opened");
    return comm;
  }
}

/** A notebook's tie to its kernel. */
export class FakeSession implements NotebookSession {
  session: { kernel: FakeKernel | null } | null;
  readonly kernelChanged: Signal<unknown, unknown> = new Signal(this);
  readonly statusChanged: Signal<unknown, Kernel.Status> = new Signal(this);
  readonly disposed: Signal<unknown, void> = new Signal(this);

  constructor(kernel: FakeKernel | null) {
    this.session = { kernel };
  }

  /** The notebook gets another kernel, or none. */
  change(kernel: FakeKernel | null): void {
    this.session = { kernel };
    this.kernelChanged.emit(undefined);
  }
}

/** Of a message, the page reads the data alone; so the rest need not be there. */
function messageWith(data: JSONObject): KernelMessage.ICommMsgMsg & KernelMessage.ICommCloseMsg {
  return { content: { data } } as KernelMessage.ICommMsgMsg & KernelMessage.ICommCloseMsg;
}
