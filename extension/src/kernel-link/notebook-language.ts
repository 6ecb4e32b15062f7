/** The TypeScript behind a notebook: found when its kernel is Gradbook's, followed when the kernel changes. */
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { type ISignal, Signal } from "@lumino/signaling";
import type { CommKernel } from "./comm-kernel.ts";
import { type CommRequests, openRequests } from "./comm-requests.ts";
import { createLanguage, type KernelLanguage } from "./kernel-language.ts";

/** A kernel that can tell what it is; `Kernel.IKernelConnection` fits. */
export interface NotebookKernel extends CommKernel {
  readonly info: Promise<{ readonly implementation: string }>;
  readonly iopubMessage: ISignal<unknown, KernelMessage.IIOPubMessage>;
}

/** The tie between a notebook and its kernels; `ISessionContext` fits. */
export interface NotebookSession {
  readonly session: { readonly kernel: NotebookKernel | null } | null;
  readonly kernelChanged: ISignal<unknown, unknown>;
  readonly statusChanged: ISignal<unknown, Kernel.Status>;
  readonly disposed: ISignal<unknown, void>;
}

/** Whom a notebook's cells ask, as long as the notebook is open. */
export class NotebookLanguage {
  readonly #session: NotebookSession;
  readonly #changed = new Signal<this, void>(this);
  #kernel: NotebookKernel | undefined;
  #requests: CommRequests | undefined;
  #language: KernelLanguage | undefined;

  constructor(session: NotebookSession) {
    this.#session = session;
    session.kernelChanged.connect(this.#follow, this);
    session.statusChanged.connect(this.#onStatus, this);
    session.disposed.connect(this.#leave, this);
    void this.#follow();
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

  #onStatus(_: unknown, status: Kernel.Status): void {
    // A dead kernel stays the session's kernel; a restarted one is the same with nothing in it.
    if (status === "dead" || status === "restarting" || status === "autorestarting") this.#changed.emit();
  }

  #onMessage(_: unknown, { content, parent_header: parent }: KernelMessage.IIOPubMessage): void {
    const isIdle = "execution_state" in content && content.execution_state === "idle";
    if (isIdle && "msg_type" in parent && parent.msg_type === "execute_request") this.#changed.emit();
  }
}

async function isGradbook(kernel: NotebookKernel): Promise<boolean> {
  try {
    return (await kernel.info).implementation === "gradbook";
  } catch {
    // It did not say what it is.
    return false;
  }
}
