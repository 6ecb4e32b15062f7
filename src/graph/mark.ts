/** A drawing as data: elements of SVG, which become a string in a kernel and nodes of a document in a browser. */

/** An element of SVG. Attributes are written as they are, text is escaped by whoever writes it. */
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
