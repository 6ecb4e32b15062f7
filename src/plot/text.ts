/** A scene as text: the same picture in characters, for a terminal and for readers of a raw notebook. */

import { shareOf, tickLabel, ticks } from "./interval.ts";
import type { Arrow } from "./sampling.ts";
import type { Scene } from "./scene.ts";

const COLUMNS = 60;
const SHADES = " ░▒▓█";

/** Draws a scene in characters: shades for heat, arrows for arrows, • for a curve, and the points by their classes. */
export function textOf(scene: Scene): string {
  // A character is about twice as high as it is wide.
  const rowCount = Math.round((COLUMNS * scene.aspect) / 2);
  const raster = Array.from({ length: rowCount }, (_, row) =>
    Array.from({ length: COLUMNS }, (_, column) =>
      shade(scene, (column + 0.5) / COLUMNS, 1 - (row + 0.5) / rowCount),
    ),
  );
  const put = (x: number, y: number, character: string): void => {
    const [column, row] = [shareOf(scene.x, x), 1 - shareOf(scene.y, y)];
    if (!(column >= 0 && column <= 1 && row >= 0 && row <= 1)) return;
    const at = (share: number, count: number): number => Math.min(count - 1, Math.floor(share * count));
    raster[at(row, rowCount)][at(column, COLUMNS)] = character;
  };
  for (const arrow of scene.arrows) put(arrow.x, arrow.y, arrowCharacter(arrow));
  for (const { x, y } of scene.curve) put(x, y, "•");
  for (const { x, y, label } of scene.points) put(x, y, label === null ? "o" : classCharacter(label));
  return [headOf(scene), ...framed(raster, scene)].filter((line) => line !== "").join("\n");
}

function shade({ heat }: Scene, column: number, row: number): string {
  if (heat === null) return " ";
  const value = heat.values[Math.floor(row * heat.rows) * heat.columns + Math.floor(column * heat.columns)];
  if (Number.isNaN(value)) return "?";
  return SHADES[Math.min(SHADES.length - 1, Math.floor(shareOf(heat.range, value) * SHADES.length))];
}

/** The direction of an arrow, to an eighth of a circle; a point where it is too short to have one. */
function arrowCharacter({ dx, dy }: Arrow): string {
  const [across, up] = [Math.abs(dx), Math.abs(dy)];
  if (!(Math.max(across, up) > 0.02)) return "·";
  const TAN_22 = 0.41421356;
  const h = across < TAN_22 * up ? 0 : Math.sign(dx);
  const v = up < TAN_22 * across ? 0 : Math.sign(dy);
  return ["↙↓↘", "←·→", "↖↑↗"][v + 1][h + 1];
}

function classCharacter(label: number): string {
  return label >= 0 && label < 10 ? String(Math.trunc(label)) : "*";
}

function headOf({ title, heat, xLabel, yLabel }: Scene): string {
  const axes = [yLabel && `up: ${yLabel}`, xLabel && `right: ${xLabel}`].filter(Boolean).join(", ");
  const scale =
    heat &&
    `${tickLabel(Number(heat.range[0].toPrecision(3)))} ${SHADES} ${tickLabel(Number(heat.range[1].toPrecision(3)))}`;
  return [title, axes, scale].filter(Boolean).join("   ");
}

/** Puts axes with numbers to the left of the raster and below it. */
function framed(raster: readonly (readonly string[])[], scene: Scene): string[] {
  const labels = raster.map(() => "");
  for (const y of ticks(scene.y, Math.max(2, raster.length / 4))) {
    const row = Math.min(raster.length - 1, Math.floor((1 - shareOf(scene.y, y)) * raster.length));
    labels[row] = tickLabel(y);
  }
  const width = Math.max(...labels.map((label) => label.length));
  const rows = raster.map((row, i) =>
    `${labels[i].padStart(width)} ${labels[i] === "" ? "│" : "┤"}${row.join("")}`.trimEnd(),
  );
  const below = Array.from({ length: COLUMNS + 8 }, () => " ");
  for (const x of ticks(scene.x, 6)) {
    const label = tickLabel(x);
    const middle = Math.floor(shareOf(scene.x, x) * COLUMNS);
    const start = Math.max(0, Math.min(middle, COLUMNS - 1) - Math.floor(label.length / 2));
    [...label].forEach((character, i) => {
      below[start + i] = character;
    });
  }
  const indent = " ".repeat(width + 1);
  return [...rows, `${indent}└${"─".repeat(COLUMNS)}`, `${indent} ${below.join("").trimEnd()}`];
}
