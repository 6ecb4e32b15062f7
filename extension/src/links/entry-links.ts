/** Outlines the entry under the pointer, or the one that the keyboard has come to, and all that belong to it. */
import type { Translation } from "../translation.ts";
import type { EntryCell } from "./entry-cells.ts";
import { nextCell } from "./next-cell.ts";
import { areLinked } from "./place.ts";

/** What a box of entries is made of. */
export interface LinkedBox {
  /** Finds the entries in the box; asked when the pointer or the keyboard first comes to it, and after `forget`. */
  readonly find: () => readonly EntryCell[];
  /** The boxes that its entries may belong to, itself included. */
  readonly among: () => Iterable<Element>;
  readonly translation: Translation;
}

/** What a box tells its owner's code. */
export interface EntryLinks {
  /** Its content was written again. */
  forget(): void;
}

/** The entries of each box on the page, for the other boxes. */
const cellsOfBox = new WeakMap<Element, () => readonly EntryCell[]>();

const arrows = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"] as const;
type Arrow = (typeof arrows)[number];

/**
 * Makes the entries in `box` show to which others they belong. The box is one stop of the Tab key; within it the
 * arrows walk, and Escape leaves.
 */
export function linkEntries(box: HTMLElement, { find, among, translation }: LinkedBox): EntryLinks {
  let cells: readonly EntryCell[] | undefined;
  let current: EntryCell | undefined;
  let marked: readonly HTMLElement[] = [];
  const cellsHere = () => {
    cells ??= find();
    return cells;
  };
  cellsOfBox.set(box, cellsHere);
  // A derivation hides lines.
  const cellsInSight = () => cellsHere().filter(({ element }) => element.checkVisibility());

  const speech = document.createElement("span");
  speech.className = "gb-Speech";
  speech.setAttribute("aria-live", "polite");
  box.tabIndex = 0;

  const show = (cell: EntryCell | undefined) => {
    if (cell === current) return;
    for (const element of marked) element.classList.remove("gb-mod-linked", "gb-mod-current");
    current = cell;
    marked = cell === undefined ? [] : linkedTo(cell, among());
    for (const element of marked) element.classList.add("gb-mod-linked");
    cell?.element.classList.add("gb-mod-current");
  };
  const walkTo = (cell: EntryCell | undefined) => {
    show(cell);
    cell?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    box.append(speech);
    speech.textContent = cell === undefined ? "" : inWords(cell, marked.length - 1, translation);
  };

  box.addEventListener("pointerover", ({ target }) => {
    const cell = cellsHere().find(({ element }) => target instanceof Node && element.contains(target));
    if (cell !== undefined || !isWalked(box)) show(cell);
  });
  box.addEventListener("pointerleave", () => {
    if (!isWalked(box)) show(undefined);
  });
  box.addEventListener("focus", () => {
    // After a click on a formula JupyterLab's keys go on working; after Tab the arrows walk.
    if (!box.matches(":focus-visible")) return;
    setWalked(box, true);
    walkTo(cellsInSight()[0]);
  });
  box.addEventListener("blur", () => {
    setWalked(box, false);
    walkTo(undefined);
  });
  box.addEventListener("keydown", (event) => {
    if (event.target !== box || !isWalked(box) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") box.blur();
    else if (isArrow(event.key) && current !== undefined)
      walkTo(nextCell(cellsInSight(), current, event.key));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    forget() {
      cells = undefined;
      current = undefined;
      marked = [];
    },
  };
}

function isArrow(key: string): key is Arrow {
  return arrows.some((arrow) => arrow === key);
}

/** Whether the keyboard walks in the box; JupyterLab's own keys rest meanwhile. */
function isWalked(box: HTMLElement): boolean {
  return box.hasAttribute("data-lm-suppress-shortcuts");
}

function setWalked(box: HTMLElement, isWalked: boolean): void {
  if (isWalked) box.setAttribute("data-lm-suppress-shortcuts", "true");
  else box.removeAttribute("data-lm-suppress-shortcuts");
}

/** The elements of all entries that belong to `cell`, its own included. */
function linkedTo(cell: EntryCell, boxes: Iterable<Element>): HTMLElement[] {
  return Array.from(boxes).flatMap((box) => {
    const others = cellsOfBox.get(box)?.() ?? [];
    return others.filter(({ places }) => areLinked(cell.places, places)).map(({ element }) => element);
  });
}

function inWords({ places, tex }: EntryCell, others: number, translation: Translation): string {
  const value = tex.replaceAll(/\\phantom\{[^}]*\}|[{}]/g, "");
  const where = places.map(({ labels }) => labels[0]).join(", ");
  return translation.__("Entry %1: %2; %3 others belong to it", where, value, others);
}
