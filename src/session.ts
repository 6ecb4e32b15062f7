/** What only the kernel needs: the way to its notebook, and the names it captures from declarations. */

export { noticeHoard } from "./autodiff/growth.ts";
export {
  type ClearOptions,
  connectHost,
  type DisplayOptions,
  type Host,
  type Place,
  type Variables,
} from "./host.ts";
export { captureName } from "./variable-names.ts";

/** Answers what a front end asks about a graph. */
export function answerFrontEnd(message: unknown): unknown {
  const { request = null, type } = message as { request?: unknown; type?: unknown };
  return { type: "error", request, message: `Cannot answer ${type}: no graph has been shown` };
}
