/** A front end's end of a comm, for tests. */

import { randomUUID } from "node:crypto";
import type { KernelClient, Message } from "./client.ts";

/** What a request or an answer holds. */
export type Data = Message["content"];

export class Comm {
  readonly id: string = randomUUID();
  readonly #client: KernelClient;
  #requests = 0;

  constructor(client: KernelClient, target: string) {
    this.#client = client;
    client.send("shell", "comm_open", { comm_id: this.id, target_name: target, data: {} });
  }

  /** Resolves with the next message that passes the test. */
  async heard(test: (data: Data) => boolean): Promise<Message> {
    return this.#client.published(
      ({ type, content }) => type === "comm_msg" && content.comm_id === this.id && test(content.data),
    );
  }

  /** Sends anything, also what is no request; answers the message's id. */
  say(data: unknown): string {
    return this.#client.send("shell", "comm_msg", { comm_id: this.id, data });
  }

  /** Sends a request; answers the data of its answer. */
  async ask(type: string, rest: Data = {}): Promise<Data> {
    const request = ++this.#requests;
    const answer = this.heard((data) => data.request === request);
    this.say({ type, request, ...rest });
    return (await answer).content.data;
  }

  close(): void {
    this.#client.send("shell", "comm_close", { comm_id: this.id, data: {} });
  }
}
