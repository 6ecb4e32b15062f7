/** The size of a picture on a page: its own, and never more than its column has. */

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
