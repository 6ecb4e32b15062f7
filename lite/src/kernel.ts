/** A kernel of JupyterLite: what the wire worker does in Node, in the page, with two workers behind it. */
import type { KernelMessage } from "@jupyterlab/services";
import type { FromSession, StreamName } from "../../kernel/src/bridge.ts";
import { connectLanguage } from "../../kernel/src/language/client.ts";
import type { Language } from "../../kernel/src/language/protocol.ts";
import { Comms } from "../../kernel/src/wire/comms.ts";
import { Execution } from "../../kernel/src/wire/execution.ts";
import { History } from "../../kernel/src/wire/history.ts";
import { kernelInfo } from "../../kernel/src/wire/kernel-info.ts";
import type { Message } from "../../kernel/src/wire/message.ts";
import { Queue } from "../../kernel/src/wire/queue.ts";
import { type Answered, type Answerers, answerers } from "../../kernel/src/wire/requests.ts";
import { targets } from "../../kernel/src/wire/targets.ts";
import { portOf } from "./node/worker_threads.ts";
import { Publisher, type Send } from "./publisher.ts";
import { SessionOfWorker } from "./session-of-worker.ts";

/** Where the workers and the compiler's files are, and those of the notebook's folder. */
export interface Surroundings {
  /** The address of a file that came with the extension. */
  address(file: string): string;
  /** The address of the documentation. */
  readonly documentation: string;
  /** The sources beside a notebook, by their paths. */
  sources(folder: string): Promise<Readonly<Record<string, string>>>;
}

export interface KernelOptions {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly sendMessage: (message: KernelMessage.IMessage) => void;
}

export class Kernel {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly ready: Promise<void>;
  isDisposed = false;
  /** What JupyterLite wants to hear of. */
  onDispose: () => void = () => {};
  readonly #around: Surroundings;
  readonly #send: Send;
  readonly #publisher: Publisher;
  readonly #queue: Queue;
  readonly #session: SessionOfWorker;
  readonly #languageWorker: Worker;
  readonly #language: Language;
  readonly #execution: Execution;
  readonly #comms: Comms;
  readonly #answers: Answerers;

  constructor({ id, name, location, sendMessage }: KernelOptions, around: Surroundings) {
    this.id = id;
    this.name = name;
    this.location = location;
    this.#around = around;
    this.#send = (channel, type, content, parent) =>
      sendMessage({
        channel,
        header: {
          msg_id: crypto.randomUUID(),
          msg_type: type,
          session: parent?.header.session ?? "",
          username: "",
          date: new Date().toISOString(),
          version: "5.5",
        },
        parent_header: parent?.header ?? {},
        metadata: {},
        content,
        buffers: [],
      } as unknown as KernelMessage.IMessage); // its types name each message; ours is made of the same parts
    this.#publisher = new Publisher(this.#send);
    this.#queue = new Queue(this.#publisher);
    this.#languageWorker = new Worker(around.address("language-worker.js"));
    this.#language = connectLanguage(portOf(this.#languageWorker));
    this.#session = new SessionOfWorker(id, around.address("session-worker.js"), (message) =>
      this.#hear(message),
    );
    const history = new History();
    this.#comms = new Comms(targets(id, this.#session, this.#language), this.#publisher, this.#queue);
    this.#answers = answerers(this.#language, history, this.#comms, kernelInfo(around), (path) =>
      this.#session.members(path),
    );
    this.#execution = new Execution({
      iopub: this.#publisher,
      language: this.#language,
      session: this.#session,
      history,
      queue: this.#queue,
      reply: (request, content) => this.#reply(request, content),
    });
    this.ready = this.#begin();
  }

  /** Takes a message; a cell only joins the queue, so that help answers while it runs. */
  async handleMessage(arrived: KernelMessage.IMessage): Promise<void> {
    const message = { ...arrived, identities: [], parent: {} } as unknown as Message; // made of the same parts
    const type = message.header.msg_type;
    if (type === "execute_request") {
      await this.#refreshSources();
      this.#execution.add(message);
    } else if (/^comm_(open|msg|close)$/.test(type)) {
      // Not waited for: an answer may have to wait for a cell.
      void this.#comms.receive(message);
    } else {
      await this.#queue.aside(message, async () => {
        const content = Object.hasOwn(this.#answers, type) && (await this.#answer(type as Answered, message));
        if (content) this.#reply(message, content);
      });
    }
  }

  /** Stops the cell that runs, if there is one. */
  async interrupt(): Promise<void> {
    await this.#execution.interrupt();
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.#languageWorker.terminate();
    this.#session.end();
    this.onDispose();
  }

  async #begin(): Promise<void> {
    const files = fetch(this.#around.address("files.json")).then((answer) => answer.json());
    const loaded = new Promise<void>((resolve, reject) => {
      this.#languageWorker.addEventListener("message", ({ data }) => data.type === "ready" && resolve());
      this.#languageWorker.addEventListener("error", ({ message }) => reject(new Error(message)));
    });
    this.#languageWorker.postMessage({ type: "files", files: await files });
    await this.#refreshSources();
    await Promise.all([loaded, this.#session.ready]);
    this.#publisher.status("idle");
  }

  /** Files beside the notebook may have changed since the last cell. */
  async #refreshSources(): Promise<void> {
    const folder = this.location.replace(/^[^:]*:/, "");
    const files = await this.#around.sources(folder);
    if (Object.keys(files).length > 0) this.#languageWorker.postMessage({ type: "files", files });
  }

  async #answer(type: Answered, { content }: Message): Promise<Record<string, unknown>> {
    try {
      return await this.#answers[type](content as never);
    } catch (error) {
      const evalue = error instanceof Error ? error.message : String(error);
      return { status: "error", ename: "Error", evalue, traceback: [] };
    }
  }

  #reply(request: Message, content: Record<string, unknown>): void {
    this.#send("shell", request.header.msg_type.replace(/_request$/, "_reply"), content, request);
  }

  #hear(message: Extract<FromSession, { type: "stream" | "publish" }>): void {
    const audience = this.#execution.audience(message.cell);
    if (!audience) return;
    if (message.type === "stream") this.#publisher.stream(message.name as StreamName, message.text, audience);
    else this.#publisher.publish(message.kind, message.content, audience);
  }
}
