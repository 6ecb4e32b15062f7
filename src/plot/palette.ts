/** The colours of a picture that paints its own background, so that it is the same on a dark page. */

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
