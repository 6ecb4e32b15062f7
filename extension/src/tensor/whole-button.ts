/** The button that shows all entries of a matrix of which the output shows a part, and the part again. */
import { createToolButton, nameButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";
import type { Buttons } from "./digit-buttons.ts";

/** What the button shows and asks for. */
export interface WholeButtonOptions {
  readonly shape: readonly number[];
  /** Whether all entries are shown now. */
  readonly isWhole: () => boolean;
  /** Shows all entries, or rejects with a sentence that says why not. */
  readonly showWhole: () => Promise<void>;
  readonly showPart: () => void;
  readonly translation: Translation;
}

/** The button, and the place for what there is to say. */
export interface WholeButton extends Buttons {
  readonly answer: HTMLElement;
}

/** Makes the button, and the place that says that it waits for the kernel or why there are no more entries. */
export function createWholeButton(options: WholeButtonOptions): WholeButton {
  const { shape, isWhole, showWhole, showPart, translation } = options;
  const answer = document.createElement("span");
  answer.className = "gb-Tensor-answer";
  answer.setAttribute("role", "status");
  let isAsking = false;
  const press = async () => {
    if (isAsking) return;
    answer.replaceChildren();
    if (isWhole()) return showPart();
    isAsking = true;
    // An answer that comes at once needs no words; a busy kernel answers when its cell is done.
    const patience = window.setTimeout(() => {
      answer.textContent = translation.__("Waiting for the kernel…");
    }, 300);
    try {
      await showWhole();
      answer.replaceChildren();
    } catch (error) {
      answer.textContent = error instanceof Error ? error.message : String(error);
    } finally {
      window.clearTimeout(patience);
      isAsking = false;
    }
  };
  const button = createToolButton({ label: "", content: "", press });
  const size = shape.join(" × ");
  return {
    elements: [button],
    answer,
    refresh() {
      button.textContent = isWhole() ? translation.__("show a part") : translation.__("show all");
      nameButton(
        button,
        isWhole() ? translation.__("Show a part of %1", size) : translation.__("Show all %1 entries", size),
      );
      button.setAttribute("aria-expanded", `${isWhole()}`);
    },
  };
}
