/** Small signs on buttons, drawn in the colour of the text around them. */

/** A sign of 16 × 16 whose lines are `path`; whoever shows it says in words what it means. */
export function createIcon(path: string, className = "gb-LineIcon"): SVGElement {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 16 16");
  icon.setAttribute("aria-hidden", "true");
  icon.setAttribute("class", className);
  const lines = document.createElementNS(icon.namespaceURI, "path");
  lines.setAttribute("d", path);
  icon.append(lines);
  return icon;
}
