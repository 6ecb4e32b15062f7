/** What passes between the language worker and its clients. */

import type { MessagePort } from "./node.ts";
import type { Language, LanguageOptions } from "./protocol.ts";

/** A call of one method of the engine. */
export interface Request {
  readonly id: number;
  readonly method: keyof Language;
  readonly parameters: readonly unknown[];
}

/** The answer to the request with the same number. */
export type Response =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

/** One end of the line between them, as far as it is used: a port of Node, or what a browser has in its place. */
export interface LanguagePort<In, Out> {
  on(event: "message", hear: (message: In) => void): unknown;
  postMessage(message: Out): void;
}

/** What the worker is started with. */
export interface LanguageData {
  readonly options: LanguageOptions;
  readonly port: MessagePort;
}
