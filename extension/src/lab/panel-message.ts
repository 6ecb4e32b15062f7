/** What the side panel says where it has no graph to show. */
import { Widget } from "@lumino/widgets";

/** A sentence and, where it helps, a line of code to go with it. */
export class PanelMessage extends Widget {
  constructor() {
    super();
    this.addClass("gb-GraphPanel-message");
  }

  /** Says `text`, with `code` on a line of its own. */
  say(text: string, code?: string): void {
    const sentence = document.createElement("p");
    sentence.textContent = text;
    this.node.replaceChildren(sentence);
    if (code === undefined) return;
    const line = document.createElement("code");
    line.textContent = code;
    this.node.append(line);
  }
}
