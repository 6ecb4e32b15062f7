/** The button that shows all entries of a matrix of which the output shows a part, and the part again. */
import { createToolButton, nameButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";
import type { Buttons } from "./digit-buttons.ts";

/** What the button shows and asks for. */
export interface WholeButtonOptions {
  readonly shape: readonly number[];
  /** Whether all entries are shown now. */
  readonly isWhole: () => boolean;
  /** Shows all entries, or answers that nobody has them. */
  readonly showWhole: () => Promise<boolean>;
  readonly showPart: () => void;
  readonly translation: Translation;
}

/** Makes the button, and the place for the answer when there are no more entries to be had. */
export function createWholeButton(options: WholeButtonOptions): Buttons {
  const { shape, isWhole, showWhole, showPart, translation } = options;
  const answer = document.createElement("span");
  answer.setAttribute("role", "status");
  const press = async () => {
    answer.replaceChildren();
    if (isWhole()) showPart();
    else if (!(await showWhole())) {
      answer.textContent = translation.__("The kernel has no such tensor any more: run the cell again");
    }
  };
  const button = createToolButton({ label: "", content: "", press });
  const size = shape.join(" × ");
  return {
    elements: [button, answer],
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
