/** Comms: the lines that front ends open to the library and to the language, for requests other than cells. */

import type { Content } from "../bridge.ts";
import type { Iopub } from "./iopub.ts";
import { log } from "./log.ts";
import type { Message } from "./message.ts";
import type { Queue } from "./queue.ts";

/** What answers at the other end of a comm. */
export interface Target {
  /** What a comm hears when it has been opened. */
  readonly greeting?: Content;
  /** Whether an answer needs the main thread, and so comes after all cells that were sent before it. */
  readonly takesTurns: boolean;
  answer(request: Content): Promise<Content>;
}

/** The most characters that a request may have as JSON; the longest are whole cells, and those are shorter. */
const MOST = 1_000_000;
/** The most comms that are open at once; pages open two each, and many are gone without having closed them. */
const MOST_OPEN = 1000;

export class Comms {
  readonly #targets: ReadonlyMap<string, Target>;
  readonly #iopub: Pick<Iopub, "publish">;
  readonly #queue: Queue;
  /** From a comm's id to the name of its target; the one that was used last comes last. */
  readonly #open = new Map<string, string>();

  constructor(targets: Readonly<Record<string, Target>>, iopub: Pick<Iopub, "publish">, queue: Queue) {
    this.#targets = new Map(Object.entries(targets));
    this.#iopub = iopub;
    this.#queue = queue;
  }

  /** Takes a `comm_open`, a `comm_msg` or a `comm_close`. */
  receive(message: Message): Promise<void> | undefined {
    const id = message.content.comm_id as string; // the schema of all three says so
    const target = this.#used(id);
    if (message.header.msg_type === "comm_msg" && target?.takesTurns) {
      this.#queue.add({ request: message, run: () => this.#answer(id, target, message).then(() => []) });
      return undefined;
    }
    return this.#queue.aside(message, () => this.#receiveNow(id, target, message));
  }

  /** The comms that are open, or those of one target, as `comm_info_request` asks for them. */
  info(target: string | null | undefined): Content {
    const open = [...this.#open].filter(([, name]) => !target || name === target);
    return Object.fromEntries(open.map(([id, name]) => [id, { target_name: name }]));
  }

  #receiveNow(id: string, target: Target | undefined, message: Message): void {
    switch (message.header.msg_type) {
      case "comm_open":
        this.#welcome(id, message.content.target_name as string, message);
        break;
      case "comm_close":
        this.#open.delete(id);
        break;
      case "comm_msg":
        // Not waited for: a front end must not look busy because somebody types.
        if (target) this.#answer(id, target, message).catch(log);
        else this.#refuse(id, message);
    }
  }

  #welcome(id: string, name: string, message: Message): void {
    const target = this.#targets.get(name);
    if (!target) {
      this.#refuse(id, message);
      return;
    }
    this.#open.set(id, name);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN) {
      this.#open.delete(oldest);
      this.#refuse(oldest, message);
    }
    if (target.greeting) this.#send(id, target.greeting, message);
  }

  /** What answers at a comm that is used now; undefined where it is not open. */
  #used(id: string): Target | undefined {
    const name = this.#open.get(id);
    if (name === undefined) return undefined;
    this.#open.delete(id);
    this.#open.set(id, name);
    return this.#targets.get(name);
  }

  /** The other side must learn that nobody is listening. */
  #refuse(id: string, message: Message): void {
    this.#iopub.publish("comm_close", { comm_id: id, data: {} }, message);
  }

  async #answer(id: string, target: Target, message: Message): Promise<void> {
    const { data } = message.content;
    const fault = faultOf(data);
    const answer = fault === undefined ? await answerOf(target, data as Content) : failure(data, fault);
    if (this.#open.has(id)) this.#send(id, answer, message);
  }

  #send(id: string, data: Content, message: Message): void {
    this.#iopub.publish("comm_msg", { comm_id: id, data }, message);
  }
}

/** Why a request is not passed on. */
function faultOf(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    return "Cannot answer a message whose data is no object: a request has a type and a number";
  }
  const { length } = JSON.stringify(data);
  if (length > MOST) return `Cannot answer a message of ${length} characters: it may have ${MOST} at most`;
  return undefined;
}

async function answerOf(target: Target, request: Content): Promise<Content> {
  try {
    return await target.answer(request);
  } catch (error) {
    return failure(request, error instanceof Error ? error.message : String(error));
  }
}

function failure(data: unknown, message: string): Content {
  const { request = null } = (data ?? {}) as { request?: unknown }; // a property may be read of anything that is left
  return { type: "error", request, message };
}
