/** The field in which an entry of a leaf gets another number. */
import { element } from "./element.ts";
import type { GraphModel } from "./graph-model.ts";
import type { EntrySelection } from "./pane-actions.ts";
import type { Picture } from "./picture.ts";

/** How long after a key the number is taken, in milliseconds: typing goes on without waiting for the graph. */
const PAUSE = 200;

/** Asks for another number of an entry, where it stands in the picture; the graph follows while it is typed. */
export function askForNumber(
  { model, picture }: { readonly model: GraphModel; readonly picture: Picture },
  selection: EntrySelection,
  label: string,
  value: number,
): void {
  const box = picture.boxOf(selection);
  if (box === null) return;
  const { node, entry } = selection;
  const before = model.edits.find((edit) => edit.node === node && edit.entry === entry)?.value;
  const input = entryInput({
    label,
    value,
    box,
    change: (number) => void model.edit(node, entry, number),
    takeBack: () =>
      void (before === undefined ? model.takeBack(node, entry) : model.edit(node, entry, before)),
    done: () => {
      const hadFocus = input.matches(":focus");
      input.remove();
      if (hadFocus) picture.node.focus();
    },
  });
  picture.node.append(input);
  input.focus();
  input.select();
}

/** What the field is for. */
interface EntryInputOptions {
  readonly label: string;
  readonly value: number;
  /** Where it stands in the window of the picture. */
  readonly box: DOMRect;
  readonly change: (value: number) => void;
  /** Undoes what was typed. */
  readonly takeBack: () => void;
  /** Called once, when the field is left. */
  readonly done: () => void;
}

function entryInput({ label, value, box, change, takeBack, done }: EntryInputOptions): HTMLInputElement {
  const input = element("input", {
    class: "gb-EntryInput",
    type: "number",
    step: "any",
    "aria-label": label,
    title: label,
  });
  input.valueAsNumber = value;
  input.style.left = `${box.x + box.width / 2}px`;
  input.style.top = `${box.y + box.height / 2}px`;

  let last = value;
  let timer: number | undefined;
  const take = () => {
    window.clearTimeout(timer);
    const number = input.valueAsNumber;
    // A number that is still being typed does not count yet.
    if (!Number.isFinite(number) || number === last) return;
    last = number;
    change(number);
  };
  let isDone = false;
  const end = () => {
    if (isDone) return;
    isDone = true;
    window.clearTimeout(timer);
    done();
  };
  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(take, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") take();
    else if (event.key !== "Escape") return;
    else if (last !== value) takeBack();
    event.preventDefault();
    end();
  });
  input.addEventListener("blur", () => {
    if (!isDone) take();
    end();
  });
  return input;
}
