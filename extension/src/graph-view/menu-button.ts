/** A button that opens a menu. It stands apart as Lumino needs a page as soon as it is loaded. */
import { CommandRegistry } from "@lumino/commands";
import { Menu } from "@lumino/widgets";
import { type Icon, iconButton } from "./buttons.ts";

/** A line of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly isEnabled?: boolean;
}

/** A button that opens a menu of JupyterLab's kind below it; `items` is asked each time. */
export function menuButton(icon: Icon, label: string, items: () => readonly MenuItem[]): HTMLButtonElement {
  const button = iconButton(icon, label, () => {
    const commands = new CommandRegistry();
    const menu = new Menu({ commands });
    for (const [i, { label, run, isEnabled = true }] of items().entries()) {
      commands.addCommand(`${i}`, { label, isEnabled: () => isEnabled, execute: run });
      menu.addItem({ command: `${i}` });
    }
    menu.aboutToClose.connect(() => {
      button.setAttribute("aria-expanded", "false");
      button.focus();
    });
    button.setAttribute("aria-expanded", "true");
    const { left, bottom } = button.getBoundingClientRect();
    menu.open(left, bottom);
  });
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  return button;
}
