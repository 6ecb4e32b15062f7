/** Entries of a matrix that are dragged, typed, or moved by keys. */
import type { EntryCell } from "../links/entry-cells.ts";

/** How numbers may be changed. */
export interface Handles {
  readonly from?: number;
  readonly to?: number;
  readonly step?: number;
}

/** What is changed, and how. */
export interface LiveEntries {
  /** The element around the matrix, which stays while the matrix is written anew. */
  readonly math: HTMLElement;
  readonly handles: Handles;
  readonly cells: () => readonly EntryCell[];
  /** The position in the data of an entry on the page. */
  readonly positionOf: (cell: EntryCell) => number;
  readonly valueAt: (position: number) => number;
  readonly change: (position: number, value: number) => void;
  /** What an entry is called. */
  readonly label: (position: number) => string;
}

/** So many pixels are a step. */
const PIXELS = 4;
/** A step, where nobody says how large one is. */
const STEP = 0.1;

/** The size of a step: as given, or a hundredth of the way, or a tenth. */
export function stepOf({ from, to, step }: Handles): number {
  return step ?? (from !== undefined && to !== undefined ? (to - from) / 100 : STEP);
}

/** The value so many steps from another, on a multiple of the step and between the ends. */
export function moved(value: number, steps: number, handles: Handles): number {
  const step = stepOf(handles);
  const start = handles.step !== undefined && handles.from !== undefined ? handles.from : 0;
  const there = start + step * (Math.round((value - start) / step) + steps);
  // Multiples of 0.1 are written as such.
  return within(Number(there.toPrecision(12)), handles);
}

/** The value, or the end that it is beyond. */
export function within(value: number, { from, to }: Handles): number {
  return Math.min(Math.max(value, from ?? Number.NEGATIVE_INFINITY), to ?? Number.POSITIVE_INFINITY);
}

/** Makes the entries answer to the hand. */
export function enliven(live: LiveEntries): void {
  const { math, cells } = live;
  const cellAt = (target: EventTarget | null): EntryCell | undefined =>
    cells().find(({ element }) => target instanceof Node && element.contains(target));
  /** The entry that was pressed last: while the pointer is captured, a double click says only that it was here. */
  let pressed: number | null = null;
  math.classList.add("gb-mod-live");
  math.addEventListener("pointerdown", (down) => {
    const cell = down.button === 0 ? cellAt(down.target) : undefined;
    if (cell === undefined) return;
    down.preventDefault(); // no text is selected on the way
    math.focus();
    pressed = live.positionOf(cell);
    drag(live, pressed, down);
  });
  math.addEventListener("dblclick", () => {
    const cell = cells().find((one) => live.positionOf(one) === pressed);
    if (cell !== undefined) type(live, cell);
  });
  math.addEventListener("keydown", (event) => {
    if (event.target !== math || event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = cells().find(({ element }) => element.classList.contains("gb-mod-current"));
    if (cell === undefined) return;
    const by = { "+": 1, "=": 1, "-": -1, PageUp: 10, PageDown: -10 }[event.key];
    if (by !== undefined) {
      const position = live.positionOf(cell);
      live.change(position, moved(live.valueAt(position), by, live.handles));
    } else if (event.key === "Enter") type(live, cell);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** To the right is more. */
function drag({ math, valueAt, change, handles }: LiveEntries, position: number, down: PointerEvent): void {
  const start = valueAt(position);
  let last = start;
  const end = new AbortController();
  const move = ({ clientX }: PointerEvent) => {
    const steps = Math.round((clientX - down.clientX) / PIXELS);
    const value = steps === 0 ? start : moved(start, steps, handles);
    if (value === last) return;
    last = value;
    change(position, value);
  };
  const done = () => {
    end.abort();
    math.classList.remove("gb-mod-dragged");
  };
  math.setPointerCapture(down.pointerId);
  math.classList.add("gb-mod-dragged");
  math.addEventListener("pointermove", move, { signal: end.signal });
  math.addEventListener("pointerup", done, { signal: end.signal });
  math.addEventListener("pointercancel", done, { signal: end.signal });
}

/** A field in place of the entry; everything follows while a number is typed, and Escape brings the old one back. */
function type({ math, positionOf, valueAt, change, handles, label }: LiveEntries, cell: EntryCell): void {
  const position = positionOf(cell);
  const before = valueAt(position);
  const [box, around] = [cell.element.getBoundingClientRect(), math.getBoundingClientRect()];
  const input = document.createElement("input");
  input.className = "gb-LiveInput";
  input.type = "number";
  input.step = "any";
  input.setAttribute("aria-label", label(position));
  input.valueAsNumber = before;
  input.style.left = `${box.x - around.x + math.scrollLeft + box.width / 2}px`;
  input.style.top = `${box.y - around.y + box.height / 2}px`;
  const take = () => {
    if (Number.isFinite(input.valueAsNumber)) change(position, within(input.valueAsNumber, handles));
  };
  const leave = () => {
    const hadFocus = input.matches(":focus");
    input.remove();
    if (hadFocus) math.focus();
  };
  input.addEventListener("input", take);
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") change(position, before);
    else if (event.key !== "Enter") return;
    event.preventDefault();
    leave();
  });
  input.addEventListener("blur", () => input.remove());
  // Beside what is written anew while it is typed.
  math.parentElement?.append(input);
  input.focus();
  input.select();
}
