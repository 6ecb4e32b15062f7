/** The kernel of a notebook as the graphs in it see it: in which session it is, whether it is free, and the line to it. */
import type { IDisposable } from "@lumino/disposable";
import { type ISignal, Signal } from "@lumino/signaling";
import type { GraphLink } from "../graph-view/graph-link.ts";
import type { CommKernel } from "../kernel-link/comm-kernel.ts";
import { type CommRequests, openRequests, type Question } from "../kernel-link/comm-requests.ts";
import { KernelActivity, type KernelState, type WatchedKernel } from "./kernel-activity.ts";

/** The comm target that answers for graphs. */
const target = "gradbook.graph";

/** What of a notebook's session is looked at here: `ISessionContext` fits it. */
export interface LinkedSession {
  readonly session: { readonly kernel: (CommKernel & WatchedKernel) | null } | null;
  readonly kernelChanged: ISignal<unknown, unknown>;
  readonly disposed: ISignal<unknown, void>;
}

/** What is known at a moment, and told when it changes. */
interface Known {
  readonly session: string | null;
  readonly state: KernelState;
}

/** Stays the same while the notebook changes or restarts its kernel; each kernel gets one comm. */
export class SessionLink implements GraphLink, IDisposable {
  readonly #context: LinkedSession;
  readonly #listeners = new Set<() => void>();
  #requests: CommRequests | null = null;
  #activity: KernelActivity | null = null;
  /** Whether the comm is being opened, or has been refused by a kernel that knows nothing of graphs. */
  #greeting: "none" | "awaited" | "refused" = "none";
  #known: Known = { session: null, state: "gone" };
  readonly #seen = new Set<string>();
  before: ReadonlySet<string> = new Set();
  #isDisposed = false;

  constructor(context: LinkedSession) {
    this.#context = context;
    context.kernelChanged.connect(this.#onKernel, this);
    context.disposed.connect(this.dispose, this);
    this.#onKernel();
  }

  get session(): string | null {
    return this.#known.session;
  }

  get state(): KernelState {
    return this.#known.state;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async request(message: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
    if (this.#requests === null) throw new Error("Cannot ask the kernel: the notebook has none");
    if (!isQuestion(message)) throw new Error("Cannot ask the kernel: the question has no type");
    return this.#requests.ask(message);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    Signal.clearData(this);
    this.#hangUp();
    this.#update();
    this.#listeners.clear();
  }

  #hangUp(): void {
    this.#activity?.dispose();
    this.#activity = null;
    this.#requests?.dispose();
    this.#requests = null;
    this.#greeting = "none";
  }

  #onKernel(): void {
    this.#hangUp();
    const kernel = this.#context.session?.kernel;
    if (kernel) {
      // Before the activity, so that a comm lost by a restart is known as lost when that one tells.
      this.#requests = openRequests(kernel, target);
      this.#activity = new KernelActivity(kernel);
      this.#activity.changed.connect(this.#onActivity, this);
    }
    this.#onActivity();
  }

  #onActivity(): void {
    if (this.#activity?.isStarting) this.#greeting = "none";
    this.#update();
    void this.#greet();
  }

  /** Asks for the session once the kernel is free; a comm that is opened while a cell runs would only wait. */
  async #greet(): Promise<void> {
    const requests = this.#requests;
    if (requests === null || requests.greeting || this.#greeting !== "none") return;
    if (this.#activity?.state !== "idle") return;
    this.#greeting = "awaited";
    const isAnswered = await requests.greet().then(
      () => true,
      () => false,
    );
    if (requests !== this.#requests) return;
    // Lost by a restart, it comes with the next; else the kernel has no such target.
    const isRefused = !isAnswered && this.#activity?.state === "idle" && this.#greeting === "awaited";
    this.#greeting = isRefused ? "refused" : "none";
    this.#update();
  }

  #update(): void {
    const session = this.#requests?.greeting?.session;
    const state = this.#greeting === "refused" ? "gone" : (this.#activity?.state ?? "gone");
    const known: Known = { session: typeof session === "string" ? session : null, state };
    if (known.session === this.#known.session && known.state === this.#known.state) return;
    if (known.session !== null) {
      this.#seen.add(known.session);
      this.before = new Set([...this.#seen].filter((session) => session !== known.session));
    }
    this.#known = known;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Views ask in JSON; what remains to be known is that the question has a type. */
function isQuestion(message: Readonly<Record<string, unknown>>): message is Question {
  return typeof message.type === "string";
}
