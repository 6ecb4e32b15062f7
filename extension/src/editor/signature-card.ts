/** The picture of a signature: its declaration with the active parameter set off, and a sentence about it. */
import type { Signature } from "../kernel-link/kernel-language.ts";

/** A card for the tooltip. What it says is also for the ear: `speakSignature`. */
export function createSignatureCard(signature: Signature): HTMLElement {
  const card = document.createElement("div");
  card.className = "gb-Signature";
  card.append(createLabel(signature));
  const sentence = sentenceOf(signature);
  if (sentence !== "") {
    const text = document.createElement("p");
    text.textContent = sentence;
    card.append(text);
  }
  return card;
}

/** The active parameter and the sentence about it, or the whole declaration where none is active. */
export function speakSignature(signature: Signature): string {
  const { label, parameters, active } = signature;
  const parameter = parameters[active];
  const name = parameter ? label.slice(parameter.start, parameter.end) : label;
  return [name, sentenceOf(signature)].filter((part) => part !== "").join(". ");
}

function createLabel({ label, parameters, active }: Signature): HTMLElement {
  const code = document.createElement("code");
  const parameter = parameters[active];
  if (!parameter) {
    code.textContent = label;
    return code;
  }
  const strong = document.createElement("strong");
  strong.textContent = label.slice(parameter.start, parameter.end);
  code.append(label.slice(0, parameter.start), strong, label.slice(parameter.end));
  return code;
}

/** What is known of the parameter, else of the function. */
function sentenceOf({ parameters, active, documentation }: Signature): string {
  return firstSentence(parameters[active]?.documentation || documentation);
}

/** The first sentence of the first paragraph, in one line and without the marks of Markdown's code. */
export function firstSentence(documentation: string): string {
  const [paragraph] = documentation.trim().split(/\n\s*\n/);
  const line = paragraph.replaceAll(/\s+/g, " ").replaceAll("`", "");
  // A full stop ends a sentence only where another begins: not in "0.5", "e.g. x" or "x.T".
  return /^.*?[.!?](?= [A-Z])/.exec(line)?.[0] ?? line;
}
