/** The two buttons that show fewer and more digits of a tensor, and how many there can be. */
import { type Displayed, rewritten } from "gradbook/graph";
import { createToolButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";

/** Where the digits are kept. */
export interface DigitButtonsOptions {
  readonly displayed: Displayed;
  /** The digits shown now; `null` where nothing can change them. */
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

/** The fewest and the most digits after the point: as many as a float64 has. */
const [fewest, most] = [1, 15];

/** The next number of digits in a direction by which the tensor reads differently; `null` if there is none. */
function nextDecimals(displayed: Displayed, from: number, direction: 1 | -1): number | null {
  const now = rewritten(displayed, { decimals: from });
  for (let decimals = from + direction; decimals >= fewest && decimals <= most; decimals += direction) {
    if (rewritten(displayed, { decimals }) !== now) return decimals;
  }
  return null;
}

/** Whether there is a digit after a point, so that one can have more of them or fewer. */
export function hasDigits({ data }: Pick<Displayed, "data">): boolean {
  // Whole numbers from 10⁹ on are written with a point and a power of ten.
  return data.some((x) => typeof x === "number" && !(Number.isInteger(x) && Math.abs(x) < 1e9));
}
