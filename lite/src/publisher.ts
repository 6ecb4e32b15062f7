/** What all front ends hear: printed text is gathered, and never overtaken. */
import type { Content, StreamName } from "../../kernel/src/bridge.ts";
import type { Message } from "../../kernel/src/wire/message.ts";

export type Send = (channel: "iopub" | "shell", type: string, content: Content, parent?: Message) => void;

/** Longest time in ms that printed text waits for more of its kind. */
const GATHERING = 30;
/** Number of characters after which it waits no longer. */
const ENOUGH = 100_000;

export class Publisher {
  readonly #send: Send;
  #gathered: { readonly parent: Message; readonly name: StreamName; text: string } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: Send) {
    this.#send = send;
  }

  publish(type: string, content: Content, parent?: Message): void {
    this.#flush();
    this.#send("iopub", type, content, parent);
  }

  status(state: "starting" | "busy" | "idle", parent?: Message): void {
    this.publish("status", { execution_state: state }, parent);
  }

  stream(name: StreamName, text: string, parent: Message): void {
    if (this.#gathered && (this.#gathered.parent !== parent || this.#gathered.name !== name)) this.#flush();
    this.#gathered ??= { parent, name, text: "" };
    this.#gathered.text += text;
    if (this.#gathered.text.length >= ENOUGH) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), GATHERING);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const gathered = this.#gathered;
    this.#gathered = undefined;
    if (gathered)
      this.#send("iopub", "stream", { name: gathered.name, text: gathered.text }, gathered.parent);
  }
}
