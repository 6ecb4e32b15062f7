/** Looks at a notebook cell by cell, as a reader who scrolls through it and stops at whatever looks wrong. */
import type { NotebookPage } from "./notebook-page.ts";

/** What there was to see. */
export interface Seen {
  /** How many formulas were found typeset. */
  readonly formulas: number;
  /** One line for each thing that a reader would stumble over, beginning with the id of its cell. */
  readonly faults: readonly string[];
}

/** Scrolls to each cell of `notebook` in turn and looks at its rendered prose and its outputs, not at its input. */
export async function lookAtCells(notebook: NotebookPage): Promise<Seen> {
  const { cells } = await notebook.content();
  const expected = cells.map((cell, index) => ({
    id: String(cell.id ?? index),
    outputs: Array.isArray(cell.outputs) ? cell.outputs.length : undefined,
  }));
  return await notebook.page.evaluate(async (expected) => {
    // Longer than a formula takes to appear on a busy machine; a cell that is well waits for one frame only.
    const patience = 3000;
    const math = "mjx-math, .katex-html";

    const faults: string[] = [];
    let formulas = 0;
    for (const [index, { id, outputs }] of expected.entries()) {
      const deadline = performance.now() + patience;
      let cell: Element | undefined;
      let found: string[];
      do {
        await new Promise(requestAnimationFrame);
        // JupyterLab adds the cells one after the other, and draws those near the window only.
        cell = document.querySelectorAll(".jp-Notebook .jp-Cell")[index];
        cell?.scrollIntoView({ block: "nearest" });
        found = cell ? faultsOf(cell, outputs) : ["is not there"];
      } while (found.length > 0 && performance.now() < deadline);
      formulas += cell?.querySelectorAll(math).length ?? 0;
      faults.push(...found.map((fault) => `${id} ${fault}`));
    }
    return { formulas, faults };

    /** What is wrong with a code cell of so many outputs, or with a cell of prose, which has none. */
    function faultsOf(cell: Element, outputs?: number): string[] {
      const parts = outputs === undefined ? ".jp-RenderedMarkdown" : ".jp-OutputArea-output";
      const areas = [...cell.querySelectorAll(parts)];
      if (areas.length !== (outputs ?? 1)) return [`shows ${areas.length} of its ${outputs ?? 1} parts`];
      return areas.flatMap((area) => [
        ...untypeset(area),
        ...brokenPictures(area),
        ...cutOff(area),
        ...lostGraph(area),
      ]);
    }

    function untypeset(area: Element): string[] {
      if (area.querySelector("mjx-merror, merror, .katex-error")) return ["has a formula that is an error"];
      if (area.matches(".jp-RenderedLatex, .gb-Tensor, .gb-Derivation") && !area.querySelector(math))
        return ["lacks its formula"];
      // Code and messages may quote LaTeX, and an annotation keeps it unseen.
      const copy = area.cloneNode(true) as Element; // cloneNode keeps the kind of node
      for (const unread of copy.querySelectorAll("pre, code, annotation")) unread.remove();
      const raw = /.{0,20}(\\[A-Za-z]+|\$).{0,20}/.exec(copy.textContent ?? "");
      return raw ? [`shows raw LaTeX: ${raw[0]}`] : [];
    }

    function brokenPictures(area: Element): string[] {
      const images = [...area.querySelectorAll("img")];
      return images.some((image) => image.naturalWidth === 0) ? ["has a picture that does not show"] : [];
    }

    /** A graph is a window onto its picture: one too large for it is moved about, but its result is seen at once. */
    function lostGraph(area: Element): string[] {
      const picture = area.querySelector(".gb-Picture");
      if (picture === null) return [];
      const result = [...picture.querySelectorAll(".gb-Card, .gb-EntryCard")].at(-1)?.getBoundingClientRect();
      const { left, right, top, bottom } = picture.getBoundingClientRect();
      if (result === undefined) return ["has a graph that is not drawn"];
      const isSeen =
        result.left >= left && result.right <= right && result.top >= top && result.bottom <= bottom;
      return isSeen ? [] : ["has a graph whose result is out of sight"];
    }

    /** Says what a reader would have to scroll for, or could not see at all. */
    function cutOff(area: Element): string[] {
      const all = [area, ...area.querySelectorAll("*")].filter((element) => !element.closest(".gb-Picture"));
      const boxes = all.filter(clips);
      const pieces = all.filter((element) => element.matches(`${math}, img, svg, table`));
      const wide = [
        ...boxes.flatMap((box) => tooWide(box.scrollWidth, box.clientWidth)),
        ...pieces.flatMap((piece) => tooWide(...widths(piece, area))),
      ];
      const isHigh = boxes.some((box) => box.scrollHeight > box.clientHeight + 1);
      return [...wide.slice(0, 1), ...(isHigh ? ["is cut off below"] : [])];
    }

    /**
     * Whether what does not fit into this element stays out of sight. The letters of a formula are boxes with an
     * overlap, which is no ink: a formula, and what does nothing but hold it, is measured as a piece.
     */
    function clips(element: Element): boolean {
      if (element.closest("mjx-container, .katex") || element.querySelector(":scope > .katex")) return false;
      return element.clientWidth > 0 && getComputedStyle(element).overflow !== "visible";
    }

    /** How far a piece reaches to both sides of its column, and how far it may. */
    function widths(piece: Element, area: Element): [number, number] {
      const box = piece.closest(".gb-Tensor-math") ?? area;
      const column = box.getBoundingClientRect();
      const { left, right } = piece.getBoundingClientRect();
      return [Math.max(right - column.left, column.right - left), column.width];
    }

    function tooWide(width: number, room: number): string[] {
      return width > room + 1 ? [`is ${Math.round(width)} pixels wide where ${Math.round(room)} fit`] : [];
    }
  }, expected);
}
