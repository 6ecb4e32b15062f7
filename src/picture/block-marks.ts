/** Numbers of a card as elements of SVG: in columns, their points below each other, in brackets. */

import { labelMarks, labelText } from "../svg/label.ts";
import { type Mark, mark } from "../svg/mark.ts";
import { short } from "../svg/plane.ts";
import { NUMBERS, numberWidth, placesOf, REMARK, ROW, type Room } from "./card.ts";
import { type Block, type Cell, fractionOf, isAligned, wholeOf } from "./grid.ts";
import { classes, type Highlight } from "./theme.ts";

/** Whose numbers they are. */
export interface Owner {
  readonly node: number;
  readonly part: Highlight["part"];
  /** What an entry is called: z_12. */
  readonly nameOf: (entry: number) => string;
  readonly highlight: (entry: number) => readonly Highlight["kind"][];
}

/** What letters and lines of a scene are painted with: the colour of what they stand in. */
export const INK = { letters: {}, lines: { stroke: "currentColor" } } as const;

/** The block, its upper left corner at (x, y). */
export function blockMarks(block: Block, room: Room, x: number, y: number, owner: Owner | null): Mark[] {
  const { starts, width } = placesOf(room);
  const rows = block.rows ?? [];
  const left = x + (room.width - width) / 2;
  const cells = rows.flatMap((row, i) =>
    row.flatMap((cell, j) => cellMarks(cell, room, left + starts[j], y + (i + 0.5) * ROW, j, owner)),
  );
  const marks =
    room.isMatrix && rows.length > 0 ? [brackets(left, width, y, rows.length * ROW), ...cells] : cells;
  if (block.line === null) return marks;
  const middle = y + room.rowCount * ROW + (REMARK + 4) / 2;
  return [...marks, ...labelMarks(block.line, x + room.width / 2, middle, REMARK, INK)];
}

function brackets(left: number, width: number, top: number, height: number): Mark {
  const bracket = (x: number, side: number): string =>
    `M${short(x + side * 4)} ${short(top)}h${-4 * side}v${short(height)}h${4 * side}`;
  return mark("path", {
    ...classes("gb-Bracket"),
    fill: "none",
    stroke: "currentColor",
    d: bracket(left + 0.5, 1) + bracket(left + width - 0.5, -1),
  });
}

function cellMarks(
  cell: Cell,
  room: Room,
  left: number,
  middle: number,
  column: number,
  owner: Owner | null,
): Mark[] {
  const { whole, fraction, width } = room.columns[column];
  const centre = left + width / 2;
  const baseline = short(middle + NUMBERS * 0.34);
  const text = (x: number, anchor: string, ...parts: (Mark | string)[]): Mark =>
    mark("text", { x: short(x), y: baseline, "text-anchor": anchor }, ...parts);
  if ("dots" in cell) return [text(centre, "middle", cell.dots)];
  const { entry, value, written } = cell;
  const [before, after] = [wholeOf(written), fractionOf(written)];
  const point = left + (width - whole - fraction) / 2 + whole;
  const shown = !room.isMatrix
    ? text(left, "start", before + after)
    : !isAligned(written)
      ? text(centre, "middle", before + after)
      : after === ""
        ? text(point, "end", before)
        : text(point, "end", before, mark("tspan", { x: short(point), "text-anchor": "start" }, after));
  if (owner === null) return [shown];
  const start = !room.isMatrix
    ? left
    : isAligned(written)
      ? point - numberWidth(before)
      : centre - numberWidth(before + after) / 2;
  const kinds = owner.highlight(entry).map((kind) => `gb-mod-${kind}`);
  const ground = mark("rect", {
    ...classes("gb-Entry-ground", ...kinds),
    x: short(start - 2.5),
    y: short(middle - ROW / 2 + 0.5),
    width: short(numberWidth(before + after) + 5),
    height: ROW - 1,
    rx: 2,
  });
  const title = mark(
    "title",
    {},
    `${labelText(owner.nameOf(entry))} = ${String(value).replaceAll("-", "−")}`,
  );
  return [
    mark(
      "g",
      { ...classes("gb-Entry", ...kinds), "data-entry": `${owner.node}:${entry}`, "data-part": owner.part },
      title,
      ground,
      shown,
    ),
  ];
}
