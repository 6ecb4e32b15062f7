/** A kernel for tests of the page's side: it records what it is sent, and answers when the test says so. */
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import type { JSONObject } from "@lumino/coreutils";
import { Signal } from "@lumino/signaling";
import type { Comm, CommKernel } from "../../extension/src/kernel-link/comm-kernel.ts";

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
export class FakeKernel implements CommKernel {
  status: Kernel.Status = "idle";
  connectionStatus: Kernel.ConnectionStatus = "connected";
  isDisposed = false;
  handleComms = true;
  readonly statusChanged: Signal<unknown, Kernel.Status> = new Signal(this);
  readonly connectionStatusChanged: Signal<unknown, Kernel.ConnectionStatus> = new Signal(this);
  readonly disposed: Signal<unknown, void> = new Signal(this);
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

  /** The comm that was opened last. */
  get comm(): FakeComm {
    const comm = this.comms.at(-1);
    if (!comm) throw new Error("No comm was opened");
    return comm;
  }
}

/** Of a message, the page reads the data alone; so the rest need not be there. */
function messageWith(data: JSONObject): KernelMessage.ICommMsgMsg & KernelMessage.ICommCloseMsg {
  return { content: { data } } as KernelMessage.ICommMsgMsg & KernelMessage.ICommCloseMsg;
}
