/** Marks as XML: everything is escaped here, and nowhere else. */

import type { Mark } from "../graph/mark.ts";

/** The XML of an element. */
export function xmlOf({ tag, attributes, children }: Mark): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${quoted(String(value))}"`);
  const inner = children.map((child) => (typeof child === "string" ? escaped(child) : xmlOf(child))).join("");
  return inner === "" ? `<${tag}${written.join("")}/>` : `<${tag}${written.join("")}>${inner}</${tag}>`;
}

/** What may not stand in XML as it is, or has to be looked at more closely. */
const SPECIAL = /[&<>]|[^\t\n\r -\ud7ff\ue000-\ufffd]/;

/** Text between tags. What XML has no sign for, as control characters, becomes U+FFFD. */
export function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return allowed(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function quoted(text: string): string {
  return escaped(text).replace(/"/g, "&quot;");
}

function allowed(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd");
}
