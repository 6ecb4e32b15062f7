/** A button that opens a menu. */
import { element } from "./element.ts";
import { type Icon, iconElement } from "./icons.ts";

/** A line of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly isEnabled?: boolean;
}

/** The button and its menu; `items` is asked each time the menu opens. */
export function menuButton(icon: Icon, label: string, items: () => readonly MenuItem[]): HTMLElement {
  const button = element(
    "button",
    {
      type: "button",
      class: "gb-Button",
      title: label,
      "aria-label": label,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    },
    iconElement(icon),
  );
  const menu = element("div", { class: "gb-Menu", role: "menu", "aria-label": label, hidden: true });
  const place = element("div", { class: "gb-MenuPlace" }, button, menu);

  const close = (focus: boolean) => {
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  };
  const open = () => {
    menu.replaceChildren(
      ...items().map(({ label: text, run, isEnabled = true }) => {
        const line = element(
          "button",
          { type: "button", role: "menuitem", tabindex: -1, disabled: !isEnabled },
          text,
        );
        line.addEventListener("click", () => {
          close(true);
          run();
        });
        return line;
      }),
    );
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    focusable(menu)[0]?.focus();
  };

  button.addEventListener("click", () => (menu.hidden ? open() : close(false)));
  place.addEventListener("keydown", (event) => {
    if (menu.hidden) return;
    if (event.key === "Escape") close(true);
    else if (!moveFocus(menu, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  place.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && place.contains(relatedTarget))) close(false);
  });
  return place;
}

function focusable(menu: HTMLElement): HTMLButtonElement[] {
  return [...menu.querySelectorAll<HTMLButtonElement>("button:enabled")];
}

/** Moves the focus as menus do; false for a key that means nothing here. */
function moveFocus(menu: HTMLElement, key: string): boolean {
  const lines = focusable(menu);
  const at = lines.findIndex((line) => line.matches(":focus"));
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[key];
  if (next === undefined) return false;
  lines.at(next % lines.length)?.focus();
  return true;
}
