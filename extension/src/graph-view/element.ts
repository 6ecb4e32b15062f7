/** Elements of the page, made of text and of one another: never of HTML. */

/** What an element may be given: attributes by name, and `true` for one without a value. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with these attributes and children; what is `false` or `undefined` is left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}
