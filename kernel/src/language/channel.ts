/** What passes between the language worker and its clients. */

import type { MessagePort } from "node:worker_threads";
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

/** What the worker is started with. */
export interface LanguageData {
  readonly options: LanguageOptions;
  readonly port: MessagePort;
}
