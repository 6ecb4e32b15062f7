/** The bar above a derivation: step by step, and generic, both or numbers. */
import { createIcon, createToolButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";
import type { Aspect } from "./lines.ts";

/** Where a step goes. */
export type StepTo = "first" | "back" | "on" | "all";

/** What the buttons do. */
export interface BarActions {
  readonly translation: Translation;
  readonly step: (where: StepTo) => void;
  readonly choose: (aspect: Aspect) => void;
  /** Shows it on the whole screen, or ends that. */
  readonly present: () => void;
  /** Begins to predict, or ends it. */
  readonly predict: () => void;
}

/** What a bar is told about the derivation. */
export interface BarState {
  readonly shown: number;
  readonly count: number;
  /** `null` where there is nothing to choose. */
  readonly aspect: Aspect | null;
  /** Whether the reader predicts lines before they are shown. */
  readonly isPredicting: boolean;
}

/** A bar, and what it shows from now on. */
export interface Bar {
  readonly element: HTMLElement;
  show(state: BarState): void;
}

/** Makes the bar. */
export function createBar({ translation, step, choose, present, predict }: BarActions): Bar {
  const element = document.createElement("div");
  element.className = "gb-Derivation-bar";
  element.setAttribute("role", "toolbar");
  element.setAttribute("aria-label", translation.__("Derivation"));

  const button = (where: StepTo, label: string, path: string) =>
    createToolButton({ label, content: createIcon(path), press: () => step(where) });
  const first = button("first", translation.__("Show the first line only"), "M3.5 3v10 M12.5 3v10l-7-5z");
  const back = button("back", translation.__("Hide the last line (p)"), "M11.5 3v10l-7-5z");
  const on = button("on", translation.__("Show the next line (n)"), "M4.5 3v10l7-5z");
  const all = button("all", translation.__("Show all lines"), "M3.5 3v10l7-5z M12.5 3v10");
  const count = document.createElement("span");
  count.className = "gb-Derivation-count";

  const aspects = new Map<Aspect, HTMLButtonElement>();
  const words: readonly (readonly [Aspect, string, string])[] = [
    ["generic", translation.__("generic"), translation.__("Show the general form")],
    ["both", translation.__("both"), translation.__("Show the general form and the numbers")],
    ["numbers", translation.__("numbers"), translation.__("Show the numbers")],
  ];
  for (const [aspect, content, label] of words) {
    const made = createToolButton({ label, content, press: () => choose(aspect) });
    made.removeAttribute("aria-label"); // its word is its name
    aspects.set(aspect, made);
  }
  const choices = document.createElement("div");
  choices.className = "gb-Derivation-aspects";
  choices.setAttribute("role", "group");
  choices.setAttribute("aria-label", translation.__("What is shown"));
  choices.append(...aspects.values());
  const guess = createToolButton({
    label: translation.__("Predict each derivative before it is shown"),
    content: translation.__("predict"),
    press: predict,
  });
  guess.removeAttribute("aria-label"); // its word is its name
  const screen = createToolButton({
    label: translation.__("On the whole screen (f)"),
    content: createIcon("M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"),
    press: present,
  });
  element.append(first, back, on, all, count, guess, choices, screen);

  return {
    element,
    show(state) {
      const isWhole = state.shown === state.count;
      first.setAttribute("aria-disabled", `${state.shown <= 1}`);
      back.setAttribute("aria-disabled", `${state.shown <= 1}`);
      on.setAttribute("aria-disabled", `${isWhole}`);
      all.setAttribute("aria-disabled", `${isWhole}`);
      count.textContent = isWhole ? translation.__("step by step") : `${state.shown} / ${state.count}`;
      guess.setAttribute("aria-pressed", `${state.isPredicting}`);
      choices.hidden = state.aspect === null;
      for (const [aspect, made] of aspects) made.setAttribute("aria-pressed", `${aspect === state.aspect}`);
    },
  };
}
