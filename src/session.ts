/** What only the kernel needs: the way to its notebook, the names it captures, and the answers to its front end. */

import { check, edit, known, type Question, values, write } from "./graph/answers.ts";
import { ask } from "./lesson/ask.ts";
import { follow, give, tensorsNow, why } from "./lesson/live.ts";
import { keptTensor } from "./print/display.ts";
import { latex } from "./print/latex.ts";
import { ValueError } from "./tensor/errors.ts";
import { toJsonNumber } from "./tensor/numbers.ts";

export { noticeHoard } from "./autodiff/backward.ts";
export { failureOf } from "./picture/graph.ts";
export { loadEngine } from "./picture/svg.ts";
export { recover, stopRecording } from "./tensor/apply.ts";
export type { Entries } from "./tensor/dtype.ts";
export {
  type Blas,
  type ClearOptions,
  connectHost,
  type DisplayOptions,
  type Host,
  type Place,
  useBlas,
  type Variables,
} from "./tensor/host.ts";
export { captureName } from "./tensor/operands.ts";

// Answers a front end that asks about what it shows.

/** The most entries of a matrix that is sent whole. */
const MOST = 10_000;

const ANSWERS: Readonly<Record<string, (question: Question) => object>> = {
  check,
  edit,
  follow,
  give,
  judge,
  known,
  tensor,
  values,
  variables: tensorsNow,
  why,
  write,
};

/**
 * The answer to a question of the front end: an object with the same `request`. What cannot be answered is
 * `{type: "error", message}`; nothing is ever thrown.
 */
export function answerFrontEnd(question: unknown): object {
  const asked: Question = typeof question === "object" && question !== null ? { ...question } : {};
  const { request, type } = asked;
  try {
    const answer = Object.hasOwn(ANSWERS, String(type)) ? ANSWERS[String(type)] : undefined;
    if (answer === undefined)
      throw new ValueError(`Cannot answer ${String(type)}: there is no such question`);
    return { ...answer(asked), request };
  } catch (error) {
    return { type: "error", request, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether a formula holds that a reader has typed into an output. */
function judge({ claim }: Question): object {
  const text = String(claim);
  const { verdict, message } = ask(Object.assign([text], { raw: [text] }) as TemplateStringsArray); // a tag's argument
  return { type: "judged", verdict, message };
}

/** All of a tensor that was shown in part. */
function tensor({ tensor: id }: Question): object {
  const x = keptTensor(String(id));
  if (x.size > MOST) {
    throw new ValueError(
      `Cannot show all ${x.size} entries: slice ${x.name ?? "the tensor"} and display the part`,
    );
  }
  return {
    type: "tensor",
    tex: latex(x, { full: true }),
    shape: x.shape,
    data: Array.from(x.data, toJsonNumber),
  };
}
