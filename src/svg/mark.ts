/** A drawing as data: elements of SVG, their colours, and how they become text. */

/** An element of SVG. Attributes and text are stored as they are; whoever writes them out escapes them. */
export interface Mark {
  readonly tag:
    | "svg"
    | "g"
    | "rect"
    | "path"
    | "text"
    | "tspan"
    | "line"
    | "circle"
    | "title"
    | "desc"
    | "style";
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Mark | string)[];
}

/** An element. */
export function mark(
  tag: Mark["tag"],
  attributes: Mark["attributes"] = {},
  ...children: readonly (Mark | string)[]
): Mark {
  return { tag, attributes, children };
}

// Marks as XML: everything is escaped here, and nowhere else.

/** The XML of an element. */
export function xmlOf({ tag, attributes, children }: Mark): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${quoted(String(value))}"`);
  const inner = children.map((child) => (typeof child === "string" ? escaped(child) : xmlOf(child))).join("");
  return inner === "" ? `<${tag}${written.join("")}/>` : `<${tag}${written.join("")}>${inner}</${tag}>`;
}

/** What may not stand in XML as it is, or has to be looked at more closely. */
const SPECIAL = /[&<>]|[^\t\n\r -\ud7ff\ue000-\ufffd]/;

/** Text between tags. What XML cannot express, such as control characters, becomes U+FFFD. */
export function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return allowed(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function quoted(text: string): string {
  return escaped(text).replace(/"/g, "&quot;");
}

function allowed(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd");
}

// The colours of a picture that paints its own background, so that it is the same on a dark page.

export const BACKGROUND = "#ffffff";
export const INK = "#24292f";
export const FAINT = "#e3e7eb";
export const MUTED = "#57606a";
export const ACCENT = "#1f5fbf";

/** The colours of classes: of different lightness as well, and told apart by colour-blind eyes (after Okabe and Ito). */
const CLASSES: readonly string[] = [
  "#1f5fbf",
  "#c2410c",
  "#0f7b5f",
  "#a21caf",
  "#b08900",
  "#0e7490",
  "#7f1d1d",
  "#4b5563",
  "#6d28d9",
  "#3f6212",
];

export function classColour(label: number): string {
  return CLASSES[((Math.trunc(label) % CLASSES.length) + CLASSES.length) % CLASSES.length];
}

/** From low, blue, over near white, to high, orange. */
const [LOW, MIDDLE, HIGH] = [
  [112, 160, 214],
  [249, 247, 242],
  [236, 150, 88],
] as const;

/** The colour of a share from 0 (low) to 1 (high). */
export function heatColour(share: number): string {
  const [from, to, t] = share < 0.5 ? [LOW, MIDDLE, 2 * share] : [MIDDLE, HIGH, 2 * share - 1];
  const hex = from.map((channel, i) =>
    Math.round(channel + (to[i] - channel) * t)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}

// The size of a picture on a page: its own, and never more than its column has.

/** What fits beside the prompt of a cell on every page. */
const NARROW = 640;

/**
 * The attributes of an `svg` element that make it fit.
 *
 * Many readers show a picture in an `<img>`, which a style within the picture does not reach: there only a width in
 * percent makes a wide one smaller. A narrow one would grow by it.
 */
export function frame(width: number, height: number): Readonly<Record<string, string | number>> {
  const viewBox = `0 0 ${width} ${height}`;
  return width > NARROW
    ? { width: "100%", viewBox, style: `max-width:${width}px;height:auto` }
    : { width, height, viewBox, style: "max-width:100%;height:auto" };
}

/** The same as they are written in a tag. */
export function frameText(width: number, height: number): string {
  return Object.entries(frame(width, height))
    .map(([name, value]) => `${name}="${value}"`)
    .join(" ");
}
