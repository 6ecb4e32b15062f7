/** The drawing of a graph in its window: moved by dragging, made larger and smaller, clicked at. */
import type { Mark, Selection } from "gradbook/graph";
import { isPresented } from "../present.ts";
import { element } from "./element.ts";
import { dressPage, markElement, patchElement } from "./mark-dom.ts";
import {
  contained,
  fitted,
  isWhole,
  opened,
  type Point,
  panned,
  revealed,
  type Size,
  type Viewport,
  zoomed,
} from "./viewport.ts";

/** The largest that a picture is on the whole screen. */
const ROOM = 3;
/** So many pixels a finger may tremble while it clicks. */
const TREMBLE = 4;

/** What a person does in the picture. */
export interface PictureEvents {
  readonly select: (selection: Selection | null) => void;
  /** Clicked twice. */
  readonly activate: (selection: Selection) => void;
  /** The window has another size. */
  readonly resized: () => void;
}

/** The picture. */
export class Picture {
  /** The one tab stop of the picture. */
  readonly node: HTMLElement;
  readonly #world: SVGGElement;
  readonly #events: PictureEvents;
  readonly #observer: ResizeObserver;
  readonly #id: string;
  #drawing: { readonly mark: Mark; readonly element: SVGElement } | null = null;
  #viewport: Viewport = { x: 0, y: 0, scale: 1 };
  /** What the window shows when its size changes: unless a person has chosen it, it is chosen anew. */
  #mode: "open" | "fit" | "free" = "open";
  #active: Element | null = null;

  constructor(id: string, events: PictureEvents) {
    this.#id = id;
    this.#events = events;
    dressPage();
    const svg = markElement({ tag: "svg", attributes: { class: "gb-Picture-svg" }, children: [] });
    this.#world = document.createElementNS("http://www.w3.org/2000/svg", "g");
    svg.append(this.#world);
    this.node = element("div", { class: "gb-Picture", tabindex: 0, role: "application" });
    this.node.append(svg);
    this.node.addEventListener("pointerdown", (event) => this.#onPointerDown(event));
    this.node.addEventListener("dblclick", (event) => {
      const selection = selectionAt(event.target);
      if (selection !== null) events.activate(selection);
    });
    this.node.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
    this.#observer = new ResizeObserver(() => {
      this.#adapt();
      events.resized();
    });
    this.#observer.observe(this.node);
  }

  /** The size of the drawing. */
  get size(): Size {
    const { width = 1, height = 1 } = this.#drawing?.mark.attributes ?? {};
    return { width: Number(width), height: Number(height) };
  }

  /** The drawing as it is, to be kept. */
  get mark(): Mark | null {
    return this.#drawing?.mark ?? null;
  }

  /** Shows a drawing; what `anchor` stands for stays where it is on the screen. */
  show(mark: Mark, anchor: Selection | null): void {
    const before = anchor === null ? null : this.#middleOf(anchor);
    if (this.#drawing === null) {
      const drawn = markElement(mark);
      this.#world.replaceChildren(drawn);
      this.#drawing = { mark, element: drawn };
    } else {
      patchElement(this.#drawing.element, this.#drawing.mark, mark);
      this.#drawing = { ...this.#drawing, mark };
    }
    const after = anchor === null ? null : this.#middleOf(anchor);
    if (before !== null && after !== null) {
      const there = panned(this.#viewport, before.x - after.x, before.y - after.y);
      this.#mode = "free";
      this.#look(contained(there, this.size, this.#window));
    } else this.#adapt();
  }

  /** Marks what the keyboard is on, and moves it into the window. */
  point(selection: Selection | null, reveal: boolean): void {
    const found = elementOf(this.#world, selection);
    if (this.#active !== found) this.#active?.removeAttribute("id");
    this.#active = found;
    if (found === null) {
      this.node.removeAttribute("aria-activedescendant");
      return;
    }
    found.id = `${this.#id}-active`;
    this.node.setAttribute("aria-activedescendant", found.id);
    if (reveal) this.#reveal(found);
  }

  /** The place of a selection in the window of the picture. */
  boxOf(selection: Selection): DOMRect | null {
    const found = elementOf(this.#world, selection);
    if (found === null) return null;
    const [box, window] = [found.getBoundingClientRect(), this.node.getBoundingClientRect()];
    return new DOMRect(box.x - window.x, box.y - window.y, box.width, box.height);
  }

  /** Whether what takes so much of the view's width would cut it off. */
  isCutBy(taken: number, view: number): boolean {
    return taken > 0 && !isWhole(this.size, view - taken);
  }

  /** Stays as it is when the window changes, and keeps what stands for `selection` in it. */
  keep(selection: Selection): void {
    this.#mode = "free";
    requestAnimationFrame(() => this.reveal(selection));
  }

  /** Shows all of it. */
  fit(): void {
    this.#mode = "fit";
    this.#adapt();
  }

  /** Moves what stands for `selection` into the window. */
  reveal(selection: Selection): void {
    const found = elementOf(this.#world, selection);
    if (found !== null) this.#reveal(found);
  }

  /** Makes the picture larger, or smaller, around the middle of the window. */
  zoom(factor: number): void {
    const { width, height } = this.#window;
    this.#zoomAt(factor, { x: width / 2, y: height / 2 });
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  get #window(): Size {
    return { width: this.node.clientWidth, height: this.node.clientHeight };
  }

  #look(viewport: Viewport): void {
    this.#viewport = viewport;
    this.#world.setAttribute("transform", `translate(${viewport.x} ${viewport.y}) scale(${viewport.scale})`);
  }

  #adapt(): void {
    // In a room the picture is as large as the screen lets it be.
    const largest = isPresented(this.node) ? ROOM : undefined;
    if (this.#mode === "open") {
      this.#look(opened(this.size, this.#window, largest));
      const result = [...this.#world.querySelectorAll(".gb-Card, .gb-EntryCard")].at(-1);
      if (result !== undefined && this.#window.width > 0) this.#reveal(result, "open");
    }
    if (this.#mode === "fit") this.#look(fitted(this.size, this.#window, largest));
  }

  #zoomAt(factor: number, point: Point): void {
    this.#mode = "free";
    this.#look(zoomed(this.#viewport, factor, point));
  }

  #middleOf(selection: Selection): Point | null {
    const box = this.boxOf(selection);
    return box === null ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  #reveal(found: Element, mode: "open" | "free" = "free"): void {
    const [box, window] = [found.getBoundingClientRect(), this.node.getBoundingClientRect()];
    const { x, y, scale } = this.#viewport;
    const inPicture = {
      x: (box.x - window.x - x) / scale,
      y: (box.y - window.y - y) / scale,
      width: box.width / scale,
      height: box.height / scale,
    };
    const there = revealed(this.#viewport, inPicture, this.#window);
    if (there.x === x && there.y === y) return;
    this.#mode = mode;
    this.#look(there);
  }

  #onPointerDown(down: PointerEvent): void {
    if (down.button !== 0 || down.target instanceof HTMLInputElement) return;
    const start = this.#viewport;
    let isDrag = false;
    const move = (event: PointerEvent) => {
      const [dx, dy] = [event.clientX - down.clientX, event.clientY - down.clientY];
      if (!isDrag && Math.hypot(dx, dy) < TREMBLE) return;
      if (!isDrag) this.node.setPointerCapture(down.pointerId);
      isDrag = true;
      this.#mode = "free";
      this.node.classList.add("gb-mod-dragged");
      this.#look(panned(start, dx, dy));
    };
    const end = new AbortController();
    const up = (event: PointerEvent) => {
      end.abort();
      this.node.classList.remove("gb-mod-dragged");
      if (!isDrag && event.type === "pointerup") this.#events.select(selectionAt(down.target));
    };
    this.node.addEventListener("pointermove", move, { signal: end.signal });
    this.node.addEventListener("pointerup", up, { signal: end.signal });
    this.node.addEventListener("pointercancel", up, { signal: end.signal });
    // A pointer that has left without dragging is released elsewhere.
    window.addEventListener("pointerup", () => end.abort(), { signal: end.signal });
  }

  #onWheel(event: WheelEvent): void {
    const { left, top } = this.node.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.#zoomAt(Math.exp(-event.deltaY / 400), { x: event.clientX - left, y: event.clientY - top });
    } else if (event.deltaX !== 0) {
      // Sideways there is nothing else to scroll; up and down belongs to the notebook.
      event.preventDefault();
      this.#mode = "free";
      this.#look(panned(this.#viewport, -event.deltaX, 0));
    }
  }
}

/** What is selected by a click on `target`; `null` beside everything. */
function selectionAt(target: EventTarget | null): Selection | null {
  if (!(target instanceof Element)) return null;
  const found = target.closest<SVGElement>("[data-entry], [data-edge], [data-group], [data-op], [data-node]");
  if (found === null) return null;
  const { entry, edge, group, op, node } = found.dataset;
  if (entry !== undefined) {
    const [owner, position] = entry.split(":").map(Number);
    return { kind: "entry", node: owner, entry: position };
  }
  if (edge !== undefined) {
    const [owner, input] = edge.split(":").map(Number);
    return { kind: "edge", node: owner, input };
  }
  if (group !== undefined) return { kind: "group", group: Number(group) };
  return { kind: "node", node: Number(op ?? node) };
}

/** The element that stands for a selection: of an entry the one in the value. */
function elementOf(picture: Element, selection: Selection | null): SVGElement | null {
  if (selection === null) return null;
  switch (selection.kind) {
    case "entry":
      return (
        picture.querySelector<SVGElement>(
          `[data-entry="${selection.node}:${selection.entry}"][data-part="value"]`,
        ) ??
        picture.querySelector<SVGElement>(`[data-entry="${selection.node}:${selection.entry}"]`) ??
        picture.querySelector<SVGElement>(`[data-node="${selection.node}"]`)
      );
    case "edge":
      return picture.querySelector<SVGElement>(`[data-edge="${selection.node}:${selection.input}"]`);
    case "group":
      return picture.querySelector<SVGElement>(`[data-group="${selection.group}"]`);
    case "node":
      return picture.querySelector<SVGElement>(`[data-node="${selection.node}"]`);
  }
}
