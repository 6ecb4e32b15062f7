/** The TypeScript behind a notebook: found when its kernel is Gradbook's, followed when the kernel changes. */
import type { ISessionContext } from "@jupyterlab/apputils";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { type ISignal, Signal } from "@lumino/signaling";
import { type CommRequests, openRequests } from "./comm-requests.ts";
import { createLanguage, type KernelLanguage } from "./kernel-language.ts";

/** Whom a notebook's cells ask, as long as the notebook is open. */
export class NotebookLanguage {
  readonly #session: ISessionContext;
  readonly #changed = new Signal<this, void>(this);
  #kernel: Kernel.IKernelConnection | undefined;
  #requests: CommRequests | undefined;
  #language: KernelLanguage | undefined;

  constructor(session: ISessionContext) {
    this.#session = session;
    session.kernelChanged.connect(this.#follow, this);
    session.statusChanged.connect(this.#onStatus, this);
    session.disposed.connect(this.#leave, this);
    this.#follow();
  }

  /** Undefined while there is no kernel, or one of another kind. */
  get language(): KernelLanguage | undefined {
    return this.#requests?.isDisposed ? undefined : this.#language;
  }

  /** What the kernel knows may have changed: it is another one, was restarted, is gone, or has run a cell. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  async #follow(): Promise<void> {
    const kernel = this.#session.session?.kernel ?? undefined;
    if (kernel === this.#kernel) return;
    this.#leave();
    this.#kernel = kernel;
    this.#changed.emit();
    if (!kernel || !(await isGradbook(kernel)) || kernel !== this.#kernel) return;

    this.#requests = openRequests(kernel, "gradbook.language");
    this.#language = createLanguage(this.#requests);
    kernel.iopubMessage.connect(this.#onMessage, this);
    this.#changed.emit();
  }

  #leave(): void {
    this.#kernel?.iopubMessage.disconnect(this.#onMessage, this);
    this.#kernel = undefined;
    this.#requests?.dispose();
    this.#requests = undefined;
    this.#language = undefined;
  }

  #onStatus(_: ISessionContext, status: Kernel.Status): void {
    // A dead kernel stays the session's kernel; a restarted one is the same with nothing in it.
    if (status === "dead" || status === "restarting" || status === "autorestarting") this.#changed.emit();
  }

  #onMessage(_: Kernel.IKernelConnection, message: KernelMessage.IIOPubMessage): void {
    const { header, parent_header: parent, content } = message;
    const isIdle = "execution_state" in content && content.execution_state === "idle";
    if (
      header.msg_type === "status" &&
      isIdle &&
      "msg_type" in parent &&
      parent.msg_type === "execute_request"
    ) {
      this.#changed.emit();
    }
  }
}

async function isGradbook(kernel: Kernel.IKernelConnection): Promise<boolean> {
  try {
    return (await kernel.info).implementation === "gradbook";
  } catch {
    // It did not say what it is.
    return false;
  }
}
