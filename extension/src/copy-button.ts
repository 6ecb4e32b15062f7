/** The small button beside an output that copies its source, and the clipboard for all who copy. */
import { createIcon, createToolButton } from "./tool-button.ts";
import { type Translation, untranslated } from "./translation.ts";

/** Two sheets of paper, the usual sign for copying. */
const sheets = "M5.5 5.5h8v8h-8z M3.5 10.5h-1v-8h8v1";

/** How long the answer to a click stays, in milliseconds: long enough to read one word. */
const answerTime = 1600;

/**
 * A button that puts a text on the clipboard, the one that `text` gives at that moment, and says whether that worked.
 */
export function createCopyButton(
  text: string | (() => string),
  label: string,
  translation: Translation = untranslated,
): HTMLButtonElement {
  const answer = document.createElement("span");
  answer.setAttribute("role", "status");
  let timer: number | undefined;
  const press = async () => {
    const isCopied = await copyText(typeof text === "string" ? text : text());
    answer.textContent = isCopied ? translation.__("Copied") : translation.__("Not copied");
    window.clearTimeout(timer);
    timer = window.setTimeout(() => answer.replaceChildren(), answerTime);
  };
  const button = createToolButton({ label, content: createIcon(sheets), press });
  button.classList.add("gb-CopyButton");
  button.append(answer);
  return button;
}

/** Puts `text` on the clipboard; whether that worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A page served over plain http from another machine has no clipboard of its own;
    // the older copy event works there.
    return copyByEvent(text);
  }
}

function copyByEvent(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("copy", put, { capture: true });
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", put, { capture: true });
  }
}
