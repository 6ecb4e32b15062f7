/** Everything the kernel publishes to all its front ends at once. */

import type { XPublisher } from "zeromq";
import type { Content, Extra, StreamName } from "../bridge.ts";
import type { Codec, Message } from "./message.ts";
import { Publisher } from "./publisher.ts";
import { Sender } from "./sender.ts";

/** Longest time in ms that printed text waits for more of its kind. */
const GATHERING = 30;
/** Number of characters after which printed text waits no longer. */
const ENOUGH = 100_000;

export type ExecutionState = "starting" | "busy" | "idle";

/** A message that waits for more of its kind. */
interface Gathered {
  readonly type: "stream" | "update_display_data";
  readonly parent: Message;
  /** The stream, or the id of the display. */
  readonly name: unknown;
  content: Content;
  text: string;
}

/**
 * The iopub channel. Printed text is gathered into few messages, and of the states that one display goes through faster
 * than front ends read, the last is sent; neither is overtaken by other messages.
 */
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

  publish(type: string, content: Content, parent?: Message, extra?: Extra): void {
    if (type === "update_display_data" && parent && this.#sender.isBehind) {
      this.#gather(type, (content.transient as Content).display_id, parent).content = content; // the session's own
      return;
    }
    this.#flush();
    this.#send(type, content, parent, extra);
  }

  status(state: ExecutionState, parent?: Message): void {
    this.publish("status", { execution_state: state }, parent);
  }

  stream(name: StreamName, text: string, parent: Message): void {
    const gathered = this.#gather("stream", name, parent);
    gathered.text += text;
    if (gathered.text.length >= ENOUGH) this.#flush();
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

  /** What waits of this kind, from now on. */
  #gather(type: Gathered["type"], name: unknown, parent: Message): Gathered {
    const { type: known, name: waiting, parent: cell } = this.#gathered ?? {};
    if (known !== type || waiting !== name || cell !== parent) this.#flush();
    this.#gathered ??= { type, parent, name, content: {}, text: "" };
    this.#timer ??= setTimeout(() => this.#flush(), GATHERING);
    return this.#gathered;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const gathered = this.#gathered;
    if (!gathered) return;
    this.#gathered = undefined;
    const { type, name, text, content, parent } = gathered;
    this.#send(type, type === "stream" ? { name, text } : content, parent);
  }

  #send(type: string, content: Content, parent: Message | undefined, extra: Extra = {}): void {
    const message = this.#codec.create(type, content, parent, [Buffer.from(type)]);
    const { metadata = {}, buffers = [] } = extra;
    this.#sender.send(this.#codec.encode({ ...message, metadata, buffers: buffers.map(bufferOf) }));
  }
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
