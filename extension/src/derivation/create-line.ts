/** One line of a derivation on the page: label, mathematics, remark. */
import { createNote } from "../fallbacks.ts";
import { FormulaSizeError } from "../formula-size.ts";
import type { Line } from "./lines.ts";

/** A line, and where each member of its chain is typeset. */
export interface LineView {
  readonly line: Line;
  readonly element: HTMLElement;
  readonly members: readonly { readonly tex: string; readonly element: HTMLElement }[];
}

/** Makes the line; a member that cannot be typeset stands there as LaTeX. */
export async function createLine(
  line: Line,
  typeset: (tex: string, node: HTMLElement) => void,
  pause: () => Promise<void>,
): Promise<LineView> {
  const element = document.createElement("div");
  element.className = `gb-Line gb-mod-${line.role}`;
  element.classList.toggle("gb-mod-wrong", line.isWrong);
  element.setAttribute("role", "listitem");

  const members = "members" in line.content ? line.content.members : [];
  const made: LineView["members"][number][] = [];
  for (const [k, tex] of members.entries()) {
    await pause();
    const member = document.createElement("div");
    member.className = "gb-Member";
    const latex = k === 0 ? tex : `{} = ${tex}`;
    try {
      typeset(latex, member);
    } catch (error) {
      member.textContent = latex;
      if (error instanceof FormulaSizeError) member.append(createNote(error.message));
    }
    made.push({ tex, element: member });
  }
  const math = textElement("gb-Line-math", "sentence" in line.content ? line.content.sentence : "");
  math.append(...made.map((member) => member.element));
  element.append(textElement("gb-Line-label", line.label), math);
  if (line.note !== "") element.append(textElement("gb-Line-note", line.note));
  return { line, element, members: made };
}

function textElement(className: string, text: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  element.textContent = text;
  return element;
}
