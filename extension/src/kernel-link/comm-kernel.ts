/** The part of JupyterLab's connection to a kernel that our comms need: `Kernel.IKernelConnection` fits it. */
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import type { JSONObject } from "@lumino/coreutils";
import type { ISignal } from "@lumino/signaling";

/** A channel to the kernel that both sides know by the same id. */
export interface Comm {
  onMsg: (message: KernelMessage.ICommMsgMsg) => void | PromiseLike<void>;
  onClose: (message: KernelMessage.ICommCloseMsg) => void | PromiseLike<void>;
  open(): unknown;
  send(data: JSONObject): unknown;
  close(): unknown;
  dispose(): void;
}

/** A kernel as it is seen from the page. */
export interface CommKernel {
  readonly status: Kernel.Status;
  readonly connectionStatus: Kernel.ConnectionStatus;
  readonly isDisposed: boolean;
  /** False where another connection to the same kernel, such as a console's, has its comms already. */
  readonly handleComms: boolean;
  readonly statusChanged: ISignal<unknown, Kernel.Status>;
  readonly connectionStatusChanged: ISignal<unknown, Kernel.ConnectionStatus>;
  readonly disposed: ISignal<unknown, void>;
  createComm(target: string): Comm;
  clone(options: { handleComms: boolean }): CommKernel;
  dispose(): void;
}
