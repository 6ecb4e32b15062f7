/** A drawing as SVG: one string, with a background of its own, that needs no style sheet, script or font. */

import { labelHeight, labelSvg, labelText, labelWidth } from "../svg/label.ts";
import { ACCENT, BACKGROUND, classColour, escaped, FAINT, frameText, INK, MUTED } from "../svg/mark.ts";
import { short } from "../svg/plane.ts";
import { type Arrow, type Box, type Drawing, type Matrix, type Point, routeOf } from "./drawing.ts";

/** The colour of gradients, and the ground they stand on. */
const WARM = classColour(1);
const TINT = "#fff1e8";
const EDGE = "#b6bec7";
const [NAME, DETAIL, ON_ARROW] = [17, 12.5, 14];
/** The height of the band of a gradient. */
const BAND = 26;
const SERIF = "'STIX Two Text', 'Cambria Math', 'Latin Modern Roman', 'Times New Roman', Tinos, serif";

/** Draws a figure. */
export function drawSvg(drawing: Drawing): string {
  const { title, description, width, height, boxes, arrows, matrices = [] } = drawing;
  const parts = [
    `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`,
    `<rect width="${width}" height="${height}" rx="6" fill="${BACKGROUND}"/>`,
    `<text x="20" y="27" font-family="system-ui, sans-serif" font-size="14" font-weight="600">${escaped(title)}</text>`,
    ...matrices.map(parentheses),
    ...arrows.map(line),
    ...[...boxes, ...matrices.flatMap(({ rows }) => rows.flat())].map(boxSvg),
    ...arrows.map(words),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" ${frameText(width, height)} ` +
    `font-family="${SERIF}" fill="${INK}">${parts.join("")}</svg>`
  );
}

function boxSvg({ x, y, width, height, outline, label, detail, gradient, isGradient = false }: Box): string {
  const [left, top] = [short(x - width / 2), short(y - height / 2)];
  const frame = `x="${left}" y="${top}" width="${width}" height="${height}"`;
  const ground = isGradient ? TINT : BACKGROUND;
  const stroke = isGradient ? WARM : EDGE;
  const ink = isGradient ? WARM : INK;
  const parts: string[] = [];
  if (outline === "box") parts.push(`<rect ${frame} rx="4" fill="${ground}" stroke="${stroke}"/>`);
  if (outline === "frame")
    parts.push(`<rect ${frame} rx="2" fill="none" stroke="${ACCENT}" stroke-width="1.5"/>`);
  if (outline === "round") {
    parts.push(
      `<circle cx="${short(x)}" cy="${short(y)}" r="${width / 2}" fill="${ground}" stroke="${stroke}"/>`,
    );
  }
  const room = gradient === undefined ? 0 : BAND;
  if (gradient !== undefined) {
    const line = short(y + height / 2 - BAND);
    parts.push(
      `<path fill="${TINT}" stroke="none" d="M${short(x - width / 2 + 0.5)} ${line}h${width - 1}v${BAND - 4}q0 3.5 -3.5 3.5h-${width - 8}q-3.5 0 -3.5 -3.5z"/>`,
      `<path stroke="${FAINT}" d="M${left} ${line}h${width}"/>`,
      labelSvg(gradient, x, y + (height - BAND) / 2, 15, WARM),
    );
  }
  const middle = y - room / 2;
  if (detail === undefined) parts.push(labelSvg(label, x, middle, NAME, ink));
  else {
    parts.push(labelSvg(label, x, middle - 9, NAME, ink), labelSvg(detail, x, middle + 12, DETAIL, MUTED));
  }
  return parts.join("");
}

function line(arrow: Arrow): string {
  const { d, tip, direction } = routeOf(arrow);
  const colour = arrow.isBackward ? WARM : MUTED;
  const wing = (side: number): string =>
    `${short(tip.x - 9 * direction.x - side * 4 * direction.y)} ${short(tip.y - 9 * direction.y + side * 4 * direction.x)}`;
  return (
    `<path fill="none" stroke="${colour}" stroke-width="1.4" d="${d}"/>` +
    `<path fill="${colour}" d="M${point(tip)}L${wing(1)}L${wing(-1)}z"/>`
  );
}

/** The label of an arrow, on a patch that interrupts it. */
function words(arrow: Arrow): string {
  if (arrow.label === undefined) return "";
  const { at } = routeOf(arrow);
  const [width, height] = [labelWidth(arrow.label, ON_ARROW) + 8, labelHeight(arrow.label, ON_ARROW)];
  const patch = `<rect x="${short(at.x - width / 2)}" y="${short(at.y - height / 2)}" width="${short(width)}" height="${short(height)}" fill="${BACKGROUND}"/>`;
  return patch + labelSvg(arrow.label, at.x, at.y, ON_ARROW, arrow.isBackward ? WARM : INK);
}

/** The name of a matrix above it, and its parentheses. */
function parentheses({ name, rows }: Matrix): string {
  const [first, last] = [rows[0][0], rows[rows.length - 1][rows[0].length - 1]];
  const [top, bottom] = [first.y - 46, last.y + 46];
  const arc = (x: number, side: number): string =>
    `M${short(x)} ${short(top)}q${-11 * side} ${short((bottom - top) / 2)} 0 ${short(bottom - top)}`;
  const [left, right] = [first.x - 22, last.x + 22];
  return (
    labelSvg(name, (first.x + last.x) / 2, top - 14, NAME, INK) +
    `<path fill="none" stroke="${INK}" stroke-width="1.3" d="${arc(left, 1)}${arc(right, -1)}"/>`
  );
}

function point({ x, y }: Point): string {
  return `${short(x)} ${short(y)}`;
}

// A drawing as text: the same tensors, entries and arrows, for terminals and for screen readers.

/** Writes a figure. */
export function drawText({ title, description, boxes, arrows, matrices = [] }: Drawing): string {
  const forward = arrows.filter(({ isBackward }) => !isBackward).map(arrowText);
  const backward = arrows.filter(({ isBackward }) => isBackward).map(arrowText);
  const parts = [
    [title, description],
    ...matrices.map(matrixText),
    boxes.flatMap(detailsOf),
    forward.length > 0 && backward.length > 0 ? ["forward", ...forward] : forward,
    forward.length > 0 && backward.length > 0 ? ["backward", ...backward] : backward,
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** W^[1]: l_0 × l_1, gradient dW^[1]. */
function detailsOf({ label, detail, gradient }: Box): string[] {
  if (detail === undefined) return [];
  const also = gradient === undefined ? "" : `, and its gradient ${labelText(gradient)}`;
  return [`${labelText(label)}: ${labelText(detail)}${also}`];
}

function arrowText({ from, to, label }: Arrow): string {
  const along = label === undefined ? "" : `: ${labelText(label)}`;
  return `  ${labelText(from.label)} → ${labelText(to.label)}${along}`;
}

/** The rows of a matrix, framed entries in brackets. */
function matrixText({ name, rows }: Matrix): string[] {
  const cells = rows.map((row) =>
    row.map(({ label, outline }) =>
      outline === "frame" ? `[${labelText(label)}]` : ` ${labelText(label)} `,
    ),
  );
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const head = `${labelText(name)} = `;
  return cells.map((row, k) => {
    const [open, close] = k === 0 ? "⎛⎞" : k === cells.length - 1 ? "⎝⎠" : "⎜⎟";
    const line = row.map((cell, column) => cell.padEnd(widths[column])).join(" ");
    return `${k === 1 ? head : " ".repeat(head.length)}${open}${line}${close}`;
  });
}
