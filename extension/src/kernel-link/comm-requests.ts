/** Requests to the kernel over a comm: each one is answered, refused or lost, and none is forgotten. */
import type { Kernel } from "@jupyterlab/services";
import type { JSONObject } from "@lumino/coreutils";
import type { Comm, CommKernel } from "./comm-kernel.ts";

/** What is asked: its type, and what that type needs. The number is added here. */
export type Question = JSONObject & { readonly type: string };

/** How one request is made. */
export interface AskOptions {
  /** Gives the request up; its promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A line to one comm target of one kernel. */
export interface CommRequests {
  /** Whether nothing more can be asked: it was disposed, or its kernel is gone for good. */
  readonly isDisposed: boolean;
  /** What the kernel said when the comm was opened; undefined before that and after it was lost. */
  readonly greeting: JSONObject | undefined;
  /**
   * Sends a request, at the latest when the kernel is there, and gives the data of its answer. Rejects with
   * `RequestRefused` where the kernel answers with an error, with `RequestLost` where no answer will come.
   */
  ask(question: Question, options?: AskOptions): Promise<JSONObject>;
  /** Opens the comm where it is not open and gives the kernel's `hello`; rejects as `ask` does. */
  greet(options?: AskOptions): Promise<JSONObject>;
  /** Closes the comm; everything that still waits for an answer rejects. */
  dispose(): void;
}

/**
 * Speaks to `target` in `kernel`. The comm is opened with the first request, and anew with the first one after it was
 * lost: by a restart, by the kernel, or with the connection.
 */
export function openRequests(kernel: CommKernel, target: string): CommRequests {
  return new Requests(kernel, target);
}

/** A request whose answer is not there yet. */
interface Waiting {
  /** Undefined for a greeting, which the kernel sends by itself. */
  readonly question: Question | undefined;
  isSent: boolean;
  readonly resolve: (answer: JSONObject) => void;
  readonly reject: (reason: unknown) => void;
}

class Requests implements CommRequests {
  readonly #kernel: CommKernel;
  readonly #isOwnConnection: boolean;
  readonly #target: string;
  // In the order they were asked, which is the order they are sent in.
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;
  #comm: Comm | undefined;
  #greeting: JSONObject | undefined;
  /** Why nothing more can be asked. */
  #ended: Loss | undefined;

  constructor(kernel: CommKernel, target: string) {
    // A connection without comms would drop every answer: then a connection of our own has them.
    this.#isOwnConnection = !kernel.isDisposed && !kernel.handleComms;
    this.#kernel = this.#isOwnConnection ? kernel.clone({ handleComms: true }) : kernel;
    this.#target = target;
    this.#ended = this.#kernel.isDisposed ? "stopped" : undefined;
    this.#kernel.statusChanged.connect(this.#onStatus);
    this.#kernel.connectionStatusChanged.connect(this.#onConnection);
    this.#kernel.disposed.connect(this.#onKernelDisposed);
  }

  get isDisposed(): boolean {
    return this.#ended !== undefined;
  }

  get greeting(): JSONObject | undefined {
    return this.#greeting;
  }

  ask(question: Question, options: AskOptions = {}): Promise<JSONObject> {
    return this.#enqueue(question, options);
  }

  greet(options: AskOptions = {}): Promise<JSONObject> {
    return this.#greeting ? Promise.resolve(this.#greeting) : this.#enqueue(undefined, options);
  }

  dispose(): void {
    this.#end("disposed");
  }

  #enqueue(question: Question | undefined, { signal }: AskOptions): Promise<JSONObject> {
    const loss = this.#lossNow();
    if (loss) return Promise.reject(new RequestLost(loss));
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const request = ++this.#count;
      const giveUp = () => this.#take(request)?.reject(signal?.reason);
      signal?.addEventListener("abort", giveUp);
      const settled = () => signal?.removeEventListener("abort", giveUp);
      this.#waiting.set(request, {
        question,
        isSent: false,
        resolve: (answer) => {
          settled();
          resolve(answer);
        },
        reject: (reason) => {
          settled();
          reject(reason);
        },
      });
      this.#flush();
    });
  }

  /** Why there is no point in waiting; undefined where there is. */
  #lossNow(): Loss | undefined {
    if (this.#ended) return this.#ended;
    if (this.#kernel.status === "dead") return "stopped";
    return this.#kernel.connectionStatus === "disconnected" ? "disconnected" : undefined;
  }

  /** Sends what was not sent yet, once the kernel is known to listen. */
  #flush(): void {
    const { status, connectionStatus } = this.#kernel;
    if (connectionStatus !== "connected" || (status !== "idle" && status !== "busy")) return;
    for (const [request, waiting] of this.#waiting) {
      if (waiting.isSent) continue;
      try {
        this.#comm ??= this.#open();
        if (waiting.question) this.#comm.send({ ...waiting.question, request });
        waiting.isSent = true;
      } catch (error) {
        this.#take(request)?.reject(error);
      }
    }
  }

  #open(): Comm {
    const comm = this.#kernel.createComm(this.#target);
    comm.onMsg = ({ content: { data } }) => {
      if (comm === this.#comm) this.#receive(data);
    };
    comm.onClose = () => {
      if (comm === this.#comm) this.#lose("closed");
    };
    comm.open();
    return comm;
  }

  #receive(data: JSONObject): void {
    if (data.type === "hello") {
      this.#greeting = data;
      for (const [request, { question }] of this.#waiting) {
        if (question === undefined) this.#take(request)?.resolve(data);
      }
      return;
    }
    const waiting = typeof data.request === "number" ? this.#take(data.request) : undefined;
    if (data.type === "error") waiting?.reject(new RequestRefused(String(data.message)));
    else waiting?.resolve(data);
  }

  #take(request: number): Waiting | undefined {
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    return waiting;
  }

  /** Forgets the comm. What was sent over it will not be answered; what was not sent waits for the next. */
  #lose(loss: Loss): void {
    const comm = this.#comm;
    this.#comm = undefined;
    comm?.dispose();
    this.#greeting = undefined;
    for (const [request, { isSent }] of this.#waiting) {
      if (isSent) this.#take(request)?.reject(new RequestLost(loss));
    }
  }

  #end(loss: Loss): void {
    if (this.#ended) return;
    this.#ended = loss;
    this.#kernel.statusChanged.disconnect(this.#onStatus);
    this.#kernel.connectionStatusChanged.disconnect(this.#onConnection);
    this.#kernel.disposed.disconnect(this.#onKernelDisposed);
    this.#closeComm();
    this.#greeting = undefined;
    for (const request of [...this.#waiting.keys()]) this.#take(request)?.reject(new RequestLost(loss));
    if (this.#isOwnConnection) this.#kernel.dispose();
  }

  #closeComm(): void {
    const comm = this.#comm;
    this.#comm = undefined;
    if (this.#kernel.isDisposed || this.#kernel.status === "dead") return;
    comm?.close();
  }

  readonly #onStatus = (_: unknown, status: Kernel.Status): void => {
    if (status === "dead") this.#end("stopped");
    // A kernel that starts while the comm is open was restarted by another page.
    else if (status === "starting" || status === "restarting" || status === "autorestarting") {
      this.#lose("restarted");
    } else this.#flush();
  };

  readonly #onConnection = (_: unknown, connection: Kernel.ConnectionStatus): void => {
    if (connection === "connecting") {
      // Answers may have been lost meanwhile. The kernel is told afterwards that this comm has ended.
      this.#closeComm();
      this.#lose("disconnected");
    } else if (connection === "disconnected") {
      this.#lose("disconnected");
      for (const request of [...this.#waiting.keys()]) {
        this.#take(request)?.reject(new RequestLost("disconnected"));
      }
    } else this.#flush();
  };

  readonly #onKernelDisposed = (): void => this.#end("stopped");
}

/** The kernel answered that it cannot do what was asked; the message is the kernel's own. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";
}

/** Why no answer will come. */
export type Loss = "closed" | "restarted" | "stopped" | "disconnected" | "disposed";

const sentences: Readonly<Record<Loss, string>> = {
  closed: "the kernel does not take such requests",
  restarted: "the kernel was restarted",
  stopped: "the kernel has stopped; start it again",
  disconnected: "the connection to the kernel was lost; try again",
  disposed: "what asked was closed",
};

/** No answer will come: the kernel, or the way to it, is gone or has been replaced. */
export class RequestLost extends Error {
  override readonly name = "RequestLost";
  readonly loss: Loss;

  constructor(loss: Loss) {
    super(`Cannot ask the kernel: ${sentences[loss]}`);
    this.loss = loss;
  }
}
