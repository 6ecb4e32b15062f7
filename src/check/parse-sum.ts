/** Reads sums with the sign Σ. */

import type { Expr, Subscript } from "./grammar.ts";
import type { Reader } from "./reader.ts";

/** Σ_k, Σ_{k=1}^{N} or Σ_{i,j}, and the product it is taken over. */
export function sumSign(reader: Reader): Expr {
  const { at } = reader.take();
  reader.expect("_", "to name the index of the sum, as in Σ_k");
  const braced = reader.accept("{");
  const indices = [index(reader)];
  while (braced && reader.accept(",")) indices.push(index(reader));
  if (reader.accept("=")) {
    const first = reader.take();
    if (first.text !== "1")
      throw reader.error("A sum starts at 1, as all indices do: write Σ_{k=1}^{N}", first.at);
  }
  if (braced) reader.expect("}", "to close the index of the sum");
  const to = reader.accept("^") ? limit(reader) : null;
  const fresh = indices.filter((name) => !reader.bound.has(name));
  for (const name of fresh) reader.bound.add(name);
  const body = reader.read("product");
  for (const name of fresh) reader.bound.delete(name);
  return indices.reduceRight<Expr>((a, name) => ({ kind: "sum", index: name, to, a, at }), body);
}

function index(reader: Reader): string {
  const { kind, text } = reader.token;
  if (kind !== "word") throw reader.error("A sum needs the name of its index, as in Σ_k");
  if ([...text].length > 1) reader.split([...text]); // Σ_ij is Σ_i Σ_j
  return reader.take().text;
}

function limit(reader: Reader): Subscript {
  const braced = reader.accept("{");
  const { kind, text } = reader.take();
  if (braced) reader.expect("}", "to close the upper limit");
  return kind === "number" ? Number(text) : text;
}
