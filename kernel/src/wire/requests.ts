/** Answers to the requests that need no user code, which are answered while a cell runs, too. */

import type { Content } from "../bridge.ts";
import type { CompletionMatch, Language } from "../language/protocol.ts";
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

/**
 * The answers that need no user code; `information` is what the kernel says about itself, `members` has those of a value
 * by its name and the properties after it.
 */
export function answerers(
  language: Language,
  history: History,
  comms: Comms,
  information: Content,
  members: (path: readonly string[]) => Promise<readonly CompletionMatch[]>,
): Answerers {
  return {
    kernel_info_request: () => information,
    comm_info_request: ({ target_name }) => ({ status: "ok", comms: comms.info(target_name) }),
    history_request: (request) => ({ status: "ok", history: history.answer(request) }),

    async complete_request({ code, cursor_pos }) {
      const at = cursor(cursor_pos, code);
      const { start, end, matches: typed } = await language.complete(code, at);
      const matches = typed.length > 0 ? typed : await atRunTime([...code].slice(0, at).join(""), members);
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

/** A name, properties after it, and the beginning of another one. */
const MEMBER =
  /(?<![\p{ID_Continue}$.\])}"'`])([\p{ID_Start}$_][\p{ID_Continue}$]*(?:\??\.[\p{ID_Continue}$]+)*)\??\.([\p{ID_Continue}$]*)$/u;

/** What the value before the cursor has, where no type tells, as of parsed JSON. */
async function atRunTime(
  before: string,
  members: (path: readonly string[]) => Promise<readonly CompletionMatch[]>,
): Promise<readonly CompletionMatch[]> {
  const [, path, typed = ""] = MEMBER.exec(before) ?? [];
  if (path === undefined) return [];
  const found = await members(path.split(/\??\./));
  return found.filter(({ text }) => text.startsWith(typed));
}

/** A cursor as a number; a client that sends none means the end of the code. */
function cursor(position: number | null | undefined, code: string): number {
  return position ?? [...code].length;
}
