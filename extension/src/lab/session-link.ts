/** The kernel of a notebook as the graphs in it see it: in which session it is, whether it is free, and the line to it. */
import type { IDisposable } from "@lumino/disposable";
import { type ISignal, Signal } from "@lumino/signaling";
import type { GraphLink } from "../graph-view/graph-link.ts";
import type { CommKernel } from "../kernel-link/comm-kernel.ts";
import { type CommRequests, openRequests, type Question } from "../kernel-link/comm-requests.ts";
import { KernelActivity, type KernelState, type WatchedKernel } from "./kernel-activity.ts";
import { KnownGraphs } from "./known-graphs.ts";

/** The comm target that answers for graphs. */
const target = "gradbook.graph";

/** A kernel keeps its id through a restart. */
type LinkedKernel = CommKernel & WatchedKernel & { readonly id: string };

/** What is used of a notebook's session: `ISessionContext` fits it. */
export interface LinkedSession {
  readonly session: { readonly kernel: LinkedKernel | null } | null;
  readonly kernelChanged: ISignal<unknown, unknown>;
  readonly disposed: ISignal<unknown, void>;
}

/** How things stand at the moment; emitted when that changes. */
interface Standing {
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
  #standing: Standing = { session: null, state: "gone" };
  readonly #graphs = new KnownGraphs();
  #kernelId: string | null = null;
  /** The session that has said which graphs it knows. */
  #asked: string | null = null;
  #isDisposed = false;

  constructor(context: LinkedSession) {
    this.#context = context;
    context.kernelChanged.connect(this.#onKernel, this);
    context.disposed.connect(this.dispose, this);
    this.#onKernel();
  }

  get session(): string | null {
    return this.#standing.session;
  }

  get state(): KernelState {
    return this.#standing.state;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  knows(id: string): boolean | null {
    return this.#graphs.knows(id);
  }

  knew(id: string): boolean {
    return this.#graphs.knew(id);
  }

  want(id: string): void {
    this.#graphs.want(id);
    void this.#askForGraphs();
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
      // JupyterLab also says that the kernel has changed when it has only been started again.
      if (kernel.id !== this.#kernelId) this.#graphs.changeKernel();
      this.#kernelId = kernel.id;
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
    const greeting = this.#requests?.greeting?.session;
    const session = typeof greeting === "string" ? greeting : null;
    const state = this.#greeting === "refused" ? "gone" : (this.#activity?.state ?? "gone");
    if (session === this.#standing.session && state === this.#standing.state) return;
    this.#standing = { session, state };
    if (session !== null && session !== this.#asked) {
      this.#graphs.restart();
      this.#asked = session;
    }
    this.#tell();
    void this.#askForGraphs();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Asks which of the graphs that are looked at the kernel knows; while a cell runs, the question would only wait. */
  async #askForGraphs(): Promise<void> {
    const { session, state } = this.#standing;
    const requests = this.#requests;
    if (requests === null || session === null || state !== "idle") return;
    const wanted = this.#graphs.take();
    if (wanted.length === 0) return;
    try {
      const { graphs } = await requests.ask({ type: "known", graphs: wanted });
      this.#graphs.note(wanted, Array.isArray(graphs) ? graphs : []);
      this.#tell();
    } catch {
      // Lost with its kernel: the next session is asked.
      for (const id of wanted) this.#graphs.want(id);
    }
  }
}

/** Views ask in JSON; what remains to be known is that the question has a type. */
function isQuestion(message: Readonly<Record<string, unknown>>): message is Question {
  return typeof message.type === "string";
}
