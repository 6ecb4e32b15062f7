/** What a search among the names of the library finds. */

/** A name, as the kernel describes it. */
export interface HelpEntry {
  readonly task: string;
  readonly name: string;
  readonly signature: string;
  readonly words: string;
  /** Empty where there is none. */
  readonly example: string;
}

/** The entries in which all words of a search stand, those first whose name begins so. */
export function found(entries: readonly HelpEntry[], search: string): readonly HelpEntry[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = entries.filter(({ task, name, words, example }) => {
    const text = `${task} ${name} ${words} ${example}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  const [first] = wanted;
  if (first === undefined) return hits;
  const isNamed = ({ name }: HelpEntry): boolean => name.replace("X.", "").toLowerCase().startsWith(first);
  return [...hits.filter(isNamed), ...hits.filter((entry) => !isNamed(entry))];
}
