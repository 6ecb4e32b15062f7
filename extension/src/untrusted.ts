/** Takes data of a notebook apart, which may come from anyone. */

/** The longest piece of LaTeX or text of an output: three times what the library ever prints. */
export const longestText = 32_768;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether `value` is text of at most `longest` characters. */
export function isText(value: unknown, longest: number = longestText): value is string {
  return typeof value === "string" && value.length <= longest;
}

/** Whether `value` is a list of at most `longest` items that all pass `test`. */
export function isList<T>(
  value: unknown,
  longest: number,
  test: (item: unknown) => item is T,
): value is readonly T[] {
  return Array.isArray(value) && value.length <= longest && value.every(test);
}

/** A value as a short piece of JSON: an error card is no place for a megabyte. */
export function excerpt(value: unknown): string {
  const json = JSON.stringify(value) ?? "missing";
  return json.length <= 60 ? json : `${json.slice(0, 60)}… (${json.length} characters)`;
}
