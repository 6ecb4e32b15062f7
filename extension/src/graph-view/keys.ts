/** What each key means to a graph, and the sheet that lists them. */
import type { Translation } from "../translation.ts";
import { iconButton } from "./buttons.ts";
import { element } from "./element.ts";
import type { Direction } from "./navigate.ts";

/** Something that a key asks for. */
export type Command =
  | { readonly kind: "move"; readonly direction: Direction }
  | { readonly kind: "step"; readonly by: 1 | -1 }
  | { readonly kind: "edge"; readonly by: 1 | -1 }
  | { readonly kind: "zoom"; readonly factor: number }
  | { readonly kind: "present" | "fit" | "enter" | "leave" | "play" | "scatter" | "table" | "help" };

/** The command of a key; `null` for one that belongs to the notebook. */
export function commandOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): Command | null {
  if (ctrlKey || metaKey || altKey) return null;
  switch (key) {
    case "ArrowLeft":
      return { kind: "move", direction: "left" };
    case "ArrowRight":
      return { kind: "move", direction: "right" };
    case "ArrowUp":
      return { kind: "move", direction: "up" };
    case "ArrowDown":
      return { kind: "move", direction: "down" };
    case "Home":
      return { kind: "move", direction: "first" };
    case "End":
      return { kind: "move", direction: "last" };
    case "n":
      return { kind: "step", by: 1 };
    case "p":
      return { kind: "step", by: -1 };
    case "e":
    case "E":
      return { kind: "edge", by: shiftKey ? -1 : 1 };
    case "+":
    case "=":
      return { kind: "zoom", factor: 1.25 };
    case "-":
      return { kind: "zoom", factor: 1 / 1.25 };
    case "0":
      return { kind: "fit" };
    case "Enter":
      return { kind: "enter" };
    case "Escape":
      return { kind: "leave" };
    case " ":
      return { kind: "play" };
    case "x":
      return { kind: "scatter" };
    case "f":
      return { kind: "present" };
    case "t":
      return { kind: "table" };
    case "?":
      return { kind: "help" };
    default:
      return null;
  }
}

/** What the keys of a lecturer's remote, and the arrows, mean on the whole screen. */
export function presenterCommandOf({ key }: Pick<KeyboardEvent, "key">): Command | null {
  if (key === "ArrowRight" || key === "PageDown") return { kind: "step", by: 1 };
  if (key === "ArrowLeft" || key === "PageUp") return { kind: "step", by: -1 };
  return null;
}

/** The sheet; it is there while it is shown. */
export class HelpSheet {
  readonly #parent: HTMLElement;
  readonly #trans: Translation;
  readonly #closed: () => void;
  #sheet: HTMLElement | null = null;

  /** `closed` is called when the person has read enough. */
  constructor(parent: HTMLElement, closed: () => void, trans: Translation) {
    this.#parent = parent;
    this.#closed = closed;
    this.#trans = trans;
  }

  toggle(): void {
    if (this.#sheet !== null) {
      this.#sheet.remove();
      this.#sheet = null;
      this.#closed();
      return;
    }
    this.#sheet = sheetElement(this.#trans, () => this.toggle());
    this.#sheet.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.toggle();
    });
    this.#parent.append(this.#sheet);
    this.#sheet.querySelector("button")?.focus();
  }
}

function sheetElement(trans: Translation, close: () => void): HTMLElement {
  const keys: readonly (readonly [string, string])[] = [
    ["→ ←", trans.__("along the data, against it")],
    ["↑ ↓", trans.__("to the neighbours; in a matrix the arrows move between entries")],
    ["Enter", trans.__("opens a group, enters a matrix, changes an entry of a leaf")],
    ["Esc", trans.__("one level up; at the top, changed numbers are taken back")],
    ["n p", trans.__("one backward step forward, back")],
    ["Space", trans.__("plays the backward pass, pauses it")],
    ["e", trans.__("walks the edges; with Shift backwards")],
    ["x", trans.__("shows a small tensor as entries, and as a matrix")],
    ["Home End", trans.__("the first, the last")],
    ["+ - 0", trans.__("larger, smaller, all of it")],
    ["t", trans.__("the table and back")],
    ["f", trans.__("the whole screen, where the arrows step; and back")],
    ["?", trans.__("this list")],
  ];
  const list = element("dl", {});
  for (const [key, meaning] of keys) {
    list.append(
      element("dt", {}, ...key.split(" ").map((one) => element("kbd", {}, one))),
      element("dd", {}, meaning),
    );
  }
  return element(
    "div",
    { class: "gb-Help", role: "dialog", "aria-label": trans.__("Keys") },
    element("h4", {}, trans.__("Keys")),
    iconButton("close", trans.__("Close"), close),
    list,
  );
}
