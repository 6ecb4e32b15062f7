/** Formulas on the page: as text at first, typeset as soon as KaTeX has come. */
import { plainTex } from "gradbook/graph";
import { element } from "./element.ts";

type Typeset = (tex: string, node: HTMLElement) => void;

let typesetNow: Typeset | null = null;
let coming: Promise<void> | null = null;

/** An element with `tex` typeset in it, or as text where KaTeX does not arrive or rejects it. */
export function mathElement(tex: string, ...classes: readonly string[]): HTMLElement {
  const node = element("span", { class: ["gb-Math", ...classes].join(" ") });
  setMath(node, tex);
  return node;
}

/** Typesets `tex` in place of what `node` holds. */
export function setMath(node: HTMLElement, tex: string): void {
  if (node.dataset.tex === tex) return;
  node.dataset.tex = tex;
  if (typesetNow !== null) {
    put(typesetNow, tex, node);
    return;
  }
  node.textContent = plainTex(tex);
  coming ??= load();
  void coming.then(() => {
    if (typesetNow !== null && node.dataset.tex === tex) put(typesetNow, tex, node);
  });
}

async function load(): Promise<void> {
  try {
    ({ typeset: typesetNow } = await import("../typeset.ts"));
  } catch {
    // Without KaTeX the text that is there says the same; the next formula tries again.
    coming = null;
  }
}

function put(typeset: Typeset, tex: string, node: HTMLElement): void {
  const made = element("span");
  try {
    typeset(tex, made);
    node.replaceChildren(...made.childNodes);
  } catch {
    node.textContent = plainTex(tex);
  }
}
