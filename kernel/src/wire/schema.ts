/** What the messages of front ends hold, and what is wrong with those that do not. */

import type { Content } from "../bridge.ts";

/** What a field may hold. */
interface Kinds {
  readonly "a string": string;
  readonly "a number": number;
  readonly "a boolean": boolean;
  readonly "an object of strings": Readonly<Record<string, string>>;
}

/** With a question mark for a field that may be left out, or be null. */
type Kind = keyof Kinds | `${keyof Kinds}?`;

/**
 * Every message that the kernel takes, with the fields that it reads; others may be there. The data of comms are for the
 * comms to judge.
 */
const MESSAGES = {
  kernel_info_request: {},
  execute_request: {
    code: "a string",
    silent: "a boolean?",
    store_history: "a boolean?",
    user_expressions: "an object of strings?",
    allow_stdin: "a boolean?",
    stop_on_error: "a boolean?",
  },
  complete_request: { code: "a string", cursor_pos: "a number?" },
  inspect_request: { code: "a string", cursor_pos: "a number?", detail_level: "a number?" },
  is_complete_request: { code: "a string" },
  history_request: {
    hist_access_type: "a string",
    output: "a boolean?",
    session: "a number?",
    start: "a number?",
    stop: "a number?",
    n: "a number?",
    pattern: "a string?",
    unique: "a boolean?",
  },
  comm_info_request: { target_name: "a string?" },
  comm_open: { comm_id: "a string", target_name: "a string" },
  comm_msg: { comm_id: "a string" },
  comm_close: { comm_id: "a string" },
  input_reply: { value: "a string?" },
  interrupt_request: {},
  debug_request: { command: "a string" },
  shutdown_request: { restart: "a boolean?" },
} as const;

type Value<K> = K extends keyof Kinds
  ? Kinds[K]
  : K extends `${infer Base extends keyof Kinds}?`
    ? Kinds[Base] | null | undefined
    : never;

/** The type of a message that the kernel takes. */
export type MessageType = keyof typeof MESSAGES;

/** The content of a message that has come through {@link faultOf}. */
export type ContentOf<Type extends MessageType> = {
  readonly [Field in keyof (typeof MESSAGES)[Type]]: Value<(typeof MESSAGES)[Type][Field]>;
};

const TESTS: { readonly [K in keyof Kinds]: (value: unknown) => boolean } = {
  "a string": (value) => typeof value === "string",
  "a number": (value) => typeof value === "number",
  "a boolean": (value) => typeof value === "boolean",
  "an object of strings": (value) =>
    isObject(value) && Object.values(value).every((entry) => typeof entry === "string"),
};

/** How deep the parts of a message may be nested: what writes them again as JSON is recursive. */
const DEPTH = 200;

/** Whether a type is one that the kernel takes; `constructor_request` is not. */
export function isKnown(type: string): type is MessageType {
  return Object.hasOwn(MESSAGES, type);
}

/** Why a message of a type cannot be read; undefined where it can. Its parts are named. */
export function faultOf(type: string, parts: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, part] of Object.entries(parts)) {
    if (!isObject(part)) return `its ${name} must be an object, not ${described(part)}`;
    if (isDeep(part)) return `its ${name} is nested deeper than ${DEPTH} levels`;
  }
  if (!isKnown(type)) return undefined;
  for (const [field, kind] of Object.entries<Kind>(MESSAGES[type])) {
    const value = (parts.content as Content)[field]; // an object, as the loop above has seen
    if (kind.endsWith("?") && (value === undefined || value === null)) continue;
    const expected = kind.replace("?", "") as keyof Kinds; // the question mark is all that the two differ by
    if (value === undefined) return `its ${field} is missing`;
    if (!TESTS[expected](value)) return `its ${field} must be ${expected}, not ${described(value)}`;
  }
  return undefined;
}

/** Whether a value is an object as JSON has them. */
export function isObject(value: unknown): value is Content {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDeep(value: Content): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    level = level.flatMap((entry) => Object.values(entry as object).filter((child) => isNested(child)));
  }
  return level.length > 0;
}

function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function described(value: unknown): string {
  if (value === undefined) return "text that is not JSON";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
