/** Answers to the requests that need no user code, which are answered while a cell runs, too. */

import type { Content } from "../bridge.ts";
import type { Language } from "../language/protocol.ts";
import type { Comms } from "./comms.ts";
import type { History } from "./history.ts";
import { kernelInfo } from "./kernel-info.ts";

/** From the content of a request to the content of its reply. */
export type Answerer = (request: Content) => Content | Promise<Content>;

/** By the type of the request without its `_request`. */
export function answerers(
  language: Language,
  history: History,
  comms: Comms,
): Readonly<Record<string, Answerer>> {
  return {
    kernel_info: () => kernelInfo,
    comm_info: ({ target_name }) => ({ status: "ok", comms: comms.info(target_name) }),
    history: (request) => ({ status: "ok", history: history.answer(request) }),

    async complete({ code, cursor_pos }) {
      const source = String(code);
      const { start, end, matches } = await language.complete(source, cursor(cursor_pos, source));
      return {
        status: "ok",
        matches: matches.map(({ text }) => text),
        cursor_start: start,
        cursor_end: end,
        metadata: {
          _jupyter_types_experimental: matches.map(({ text, type }) => ({ text, type, start, end })),
        },
      };
    },

    async inspect({ code, cursor_pos, detail_level }) {
      const source = String(code);
      const detail = detail_level === 1 ? 1 : 0;
      const { found, plain, markdown } = await language.inspect(source, cursor(cursor_pos, source), detail);
      const data = found ? { "text/plain": plain, "text/markdown": markdown } : {};
      return { status: "ok", found, data, metadata: {} };
    },

    async is_complete({ code }) {
      return { ...(await language.isComplete(String(code))) };
    },
  };
}

/** A cursor as a number; a client that sends none means the end of the code. */
function cursor(position: unknown, source: string): number {
  return typeof position === "number" ? position : [...source].length;
}
