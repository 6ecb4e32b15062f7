/** What answers the comms of our extension: the library for graphs, the language worker for what is being typed. */

import type { Content } from "../bridge.ts";
import type { Language } from "../language/protocol.ts";
import type { Target } from "./comms.ts";
import type { SessionLink } from "./session-link.ts";

/** The comm targets by their names; `sessionId` is how a front end notices that the kernel is a new one. */
export function targets(
  sessionId: string,
  session: Pick<SessionLink, "ask">,
  language: Language,
): Readonly<Record<string, Target>> {
  return {
    "gradbook.graph": {
      greeting: { type: "hello", session: sessionId },
      takesTurns: true,
      answer: (request) => session.ask(request),
    },
    "gradbook.language": { takesTurns: false, answer: (request) => answerInLanguage(language, request) },
  };
}

/** Answered in the language worker, so also while a cell runs. */
async function answerInLanguage(language: Language, request: Content): Promise<Content> {
  const { type, request: number, code, cursor } = request;
  if (type === "catalogue") {
    return { type: "catalogue", request: number, names: await language.catalogue() };
  }
  if (typeof code !== "string") throw new Error(`Cannot answer ${type}: its code is missing`);
  switch (type) {
    case "diagnose":
      return { type: "diagnostics", request: number, ...(await language.diagnose(code)) };
    case "signature": {
      const at = typeof cursor === "number" ? cursor : code.length;
      return { type: "signature", request: number, signature: await language.signature(code, at) };
    }
    default:
      throw new Error(`Cannot answer ${type}: this comm knows diagnose, signature and catalogue`);
  }
}
