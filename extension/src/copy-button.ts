/** The small button beside an output that copies its source. */
import { copyText } from "./copy-text.ts";

/** How long the answer to a click stays, in milliseconds: long enough to read one word. */
const answerTime = 1600;

/**
 * A button that puts `text` on the clipboard and says whether that worked. The style sheet
 * shows it while the pointer is over the output or the keyboard is on it.
 */
export function createCopyButton(text: string, label: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "gb-CopyButton";
  button.title = label;
  button.setAttribute("aria-label", label);
  const answer = document.createElement("span");
  answer.setAttribute("role", "status");
  button.append(createSheets(), answer);

  let timer: number | undefined;
  button.addEventListener("click", async () => {
    answer.textContent = (await copyText(text)) ? "Copied" : "Not copied";
    window.clearTimeout(timer);
    timer = window.setTimeout(() => answer.replaceChildren(), answerTime);
  });
  return button;
}

/** Two sheets of paper, the usual sign for copying, in the colour of the text around them. */
function createSheets(): SVGElement {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 16 16");
  icon.setAttribute("aria-hidden", "true");
  const sheets = document.createElementNS(icon.namespaceURI, "path");
  sheets.setAttribute("d", "M5.5 5.5h8v8h-8z M3.5 10.5h-1v-8h8v1");
  icon.append(sheets);
  return icon;
}
