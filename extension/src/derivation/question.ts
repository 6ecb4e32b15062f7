/** A line of a derivation as a question: its left side, and room for what the reader predicts. */
import { createToolButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";
import type { Judgement } from "./judge.ts";
import type { Line } from "./lines.ts";

/** What a question needs besides its line. */
export interface QuestionSurroundings {
  readonly typeset: (tex: string, node: HTMLElement) => void;
  readonly translation: Translation;
  /** Asks whether a claim holds; undefined where there is nobody to ask. */
  readonly judge: ((claim: string) => Promise<Judgement>) | undefined;
  /** Shows the line itself. */
  readonly reveal: () => void;
}

/** Whether there is something to predict in a line: a derivative, or the result. */
export function isQuestion({ kind, content }: Line): boolean {
  return (kind === "local" || kind === "closed") && "members" in content && content.members.length > 1;
}

/** Longer than an answer takes that needs no words. */
const patience = 300;

/** Makes the question. */
export function createQuestion(line: Line, surroundings: QuestionSurroundings): HTMLElement {
  const { typeset, translation, judge, reveal } = surroundings;
  const left = "members" in line.content ? line.content.members[0] : "";
  const element = document.createElement("div");
  element.className = "gb-Line gb-Question";
  element.setAttribute("role", "listitem");
  const label = document.createElement("div");
  label.className = "gb-Line-label";
  label.textContent = line.label;

  const form = document.createElement("form");
  form.className = "gb-Line-math";
  const math = document.createElement("span");
  try {
    typeset(`${left} =`, math);
  } catch {
    math.textContent = `${left} =`;
  }
  const input = document.createElement("input");
  input.type = "text";
  input.className = "gb-Question-input";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("aria-label", translation.__("Your prediction of this line"));
  input.placeholder = translation.__("predict, as in dY ⊙ Y");
  const answer = document.createElement("div");
  answer.className = "gb-Question-answer";
  answer.setAttribute("role", "status");
  const ask = createToolButton({
    label: translation.__("check"),
    content: translation.__("check"),
    press: () => void submit(),
  });
  const show = createToolButton({
    label: translation.__("show"),
    content: translation.__("show"),
    press: reveal,
  });
  for (const button of [ask, show]) button.removeAttribute("aria-label"); // its word is its name
  ask.hidden = judge === undefined;
  form.append(math, input, ask, show, answer);
  element.append(label, form);

  let isAsking = false;
  async function submit(): Promise<void> {
    if (judge === undefined || isAsking || input.value.trim() === "") return;
    isAsking = true;
    answer.textContent = "";
    const waiting = window.setTimeout(() => {
      answer.textContent = translation.__("Waiting for the kernel…");
    }, patience);
    try {
      const { holds, message } = await judge(`${left} = ${input.value}`);
      answer.textContent = `${holds === null ? "?" : holds ? "✓" : "✗"} ${holds ? translation.__("it holds") : message}`;
      element.classList.toggle("gb-mod-right", holds === true);
      if (holds) show.focus();
    } catch (error) {
      answer.textContent = error instanceof Error ? error.message : String(error);
    } finally {
      window.clearTimeout(waiting);
      isAsking = false;
    }
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  // What is typed is no command: of the notebook, or of the derivation.
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") input.blur();
  });
  return element;
}
