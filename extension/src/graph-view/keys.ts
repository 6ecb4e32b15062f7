/** What each key means to a graph. */
import type { Direction } from "./navigate.ts";

/** Something that a key asks for. */
export type Command =
  | { readonly kind: "move"; readonly direction: Direction }
  | { readonly kind: "step"; readonly by: 1 | -1 }
  | { readonly kind: "edge"; readonly by: 1 | -1 }
  | { readonly kind: "zoom"; readonly factor: number }
  | { readonly kind: "fit" | "enter" | "leave" | "play" | "scatter" | "table" | "help" };

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
    case "t":
      return { kind: "table" };
    case "?":
      return { kind: "help" };
    default:
      return null;
  }
}
