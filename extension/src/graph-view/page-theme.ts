/** How pictures look on the page: the library's theme in the colours of JupyterLab's. */
import { type Palette, SERIF, themeCss, themeOf } from "gradbook/graph";

const lit = (percent: number): string => `color-mix(in srgb, var(--gb-accent) ${percent}%, transparent)`;

/** The `--gb-` colours are those of graph.css, which differ by the light. */
const PALETTE: Palette = {
  ink: "currentcolor",
  ground: "var(--jp-layout-color0)",
  quiet: "var(--gb-quiet)",
  frame: "var(--jp-border-color1)",
  rule: "var(--jp-border-color2)",
  lane: "var(--gb-line)",
  pill: "var(--jp-layout-color2)",
  group: "var(--jp-layout-color2)",
  warm: "var(--gb-warm)",
  warmGround: "var(--gb-warm-ground)",
  waiting: "var(--gb-quiet)",
  accent: "var(--gb-accent)",
  good: "var(--gb-good)",
  bad: "var(--gb-bad)",
  entry: "transparent",
  lit: { selected: lit(28), depends: lit(14), influences: lit(7) },
  mathematics: `KaTeX_Main, ${SERIF}`,
  words: "var(--jp-ui-font-family)",
};

let sheet: CSSStyleSheet | undefined;

/** Gives the page the style sheet of pictures, once. */
export function dressPage(): void {
  if (sheet !== undefined) return;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(themeCss(themeOf(PALETTE)));
  document.adoptedStyleSheets.push(sheet);
}
