/** Drawings on the page: marks made into SVG elements, patched where another drawing differs, in JupyterLab's colours. */
import { type Mark, type Palette, SERIF, themeCss, themeOf } from "gradbook/graph";

const SVG = "http://www.w3.org/2000/svg";

/** The element of a mark. */
export function markElement(mark: Mark): SVGElement {
  const made = document.createElementNS(SVG, mark.tag);
  for (const [name, value] of Object.entries(mark.attributes)) setAttribute(made, name, value);
  made.append(...mark.children.map((child) => (typeof child === "string" ? child : markElement(child))));
  return made;
}

/**
 * Makes `element`, which shows `before`, show `after`. What stays the same stays the same element, so that nothing
 * flickers and what is pointed at is still there.
 */
export function patchElement(element: Element, before: Mark, after: Mark): void {
  if (before === after) return;
  for (const name of Object.keys(before.attributes)) {
    if (!(name in after.attributes)) element.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(after.attributes)) {
    if (before.attributes[name] !== value) setAttribute(element, name, value);
  }
  patchChildren(element, before.children, after.children);
}

function patchChildren(
  element: Element,
  before: readonly (Mark | string)[],
  after: readonly (Mark | string)[],
): void {
  const nodes = [...element.childNodes];
  // Somebody else has changed the text: what is there is not what was drawn.
  if (nodes.length !== before.length) {
    element.replaceChildren(...after.map(nodeOf));
    return;
  }
  for (const [i, child] of after.entries()) {
    const old = before[i];
    const node = nodes[i];
    if (node === undefined || old === undefined) element.append(nodeOf(child));
    else if (typeof child === "string" || typeof old === "string" || child.tag !== old.tag) {
      if (child !== old) element.replaceChild(nodeOf(child), node);
    } else if (node instanceof Element) patchElement(node, old, child);
  }
  for (const node of nodes.slice(after.length)) node.remove();
}

function nodeOf(child: Mark | string): Node {
  return typeof child === "string" ? document.createTextNode(child) : markElement(child);
}

/** An attribute that could run code is never set, no matter who drew it. */
function setAttribute(element: Element, name: string, value: string | number): void {
  if (!/^on|href$/i.test(name)) element.setAttribute(name, String(value));
}

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
