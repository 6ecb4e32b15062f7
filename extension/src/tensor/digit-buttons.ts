/** The two buttons that show fewer and more digits of a tensor. */
import type { Displayed } from "gradbook/graph";
import { createToolButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";
import { nextDecimals } from "./decimals.ts";

/** Where the digits are kept. */
export interface DigitButtonsOptions {
  readonly displayed: Displayed;
  /** The digits that are shown now; `null` where nothing can change them. */
  readonly decimals: () => number | null;
  readonly choose: (decimals: number) => void;
  readonly translation: Translation;
}

/** Buttons, and how they are told that something has changed. */
export interface Buttons {
  readonly elements: readonly HTMLElement[];
  refresh(): void;
}

/** Makes both buttons. */
export function createDigitButtons({
  displayed,
  decimals,
  choose,
  translation,
}: DigitButtonsOptions): Buttons {
  const next = (direction: 1 | -1): number | null => {
    const now = decimals();
    return now === null ? null : nextDecimals(displayed, now, direction);
  };
  const make = (label: string, content: string, direction: 1 | -1) => {
    const press = () => {
      const wanted = next(direction);
      if (wanted !== null) choose(wanted);
    };
    return { button: createToolButton({ label, content, press }), direction };
  };
  const made = [
    make(translation.__("Fewer digits"), "−.0", -1),
    make(translation.__("More digits"), "+.0", 1),
  ];
  return {
    elements: made.map(({ button }) => button),
    refresh() {
      for (const { button, direction } of made) {
        button.setAttribute("aria-disabled", `${next(direction) === null}`);
      }
    },
  };
}
