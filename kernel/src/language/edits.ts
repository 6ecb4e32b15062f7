/** Edits of a text by offsets, and where each offset of the old text stands in the new one. */

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Collects edits, then applies them all at once. Edits at the same place keep the order they came in. */
export class TextEdits {
  readonly #text: string;
  readonly #edits: Edit[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text });
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  /** The new text, and the way of an old offset into it. Ask for offsets in ascending order. */
  apply(): { readonly text: string; readonly moved: (offset: number) => number } {
    const edits = this.#edits.toSorted((a, b) => a.start - b.start);
    let text = "";
    let from = 0;
    for (const edit of edits) {
      text += this.#text.slice(from, edit.start) + edit.text;
      from = edit.end;
    }
    text += this.#text.slice(from);
    return { text, moved: mover(edits) };
  }
}

function mover(edits: readonly Edit[]): (offset: number) => number {
  let next = 0;
  let shift = 0;
  return (offset) => {
    // An insertion pushes away the character it stands before: `x` becomes `cell$x`, mapped at its x.
    for (; next < edits.length && edits[next].end <= offset; next++) {
      shift += edits[next].text.length - (edits[next].end - edits[next].start);
    }
    const inside = next < edits.length && edits[next].start < offset;
    return (inside ? edits[next].start : offset) + shift;
  };
}
