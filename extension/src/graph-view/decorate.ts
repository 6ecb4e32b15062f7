/** A drawing with classes added to some of its elements. */
import { type Mark, mark } from "gradbook/graph";

/** `drawing` with the classes that `classesOf` gives to the attributes of each element. */
export function decorated(
  drawing: Mark,
  classesOf: (attributes: Mark["attributes"]) => readonly string[],
): Mark {
  const children = drawing.children.map((child) =>
    typeof child === "string" ? child : decorated(child, classesOf),
  );
  const classes = classesOf(drawing.attributes);
  const isSame = classes.length === 0 && children.every((child, i) => child === drawing.children[i]);
  if (isSame) return drawing;
  const attributes =
    classes.length === 0
      ? drawing.attributes
      : { ...drawing.attributes, class: [drawing.attributes.class ?? "", ...classes].join(" ").trim() };
  return mark(drawing.tag, attributes, ...children);
}
