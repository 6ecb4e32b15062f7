/** Buttons with a sign or a word on them. */
import { createIcon } from "../tool-button.ts";
import { element } from "./element.ts";

/** A button that says `label` to those who point at it or listen. */
export function iconButton(icon: Icon, label: string, onClick: () => void): HTMLButtonElement {
  const button = element(
    "button",
    { type: "button", class: "gb-Button", title: label, "aria-label": label },
    iconElement(icon),
  );
  button.addEventListener("click", onClick);
  return button;
}

/** Another sign and label on the same button. */
export function relabel(button: HTMLButtonElement, icon: Icon, label: string): void {
  if (button.title === label) return;
  button.title = label;
  button.setAttribute("aria-label", label);
  button.replaceChildren(iconElement(icon));
}

/** A button with a word on it. */
export function wordButton(label: string, onClick: () => void): HTMLButtonElement {
  const button = element("button", { type: "button", class: "gb-Button gb-mod-word" }, label);
  button.addEventListener("click", onClick);
  return button;
}

/** Each a path; filled unless its name stands in `STROKED`. */
const PATHS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M11 3v10L4 8z",
  play: "M4 2.5v11L13 8z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  forward: "M5 3v10l7-5z",
  last: "M11 3h2v10h-2zM3 3v10l7-5z",
  smaller: "M3 8h10",
  larger: "M3 8h10M8 3v10",
  fit: "M9.5 2.5h4v4M13.5 2.5l-4.5 4.5M6.5 13.5h-4v-4M2.5 13.5l4.5-4.5",
  table: "M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9",
  compare: "M2.5 3.5h4v9h-4zM9.5 3.5h4v9h-4zM8 1.5v13",
  differences: "M8 3L2.5 13h11z",
  inspector: "M2.5 3.5h11v9h-11zM9.5 3.5v9",
  present: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  panel: "M6.5 3.5h-4v9h9v-4M9 2.5h4.5V7M13.5 2.5L7.5 8.5",
  more: "M2 6.8h2.4v2.4H2zM6.8 6.8h2.4v2.4H6.8zM11.6 6.8H14v2.4h-2.4z",
  close: "M4 4l8 8M12 4l-8 8",
  undo: "M6 3L3 6l3 3M3 6h6.5a3.5 3.5 0 010 7H6",
} as const;

const STROKED: ReadonlySet<string> = new Set([
  "smaller",
  "larger",
  "fit",
  "table",
  "compare",
  "differences",
  "inspector",
  "panel",
  "present",
  "close",
  "undo",
]);

/** One of the signs. */
export type Icon = keyof typeof PATHS;

/** The sign in the colour of the text around it. */
function iconElement(icon: Icon): SVGElement {
  return createIcon(PATHS[icon], STROKED.has(icon) ? "gb-Icon gb-mod-stroked" : "gb-Icon");
}
