/** What stands in place of an output that cannot be shown. */
import { createTextForm } from "./text-form.ts";
import { type Translation, untranslated } from "./translation.ts";

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
