/** "Why?" on the entries of a printed matrix: a click opens the card about it, below the output. */
import type { EntryCell } from "../links/entry-cells.ts";
import { createToolButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";
import type { WhyCard } from "./why-card.ts";

/** What can be asked about. */
export interface WhyOptions {
  readonly math: HTMLElement;
  readonly entries: () => readonly EntryCell[];
  readonly shape: readonly number[];
  readonly translation: Translation;
  /** Asks the kernel in which graph the tensor stands. */
  readonly ask: () => Promise<Readonly<Record<string, unknown>>>;
}

/** The button for those who look for it, the place of the card, and how that is closed. */
export interface Why {
  readonly button: HTMLButtonElement;
  readonly place: HTMLElement;
  readonly close: () => void;
}

/** Has the entries answer when they are clicked at, or entered by the keyboard. */
export function answerWhy({ math, entries, shape, translation, ask }: WhyOptions): Why {
  const place = document.createElement("div");
  place.className = "gb-Why-place";
  place.setAttribute("role", "status");
  let card: WhyCard | null = null;
  let asked = 0;
  const close = () => {
    asked += 1;
    const hadFocus = place.contains(document.activeElement);
    card?.dispose();
    card = null;
    place.replaceChildren();
    if (hadFocus) math.focus();
  };
  const open = async (entry: number | null) => {
    if (card !== null) return card.select(entry);
    asked += 1;
    const mine = asked;
    const patience = window.setTimeout(() => {
      place.textContent = translation.__("Waiting for the kernel…");
    }, 300);
    try {
      const [answer, { createWhyCard }] = await Promise.all([ask(), import("./why-card.ts")]);
      if (mine !== asked) return;
      card = createWhyCard({ answer, close, translation });
      card.select(entry);
      place.replaceChildren(card.node);
    } catch (error) {
      if (mine === asked) place.textContent = error instanceof Error ? error.message : String(error);
    } finally {
      window.clearTimeout(patience);
    }
  };
  const openAt = (cell: EntryCell | undefined): boolean => {
    const entry = cell && positionOf(cell, shape);
    if (entry === undefined) return false;
    void open(entry);
    return true;
  };
  math.classList.add("gb-mod-asks");
  math.addEventListener("click", ({ target }) => {
    // Whoever selects text to copy it does not ask.
    if (document.getSelection()?.isCollapsed === false) return;
    openAt(entries().find(({ element }) => target instanceof Node && element.contains(target)));
  });
  math.addEventListener("keydown", (event) => {
    if (event.target !== math || event.key !== "Enter") return;
    const cell = entries().find(({ element }) => element.classList.contains("gb-mod-current"));
    if (!openAt(cell)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  const button = createToolButton({
    label: translation.__("Why? Where it comes from, and where its gradient comes from; or click an entry"),
    content: "?",
    press: () => (card === null ? void open(null) : close()),
  });
  return { button, place, close };
}

/** The position in the data of an entry: its names say where it stands, also beside entries that are left out. */
export function positionOf({ places, row, column }: EntryCell, shape: readonly number[]): number | undefined {
  if (shape.length === 0) return 0;
  if (shape.length > 2) return undefined;
  const at = (axis: number, there: number, length: number): number => {
    const labels = places[axis]?.labels ?? [];
    const number = labels.find((label) => /^\d+$/.test(label));
    if (number !== undefined) return Number(number) - 1;
    return labels.includes("last") ? length - 1 : there;
  };
  const [rows, columns = 1] = shape;
  return at(0, row, rows) * columns + (shape.length === 2 ? at(1, column, columns) : 0);
}
