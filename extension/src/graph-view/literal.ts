/** Numbers as TypeScript. */

/** The nested list of `data`, as `tensor` takes it: `[[1, -2], [3, 0.5]]`. */
export function literalOf(data: readonly number[], shape: readonly number[]): string {
  if (shape.length === 0) return String(data[0]);
  const [length, ...inner] = shape;
  const step = data.length / length;
  const parts = Array.from({ length }, (_, i) => literalOf(data.slice(i * step, (i + 1) * step), inner));
  return `[${parts.join(", ")}]`;
}
