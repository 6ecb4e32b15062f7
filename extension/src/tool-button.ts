/** A button of a renderer: a sign or a word, with its meaning in words. */

/** What a button shows and does. */
export interface ToolButton {
  /** What pressing it does; the tooltip, and the name for those who listen. */
  readonly label: string;
  readonly content: Node | string;
  readonly press: () => void;
}

/** A button that looks like those of JupyterLab. */
export function createToolButton({ label, content, press }: ToolButton): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "gb-ToolButton";
  button.append(content);
  nameButton(button, label);
  button.addEventListener("click", press);
  return button;
}

/** Changes what a button is called. */
export function nameButton(button: HTMLButtonElement, label: string): void {
  button.title = label;
  button.setAttribute("aria-label", label);
}

/** A sign of 16 × 16 whose lines are `path`; what it means must be said in words beside it. */
export function createIcon(path: string, className = "gb-LineIcon"): SVGElement {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 16 16");
  icon.setAttribute("aria-hidden", "true");
  icon.setAttribute("class", className);
  const lines = document.createElementNS(icon.namespaceURI, "path");
  lines.setAttribute("d", path);
  icon.append(lines);
  return icon;
}
