/** The plain text form of an output, aligned by its spaces. */

/** A `pre` with `text`, in the type of JupyterLab's own text outputs. */
export function createTextForm(text: string, ...classes: string[]): HTMLPreElement {
  const form = document.createElement("pre");
  form.classList.add("gb-TextForm", ...classes);
  form.textContent = text;
  return form;
}
