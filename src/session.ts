/** What only the kernel needs: the way to its notebook, and the names it captures from declarations. */

export { answerFrontEnd } from "./answers.ts";
export { noticeHoard } from "./autodiff/growth.ts";
export { loadEngine } from "./graph/draw/engine.ts";
export {
  type ClearOptions,
  connectHost,
  type DisplayOptions,
  type Host,
  type Place,
  type Variables,
} from "./host.ts";
export { recover } from "./recover.ts";
export { captureName } from "./variable-names.ts";
