/** What stands beside a live matrix: a slider for a single number, and what may become of changed numbers. */
import { createToolButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";
import { type Handles, stepOf } from "./live-entries.ts";

/** What the strip is for. */
export interface LiveStripOptions {
  readonly name: string | null;
  /** A single number between two ends has a slider. */
  readonly isNumber: boolean;
  readonly handles: Handles;
  readonly value: () => number;
  readonly slide: (value: number) => void;
  /** The hand has let go of the slider. */
  readonly settle: () => void;
  readonly give: () => Promise<void>;
  readonly takeBack: () => void;
  readonly translation: Translation;
}

/** The strip. */
export interface LiveStrip {
  readonly elements: readonly HTMLElement[];
  /** Shows how things stand. */
  readonly update: (isChanged: boolean, state: "waiting" | "given" | Error | null) => void;
}

/** Makes the strip. */
export function createLiveStrip(options: LiveStripOptions): LiveStrip {
  const { name, isNumber, handles, translation } = options;
  const elements: HTMLElement[] = [];
  const slider = document.createElement("input");
  if (isNumber && handles.from !== undefined && handles.to !== undefined) {
    slider.type = "range";
    slider.className = "gb-LiveSlider";
    slider.min = String(handles.from);
    slider.max = String(handles.to);
    slider.step = String(stepOf(handles));
    slider.valueAsNumber = options.value();
    slider.setAttribute("aria-label", name ?? translation.__("number"));
    slider.addEventListener("input", () => options.slide(slider.valueAsNumber));
    slider.addEventListener("change", () => options.settle());
    elements.push(slider);
  }
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  const give = createToolButton({
    label: translation.__("From now on %1 has these numbers, for cells that run", name ?? ""),
    content: translation.__("Give to the variable"),
    press: () => void options.give(),
  });
  const takeBack = createToolButton({
    label: translation.__("The numbers that the kernel has, here and everywhere"),
    content: translation.__("Take back"),
    press: options.takeBack,
  });
  const strip = document.createElement("div");
  strip.className = "gb-LiveStrip";
  strip.append(words, give, takeBack);
  const hasSlider = elements.length > 0;
  const update: LiveStrip["update"] = (isChanged, state) => {
    if (hasSlider && !slider.matches(":active")) slider.valueAsNumber = options.value();
    const sentence =
      state === "waiting"
        ? translation.__("What follows waits for the kernel…")
        : state === "given"
          ? hasSlider
            ? ""
            : translation.__("The variable has these numbers now; the text of its cell is as it was.")
          : state instanceof Error
            ? state.message
            : isChanged && !hasSlider
              ? translation.__("Changed on this page only.")
              : "";
    if (words.textContent !== sentence) words.textContent = sentence;
    // A slider is there to be moved: its variable goes with it.
    give.hidden = !isChanged || hasSlider || state === "given";
    takeBack.hidden = !isChanged || hasSlider;
    strip.classList.toggle("gb-mod-bad", state instanceof Error);
    strip.hidden = sentence === "" && give.hidden && takeBack.hidden;
  };
  update(false, null);
  elements.push(strip);
  return { elements, update };
}
