/** Jupyter messages, and the signed frames they travel in. */

import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { Content } from "../bridge.ts";

/** The version of the messaging protocol this kernel speaks. */
export const PROTOCOL = "5.5";

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

/** Reads, writes and signs messages of one kernel session. */
export class Codec {
  readonly #key: string;
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

  decode(frames: readonly Buffer[]): Message {
    const start = frames.findIndex((frame) => frame.equals(DELIMITER));
    if (start < 0 || frames.length < start + 6) {
      throw new Error(`Cannot read a message of ${frames.length} frames: it is not a Jupyter message`);
    }
    const [signature, ...rest] = frames.slice(start + 1);
    const parts = rest.slice(0, 4);
    const expected = this.#sign(parts);
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new Error("Cannot trust a message: its signature does not match the connection file's key");
    }
    const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString()));
    return {
      identities: frames.slice(0, start),
      header,
      parent,
      metadata,
      content,
      buffers: rest.slice(4),
    };
  }

  /** The signature frame; empty when the connection file has no key. */
  #sign(parts: readonly Buffer[]): Buffer {
    if (this.#key === "") return Buffer.alloc(0);
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return Buffer.from(hmac.digest("hex"));
  }
}
