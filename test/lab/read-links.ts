/** Reads which entries of formulas are outlined. */
import type { Locator } from "playwright-core";

/** What a reader sees outlined. */
export interface Outlined {
  /** The entry under the pointer, or the one the keyboard has come to. */
  readonly current: readonly string[];
  /** All entries that belong together, that one included. */
  readonly linked: readonly string[];
}

/** The outlined entries inside `output`, as they read on the page. */
export async function readLinks(output: Locator): Promise<Outlined> {
  return await output.evaluate((root) => {
    const read = (selector: string) =>
      Array.from(root.querySelectorAll(selector), (element) => {
        const copy = element.cloneNode(true) as Element; // cloneNode keeps the kind of node
        // A phantom keeps its place in transparent digits.
        for (const unread of copy.querySelectorAll('[style*="transparent"], .pstrut')) unread.remove();
        return (copy.textContent ?? "").replaceAll(/[\s\u200b]/g, "").replaceAll("−", "-");
      });
    return { current: read(".gb-mod-current"), linked: read(".gb-mod-linked") };
  });
}

/** The cell in a row and a column, from 1, of the matrix at `index` in `math`. */
export function matrixCell(math: Locator, index: number, row: number, column: number): Locator {
  return math
    .locator(".katex-html .mtable")
    .nth(index)
    .locator(`xpath=./*[starts-with(@class, "col-align")][${column}]`)
    .locator(".vlist")
    .first()
    .locator(`xpath=./*[${row}]/*[last()]`);
}
