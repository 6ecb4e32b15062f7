/** Jupyter messages, and the signed frames they travel in. */

import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { Content } from "../bridge.ts";
import { PROTOCOL } from "./kernel-info.ts";
import { faultOf, isObject } from "./schema.ts";

export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
  readonly subshell_id?: string | null;
}

export interface Message {
  /** Routing prefix: the client's identities, or the topic of a publication. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  /** Empty for a message that nothing asked for. */
  readonly parent: Header | Record<string, never>;
  readonly metadata: Content;
  readonly content: Content;
  readonly buffers: readonly Buffer[];
}

/** A well-signed message that does not say what its type asks for, so that it can be answered, but not obeyed. */
export class Malformed extends Error {
  override name = "MalformedMessage";
  /** Who is to be answered; without anything else that the message held. */
  readonly request: Message;

  constructor(request: Message, fault: string) {
    super(`Cannot read ${request.header.msg_type}: ${fault}`);
    this.request = request;
  }
}

const DELIMITER = Buffer.from("<IDS|MSG>");

/** How `JSON.stringify` writes a lone surrogate, and nothing else but words after an escaped backslash. */
const LONE_SURROGATE = /\\ud[89a-f][0-9a-f]{2}/;

/**
 * `value` as JSON in which U+FFFD stands for each half of a character: no reader can write a lone surrogate to a file,
 * so one would cost a notebook everything else in it. An escaped backslash is stepped over, so the words `\ud83d` stay.
 */
export function wellFormedJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!LONE_SURROGATE.test(json)) return json;
  return json.replace(/\\(?:ud[89a-f][0-9a-f]{2}|.)/g, (written) =>
    LONE_SURROGATE.test(written) ? "\ufffd" : written,
  );
}

/** How many signatures are remembered; the oldest are forgotten, as a kernel may live for weeks. */
const REMEMBERED = 100_000;

/** Reads, writes and signs messages of one kernel session. */
export class Codec {
  readonly #key: string;
  /** The signatures of the messages that were let in, oldest first: one that comes again is a replay. */
  readonly #seen = new Set<string>();
  readonly #session: string = randomUUID();
  #count = 0;

  constructor(key: string) {
    this.#key = key;
  }

  /** A message of this session, answering `parent` when something asked for it. */
  create(type: string, content: Content, parent?: Message, identities: readonly Buffer[] = []): Message {
    this.#count += 1;
    return {
      identities,
      header: {
        msg_id: `${this.#session}_${this.#count}`,
        msg_type: type,
        session: this.#session,
        username: "kernel",
        date: new Date().toISOString(),
        version: PROTOCOL,
      },
      parent: parent?.header ?? {},
      metadata: {},
      content,
      buffers: [],
    };
  }

  encode(message: Message): Buffer[] {
    const parts = [message.header, message.parent, message.metadata, message.content].map((part) =>
      Buffer.from(wellFormedJson(part)),
    );
    return [...message.identities, DELIMITER, this.#sign(parts), ...parts, ...message.buffers];
  }

  /** The one door for messages of front ends: what it lets in is signed and as the schema says. */
  decode(frames: readonly Buffer[]): Message {
    const start = frames.findIndex((frame) => frame.equals(DELIMITER));
    if (start < 0 || frames.length < start + 6) {
      throw new Error("Cannot read a message: its frames are not those of Jupyter");
    }
    const [signature, ...rest] = frames.slice(start + 1);
    const signed = rest.slice(0, 4);
    const expected = this.#sign(signed);
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new Error("Cannot trust a message: its signature does not match the connection file's key");
    }
    if (this.#key !== "") this.#refuseReplay(signature.toString());
    const [header, parent, metadata, content] = signed.map(parsed);
    if (!isHeader(header)) throw new Error("Cannot read a message: its header is malformed");
    const identities = frames.slice(0, start);
    const parts = { parent_header: parent, metadata, content };
    const fault = faultOf(header.msg_type, parts);
    if (fault !== undefined) {
      throw new Malformed({ identities, header, parent: {}, metadata: {}, content: {}, buffers: [] }, fault);
    }
    // The schema has seen that they are objects; nothing here reads the parent of what a front end sends.
    const read = { parent: {}, metadata: metadata as Content, content: content as Content };
    return { identities, header, ...read, buffers: rest.slice(4) };
  }

  /** No front end sends the same bytes twice, as each of its messages has an id and a date of its own. */
  #refuseReplay(signature: string): void {
    if (this.#seen.has(signature)) {
      throw new Error("Cannot obey a message a second time: its signature has been seen before");
    }
    this.#seen.add(signature);
    const [oldest] = this.#seen;
    if (this.#seen.size > REMEMBERED) this.#seen.delete(oldest);
  }

  /** The signature frame; empty when the connection file has no key. */
  #sign(parts: readonly Buffer[]): Buffer {
    if (this.#key === "") return Buffer.alloc(0);
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return Buffer.from(hmac.digest("hex"));
  }
}

/** A part of a message; undefined where it is not JSON. */
function parsed(part: Buffer): unknown {
  try {
    return JSON.parse(part.toString());
  } catch {
    return undefined;
  }
}

/** Whether replies can name a header as their parent, which holds nothing nested. */
function isHeader(value: unknown): value is Header {
  if (!isObject(value)) return false;
  const isFlat = Object.values(value).every((field) => typeof field !== "object" || field === null);
  return isFlat && typeof value.msg_id === "string" && typeof value.msg_type === "string";
}
