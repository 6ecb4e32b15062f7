/** What stands in place of an output that cannot be shown: its text form, or a card that says why. */
import { type Translation, untranslated } from "./translation.ts";
import { longestText } from "./untrusted.ts";

/** A `pre` with `text`, in the type of JupyterLab's own text outputs; of a very long one, the beginning. */
export function createTextForm(text: string, ...classes: string[]): HTMLPreElement {
  const form = document.createElement("pre");
  form.classList.add("gb-TextForm", ...classes);
  const rest = text.length - longestText;
  form.textContent = rest > 0 ? `${text.slice(0, longestText)}… (and ${rest} characters)` : text;
  return form;
}

/** A sentence below what stands in for an output. */
export function createNote(text: string): HTMLParagraphElement {
  const note = document.createElement("p");
  note.className = "gb-Remark";
  note.textContent = text;
  return note;
}

/** A card with the message of `error` and, where the output brought one, its text form. */
export function createErrorCard(
  error: unknown,
  text: unknown,
  translation: Translation = untranslated,
): HTMLElement {
  const card = document.createElement("div");
  card.className = "gb-ErrorCard";
  const reason = document.createElement("p");
  const message = error instanceof Error ? error.message : String(error);
  reason.textContent = translation.__("%1. Run the cell again to renew it.", message);
  card.append(reason);
  if (typeof text === "string") card.append(createTextForm(text));
  return card;
}
