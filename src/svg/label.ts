/** Labels with scripts and fractions, as SVG and as text. */

import { type Mark, mark, xmlOf } from "./mark.ts";
import { short } from "./plane.ts";

/**
 * What stands at a box or an arrow. Scripts are written `_` and `^`, in braces when they have more than one sign; a
 * letter before U+20D7 is a vector.
 */
export type Label = string | readonly (string | Fraction)[];

/** One thing over another. */
export interface Fraction {
  readonly over: string;
  readonly under: string;
}

/** ∂y/∂x. */
export function quotient(y: string, x: string): Fraction {
  return { over: `∂${y}`, under: `∂${x}` };
}

/** A part of a line that stands at one height. */
interface Run {
  readonly text: string;
  /** −1 for a subscript, 1 for a superscript. */
  readonly level: -1 | 0 | 1;
}

const VECTOR = "\u20d7";
const SCRIPT = 0.7;
/** How far a script is raised or lowered, and how high a line of a fraction stands, in the height of the letters. */
const [RAISE, LOWER, HALF] = [0.38, 0.22, 0.62];

/** What letters and lines are painted with, as attributes. */
export interface Ink {
  readonly letters: Mark["attributes"];
  readonly lines: Mark["attributes"];
}

/** The label in SVG, its middle at (x, y). */
export function labelSvg(label: Label, x: number, y: number, size: number, colour: string): string {
  return labelMarks(label, x, y, size, { letters: { fill: colour }, lines: { stroke: colour } })
    .map((part) => xmlOf(part))
    .join("");
}

/** The colour of what a label stands in. */
const CURRENT: Ink = { letters: {}, lines: { stroke: "currentColor" } };

/** The label as elements of SVG, its middle at (x, y). */
export function labelMarks(
  label: Label,
  x: number,
  y: number,
  size: number,
  ink: Ink = CURRENT,
): readonly Mark[] {
  const pieces = piecesOf(label);
  if (pieces.length === 1 && typeof pieces[0] === "string") return line(pieces[0], x, y, size, ink);
  let left = x - labelWidth(label, size) / 2;
  return pieces.flatMap((piece) => {
    const width = pieceWidth(piece, size);
    const middle = left + width / 2;
    left += width;
    return typeof piece === "string"
      ? line(piece, middle, y, size, ink)
      : fraction(piece, middle, y, size, ink);
  });
}

/** The approximate width of a label, to leave room for it: fonts differ. */
export function labelWidth(label: Label, size: number): number {
  return piecesOf(label).reduce((total, piece) => total + pieceWidth(piece, size), 0);
}

/** The height of a label. */
export function labelHeight(label: Label, size: number): number {
  return size * (piecesOf(label).some((piece) => typeof piece !== "string") ? 2.3 : 1.2);
}

/** The label as text: ∂J/∂y_12 · ∂y_12/∂x_12. */
export function labelText(label: Label): string {
  return piecesOf(label)
    .map((piece) => (typeof piece === "string" ? plain(piece) : `${plain(piece.over)}/${plain(piece.under)}`))
    .join(" ");
}

function piecesOf(label: Label): readonly (string | Fraction)[] {
  return typeof label === "string" ? [label] : label;
}

/** Braces go, or become parentheses where they hold more than letters and digits. */
function plain(text: string): string {
  return text.replace(/\{([^}]*)\}/g, (_, script: string) =>
    /^[\p{L}\p{N}]+$|^\[.*\]$/u.test(script) ? script : `(${script})`,
  );
}

function runsOf(text: string): Run[] {
  const parts = text.matchAll(/([_^])(?:\{([^}]*)\}|(\[[^\]]*\]|.))|[^_^]+/gsu);
  return Array.from(parts, ([whole, sign, braced, single]): Run => {
    if (sign === undefined) return { text: whole, level: 0 };
    return { text: braced ?? single, level: sign === "_" ? -1 : 1 };
  });
}

function line(text: string, x: number, y: number, size: number, ink: Ink): readonly Mark[] {
  const left = x - pieceWidth(text, size) / 2;
  let height = 0;
  const spans = runsOf(text).flatMap(({ text: run, level }) => {
    const target = level === 1 ? -RAISE * size : level === -1 ? LOWER * size : 0;
    const dy = target - height;
    height = target;
    const small = level === 0 ? {} : { "font-size": short(size * SCRIPT) };
    return styled(run.replaceAll(VECTOR, ""), level !== 0).map((part, k) => {
      const shift = k === 0 && dy !== 0 ? { dy: short(dy) } : {};
      return mark("tspan", { ...shift, ...small, ...part.style }, part.text);
    });
  });
  const arrow = text.indexOf(VECTOR);
  // An arrow must stand over its letter, so such a line starts where it was computed to.
  const anchor = arrow < 0 ? { x: short(x), "text-anchor": "middle" } : { x: short(left) };
  const place = { ...anchor, y: short(y + size * 0.33), "font-size": size };
  const words = mark("text", { ...place, ...ink.letters }, ...spans);
  if (arrow < 0) return [words];
  const start = left + pieceWidth(text.slice(0, arrow - 1), size);
  return [words, vectorArrow(start, y - 0.57 * size, 0.46 * size, ink)];
}

/** Letters that stand for something are italic; words and digits are not, nor what ends a name such as conv2d. */
function styled(
  text: string,
  isScript: boolean,
): { readonly text: string; readonly style: Mark["attributes"] }[] {
  return Array.from(text.matchAll(/𝟏|ᵀ|\p{L}{2,}\p{N}+\p{L}+|(?:(?!ᵀ)\p{L})+|[^\p{L}𝟏]+/gu), ([part]) => {
    if (part === "𝟏") return { text: "1", style: { "font-weight": "bold" } };
    const isSymbol = /^(?!ᵀ)\p{L}+$/u.test(part) && (isScript || /^d?.$/u.test(part));
    return { text: part, style: isSymbol ? { "font-style": "italic" } : {} };
  });
}

function vectorArrow(x: number, y: number, width: number, ink: Ink): Mark {
  const tip = short(x + width);
  const [back, up, down] = [short(x + width - 2.6), short(y - 1.8), short(y + 1.8)];
  const d = `M${short(x)} ${short(y)}H${tip}M${back} ${up}L${tip} ${short(y)}L${back} ${down}`;
  return mark("path", { fill: "none", ...ink.lines, d });
}

function fraction({ over, under }: Fraction, x: number, y: number, size: number, ink: Ink): readonly Mark[] {
  const half = (pieceWidth({ over, under }, size) - 0.3 * size) / 2;
  return [
    ...line(over, x, y - HALF * size, size, ink),
    mark("path", { ...ink.lines, d: `M${short(x - half)} ${short(y)}h${short(2 * half)}` }),
    ...line(under, x, y + HALF * size, size, ink),
  ];
}

function pieceWidth(piece: string | Fraction, size: number): number {
  if (typeof piece !== "string")
    return Math.max(pieceWidth(piece.over, size), pieceWidth(piece.under, size)) + 0.4 * size;
  const runs: readonly Run[] = /[_^]/.test(piece) ? runsOf(piece) : [{ text: piece, level: 0 }];
  return runs.reduce((total, { text, level }) => {
    const em = level === 0 ? size : size * SCRIPT;
    return (
      total + em * Array.from(text).reduce((sum, sign) => (sign === VECTOR ? sum : sum + signWidth(sign)), 0)
    );
  }, 0);
}

/** The widths of signs, in the height of the letters; found once for each. */
const widths = new Map<string, number>();

function signWidth(sign: string): number {
  const known = widths.get(sign);
  if (known !== undefined) return known;
  const width = widthOfKind(sign);
  if (widths.size < 4096) widths.set(sign, width);
  return width;
}

function widthOfKind(sign: string): number {
  if (/[ijl()[\],.·′ᵀ]/.test(sign)) return 0.31;
  if (sign === " ") return 0.25;
  if (/[WM⋯]/.test(sign)) return 0.88;
  if (/[A-Z⊙→×−=+∑]/.test(sign)) return 0.68;
  return 0.5;
}
