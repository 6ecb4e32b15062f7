/** Reads a typeset formula back from the page. */
import type { Locator } from "playwright-core";

/** A formula as it stands on the page, whichever engine set it. */
export interface Formula {
  readonly engine: "KaTeX" | "MathJax";
  /** What stands before the equals sign; empty where there is none. */
  readonly name: string;
  /** The entries of its matrix, row by row; for a scalar, one row of one entry. */
  readonly rows: readonly (readonly string[])[];
  /** The contrast of its ink with the page behind it, from 1 to 21. */
  readonly contrast: number;
}

/**
 * The formula inside `output`, once it is there. Both engines leave MathML beside what they
 * draw; the drawing itself is asked only whether it can be seen.
 */
export async function readFormula(output: Locator): Promise<Formula> {
  const ink = output.locator(".katex-html, mjx-math").first();
  await ink.waitFor();
  return await ink.evaluate((drawn) => {
    const isKatex = drawn.matches(".katex-html");
    const math = drawn.closest(".katex, mjx-container")?.querySelector("math");
    if (!math) throw new Error("The formula has no MathML for those who cannot see it");
    // Neither KaTeX's annotation, which keeps the LaTeX, nor a phantom, which aligns, is for reading.
    const textOf = (node: Element): string => {
      const copy = node.cloneNode(true) as Element; // cloneNode keeps the kind of node
      for (const unread of copy.querySelectorAll("annotation, mphantom")) unread.remove();
      return (copy.textContent ?? "").replaceAll(/\s/g, "").replaceAll("−", "-");
    };
    const [left, right] = textOf(math).split("=");
    const name = right === undefined ? "" : left;
    const table = math.querySelector("mtable");
    const rows = table
      ? Array.from(table.children, (row) => Array.from(row.children, textOf))
      : [[right ?? left]];
    return {
      engine: isKatex ? "KaTeX" : "MathJax",
      name,
      rows,
      contrast: contrastOf(drawn),
    } as const;

    function contrastOf(element: Element): number {
      let ground: Element | null = element;
      while (ground && /^(transparent|rgba\(.*, 0\))$/.test(getComputedStyle(ground).backgroundColor)) {
        ground = ground.parentElement;
      }
      const page = luminance(ground ? getComputedStyle(ground).backgroundColor : "rgb(255, 255, 255)");
      const text = luminance(getComputedStyle(element).color);
      return (Math.max(page, text) + 0.05) / (Math.min(page, text) + 0.05);
    }

    // Relative luminance as WCAG 2 defines it.
    function luminance(color: string): number {
      const channels = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((channel) => {
        const share = Number(channel) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
    }
  });
}
