/** A button with a sign on it. */
import { element } from "./element.ts";
import { type Icon, iconElement } from "./icons.ts";

/** A button that says `label` to whoever points at it or listens. */
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
