/** Answers to the requests that need no user code, which are answered while a cell runs, too. */

import type { Content } from "../bridge.ts";
import type { Language } from "../language/protocol.ts";
import type { Comms } from "./comms.ts";
import type { History } from "./history.ts";
import type { ContentOf } from "./schema.ts";

/** The requests that are answered here. */
export type Answered =
  `${"kernel_info" | "comm_info" | "history" | "complete" | "inspect" | "is_complete"}_request`;

/** By the type of a request, from its content to the content of its reply. */
export type Answerers = {
  readonly [Type in Answered]: (request: ContentOf<Type>) => Content | Promise<Content>;
};

/** The answers that need no user code; `information` is what the kernel says about itself. */
export function answerers(
  language: Language,
  history: History,
  comms: Comms,
  information: Content,
): Answerers {
  return {
    kernel_info_request: () => information,
    comm_info_request: ({ target_name }) => ({ status: "ok", comms: comms.info(target_name) }),
    history_request: (request) => ({ status: "ok", history: history.answer(request) }),

    async complete_request({ code, cursor_pos }) {
      const { start, end, matches } = await language.complete(code, cursor(cursor_pos, code));
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

    async inspect_request({ code, cursor_pos, detail_level }) {
      const detail = detail_level === 1 ? 1 : 0;
      const { found, plain, markdown } = await language.inspect(code, cursor(cursor_pos, code), detail);
      const data = found ? { "text/plain": plain, "text/markdown": markdown } : {};
      return { status: "ok", found, data, metadata: {} };
    },

    async is_complete_request({ code }) {
      return { ...(await language.isComplete(code)) };
    },
  };
}

/** A cursor as a number; a client that sends none means the end of the code. */
function cursor(position: number | null | undefined, code: string): number {
  return position ?? [...code].length;
}
