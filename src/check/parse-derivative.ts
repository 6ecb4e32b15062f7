/** Reads derivatives and fractions: ∂y/∂x, \frac{∂J}{∂X}, \frac{∂}{∂x_ij}[…], \frac{a}{b}. */

import type { Expr } from "./grammar.ts";
import { word } from "./parse-word.ts";
import type { Reader } from "./reader.ts";

/** ∂y/∂x, and ∂/∂x of what follows. */
export function partial(reader: Reader): Expr {
  const { at } = reader.take();
  if (reader.accept("/")) {
    reader.expect("∂", "and what is differentiated by, as in ∂/∂x_ij");
    const by = variable(reader);
    return { kind: "derivative", of: reader.read("factor"), by, at };
  }
  const of = variable(reader);
  reader.expect("/", "and what is differentiated by, as in ∂y/∂x");
  reader.expect("∂", "before what is differentiated by, as in ∂y/∂x");
  return { kind: "derivative", of, by: variable(reader), at };
}

/** A fraction of LaTeX, which may be a derivative. */
export function fraction(reader: Reader): Expr {
  const { at } = reader.take();
  if (reader.next.text !== "∂") return quotient(reader, at);
  reader.expect("{", "to open the numerator");
  reader.expect("∂", "of the derivative");
  const of = reader.is("}") ? null : variable(reader);
  reader.expect("}", "to close the numerator");
  reader.expect("{", "to open the denominator");
  reader.expect("∂", "before what is differentiated by, as in \\frac{\\partial J}{\\partial X}");
  const by = variable(reader);
  reader.expect("}", "to close the denominator");
  return { kind: "derivative", of: of ?? reader.read("factor"), by, at };
}

function quotient(reader: Reader, at: number): Expr {
  const a = part(reader);
  return { kind: "div", a, b: part(reader), at };
}

/** \frac{1}{2}, or \frac12 with a digit for each. */
function part(reader: Reader): Expr {
  if (reader.is("{")) return reader.group("{", "}");
  const { kind, text } = reader.token;
  if (kind === "number" && text.length > 1) reader.split([...text]);
  return kind === "number"
    ? { kind: "number", value: Number(reader.token.text), at: reader.take().at }
    : reader.read("comparison");
}

/** What can be differentiated, or differentiated by: a name or an entry. */
function variable(reader: Reader): Expr {
  if (reader.isValue()) return reader.takeValue();
  if (reader.token.kind !== "word") {
    throw reader.error("After ∂ there must come a name or an entry, as in ∂y_ij/∂x_ij");
  }
  return word(reader);
}
