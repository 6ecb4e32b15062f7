/** Everything the kernel publishes to all its front ends at once. */

import type { XPublisher } from "zeromq";
import type { Content, StreamName } from "../bridge.ts";
import type { Codec, Message } from "./message.ts";
import { Publisher } from "./publisher.ts";
import { Sender } from "./sender.ts";

/** Longest time in ms that printed text waits for more of its kind. */
const GATHERING = 30;
/** Number of characters after which printed text waits no longer. */
const ENOUGH = 100_000;

export type ExecutionState = "starting" | "busy" | "idle";

interface Gathered {
  readonly parent: Message;
  readonly name: StreamName;
  text: string;
}

/** The iopub channel. Printed text is gathered into few messages, and never overtaken by others. */
export class Iopub {
  readonly #codec: Codec;
  readonly #publisher: Publisher;
  readonly #sender: Sender;
  #gathered: Gathered | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: XPublisher, codec: Codec) {
    this.#codec = codec;
    this.#publisher = new Publisher(socket);
    this.#sender = new Sender(this.#publisher);
  }

  publish(type: string, content: Content, parent?: Message): void {
    this.#flush();
    this.#send(type, content, parent);
  }

  status(state: ExecutionState, parent?: Message): void {
    this.publish("status", { execution_state: state }, parent);
  }

  stream(name: StreamName, text: string, parent: Message): void {
    if (this.#gathered && (this.#gathered.parent !== parent || this.#gathered.name !== name)) this.#flush();
    this.#gathered ??= { parent, name, text: "" };
    this.#gathered.text += text;
    if (this.#gathered.text.length >= ENOUGH) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), GATHERING);
  }

  /** Tells a new subscriber that from now on it receives all that matches its topic. */
  welcome(topic: string): void {
    const message = this.#codec.create("iopub_welcome", { subscription: topic }, undefined, [
      Buffer.from(topic),
    ]);
    this.#sender.send(this.#codec.encode(message));
  }

  /** Resolves when what is printed can be taken, which it cannot while front ends are far behind. */
  room(): Promise<void> {
    return this.#sender.room();
  }

  /** From now on waits for no front end that does not read. */
  hurry(): void {
    this.#publisher.hurry();
  }

  /** Resolves when all that was published is in zeromq's hands. */
  async flushed(): Promise<void> {
    this.#flush();
    await this.#sender.flushed();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const gathered = this.#gathered;
    if (!gathered) return;
    this.#gathered = undefined;
    this.#send("stream", { name: gathered.name, text: gathered.text }, gathered.parent);
  }

  #send(type: string, content: Content, parent: Message | undefined): void {
    const message = this.#codec.create(type, content, parent, [Buffer.from(type)]);
    this.#sender.send(this.#codec.encode(message));
  }
}
