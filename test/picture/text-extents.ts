/** How far the texts of a scene reach, by the widths that the library reckons with. */

import { labelWidth } from "../../src/svg/label.ts";
import type { Mark } from "../../src/svg/mark.ts";

/** A text, and where it begins and ends. */
export interface Extent {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
}

/** The texts below an element; `size` is what they inherit. */
export function textExtents(mark: Mark, size: number = 16): readonly Extent[] {
  const own = Number(mark.attributes["font-size"] ?? size);
  if (mark.tag === "text") return [extentOf(mark, own)];
  return mark.children.flatMap((child) => (typeof child === "string" ? [] : textExtents(child, own)));
}

function extentOf(mark: Mark, size: number): Extent {
  const x = Number(mark.attributes.x);
  // A part with a place of its own, as what stands after a decimal point, begins at x, where what is before it ends.
  const placed = mark.children.filter(
    (child) => typeof child !== "string" && child.attributes.x !== undefined,
  );
  const before = widthOf(
    mark.children.filter((child) => !placed.includes(child)),
    size,
  );
  const after = widthOf(placed, size);
  const anchor = mark.attributes["text-anchor"];
  const left = anchor === "middle" ? x - before / 2 : anchor === "end" ? x - before : x;
  const right = anchor === "end" ? x + after : left + before;
  return { text: textOf(mark), left, right, baseline: Number(mark.attributes.y) };
}

function widthOf(parts: Mark["children"], size: number): number {
  return parts.reduce<number>((sum, part) => {
    if (typeof part === "string") return sum + labelWidth(part, size);
    return sum + widthOf(part.children, Number(part.attributes["font-size"] ?? size));
  }, 0);
}

function textOf(mark: Mark): string {
  return mark.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}
