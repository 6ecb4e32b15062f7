/** What no front end sends: bytes and messages drawn from a seed, for the fuzzer. */

import { randomUUID } from "node:crypto";
import { asPeer, command, frame, type Speech } from "./stranger.ts";

/** Draws from a seed, so that what ended a kernel can be sent again. */
export class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A number of at least 0 and less than 1; the generator is mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number below `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  among<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}

/** Bytes for a port: noise alone, behind a greeting, or in the frames of zeromq's protocol. */
export function randomSpeech(draws: Draws, peer: string): Speech {
  const noise = draws.bytes(draws.below(400));
  switch (draws.below(4)) {
    case 0:
      return { bytes: noise };
    case 1:
      return asPeer(draws.among([peer, peer, "PUB", "PAIR", ""]), noise);
    case 2:
      return asPeer(peer, Buffer.concat([frame("<IDS|MSG>"), frame(draws.bytes(9).toString("latin1"))]));
    default:
      return asPeer(peer, command(draws.among(["READY", "ERROR", "PING", "SUBSCRIBE"]), noise));
  }
}

const TYPES = [
  ...["kernel_info", "complete", "inspect", "is_complete", "history", "comm_info"],
  ...["execute", "interrupt", "shutdown", "debug", "constructor", "__proto__", ""],
]
  .map((name) => `${name}_request`)
  .concat("comm_open", "comm_msg", "comm_close", "input_reply", "status", "");

const FIELDS = [
  ...["code", "cursor_pos", "detail_level", "silent", "user_expressions", "stop_on_error", "allow_stdin"],
  ...["hist_access_type", "n", "start", "stop", "session", "pattern", "unique", "output", "restart", "value"],
  ...[
    "comm_id",
    "target_name",
    "data",
    "type",
    "request",
    "cellId",
    "__proto__",
    "toString",
    "constructor",
    "length",
  ],
];

const WORDS = [
  "",
  "tail",
  "search",
  "gradbook.graph",
  "gradbook.language",
  "diagnose",
  "edit",
  "c",
  "*a*?",
  "\ud83d",
];

/** A message with an id of its own, and its four parts as JSON, most of them not as they should be. */
export function randomMessage(draws: Draws): { readonly id: string; readonly parts: readonly string[] } {
  const id = randomUUID();
  const type = draws.among(TYPES);
  const header = {
    msg_id: id,
    msg_type: type,
    session: "s",
    username: "u",
    date: "",
    version: "5.5",
  };
  // One that is as it should be would end the kernel, and should.
  const content =
    type === "shutdown_request" ? null : draws.below(3) ? randomObject(draws, 3) : randomValue(draws, 3);
  const parts: unknown[] = [header, {}, {}, content];
  if (draws.below(4) === 0) parts[draws.below(3)] = randomValue(draws, 3);
  const written = parts.map((part) => JSON.stringify(part));
  if (draws.below(20) === 0) written[draws.below(4)] = draws.bytes(20).toString("latin1");
  return { id, parts: written };
}

function randomObject(draws: Draws, depth: number): Record<string, unknown> {
  const names = Array.from({ length: draws.below(6) }, () => draws.among(FIELDS));
  return Object.fromEntries(names.map((name) => [name, randomValue(draws, depth - 1)]));
}

function randomValue(draws: Draws, depth: number): unknown {
  const simple = [null, true, false, 0, -1, 1e300, 2 ** 53, draws.among(WORDS), draws.among(WORDS)];
  if (depth === 0 || draws.below(2)) return draws.among(simple);
  if (draws.below(2)) return randomObject(draws, depth);
  return Array.from({ length: draws.below(4) }, () => randomValue(draws, depth - 1));
}
