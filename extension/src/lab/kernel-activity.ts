/** Whether a kernel runs a cell, as opposed to answering a question of ours. */
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import type { IDisposable } from "@lumino/disposable";
import { type ISignal, Signal } from "@lumino/signaling";

/** `gone`: dead, or out of reach. */
export type KernelState = "idle" | "busy" | "gone";

/** What is looked at of a kernel's connection: `Kernel.IKernelConnection` fits it. */
export interface WatchedKernel {
  readonly status: Kernel.Status;
  readonly connectionStatus: Kernel.ConnectionStatus;
  readonly statusChanged: ISignal<unknown, Kernel.Status>;
  readonly connectionStatusChanged: ISignal<unknown, Kernel.ConnectionStatus>;
  readonly iopubMessage: ISignal<unknown, KernelMessage.IIOPubMessage>;
}

/**
 * Follows a kernel. Jupyter calls one busy while it handles any message, so also while it answers ours; here only a
 * cell makes it busy, or a start that is under way.
 */
export class KernelActivity implements IDisposable {
  readonly #kernel: WatchedKernel;
  readonly #changed = new Signal<this, void>(this);
  #isRunning: boolean;
  /** Whether the reason for being busy is known: a page may come while a cell runs. */
  #isSure: boolean;
  #state: KernelState;
  #isDisposed = false;

  constructor(kernel: WatchedKernel) {
    this.#kernel = kernel;
    this.#isRunning = kernel.status === "busy";
    this.#isSure = !this.#isRunning;
    this.#state = this.#look();
    kernel.iopubMessage.connect(this.#onMessage, this);
    kernel.statusChanged.connect(this.#onStatus, this);
    kernel.connectionStatusChanged.connect(this.#update, this);
  }

  get state(): KernelState {
    return this.#state;
  }

  /** Whether it starts, or starts again: it has forgotten what it knew. */
  get isStarting(): boolean {
    return /start/.test(this.#kernel.status);
  }

  /** Emitted when the state is another, and when it starts. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    // Releases what it listens to as well.
    Signal.clearData(this);
  }

  #onMessage(_kernel: unknown, message: KernelMessage.IIOPubMessage): void {
    const { header, parent_header: parent, content } = message;
    if (header.msg_type !== "status" || !("execution_state" in content)) return;
    const isOfCell = "msg_type" in parent && parent.msg_type === "execute_request";
    if (isOfCell) this.#isSure = true;
    if (isOfCell || !this.#isSure) this.#isRunning = content.execution_state === "busy";
    this.#update();
  }

  #onStatus(_kernel: unknown, status: Kernel.Status): void {
    if (status !== "busy" && status !== "idle") {
      // It ends or starts: nothing runs any more.
      this.#isRunning = false;
      this.#isSure = true;
    }
    this.#update();
    if (this.isStarting) this.#changed.emit();
  }

  #update(): void {
    const state = this.#look();
    if (state === this.#state) return;
    this.#state = state;
    this.#changed.emit();
  }

  #look(): KernelState {
    const { status, connectionStatus } = this.#kernel;
    if (status === "dead" || status === "terminating" || connectionStatus === "disconnected") return "gone";
    const isUp = connectionStatus === "connected" && (status === "idle" || status === "busy");
    return isUp && !this.#isRunning ? "idle" : "busy";
  }
}
