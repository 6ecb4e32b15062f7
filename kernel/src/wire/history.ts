/** The cells a session has run, as `history_request` asks for them. */

import { matches } from "./glob.ts";
import type { ContentOf } from "./schema.ts";

type Request = ContentOf<"history_request">;

interface Entry {
  readonly line: number;
  readonly source: string;
  output: string | null;
}

type Item = [session: number, line: number, source: string | [string, string | null]];

/** A kernel remembers only its own session, which has this number; clients may also call it 0. */
const SESSION = 1;

export class History {
  readonly #entries: Entry[] = [];

  add(line: number, source: string): void {
    this.#entries.push({ line, source, output: null });
  }

  /** Notes the text of the newest cell's value. */
  setOutput(text: string): void {
    const newest = this.#entries.at(-1);
    if (newest) newest.output = text;
  }

  /** Answers a `history_request`. */
  answer(request: Request): Item[] {
    const found = this.#find(request);
    return found.map(({ line, source, output }) => [
      SESSION,
      line,
      request.output ? [source, output] : source,
    ]);
  }

  #find(request: Request): Entry[] {
    const last = (entries: Entry[]) => entries.slice(-(request.n ?? 10) || entries.length);
    switch (request.hist_access_type) {
      case "tail":
        return last(this.#entries);
      case "range": {
        const { session, start, stop } = request;
        if (session && session !== SESSION) return [];
        return this.#entries.filter(
          ({ line }) => line >= (start ?? 0) && line < (stop ?? Number.POSITIVE_INFINITY),
        );
      }
      case "search": {
        const pattern = request.pattern ?? "*";
        const matching = this.#entries.filter(({ source }) => matches(pattern, source));
        return last(request.unique ? newestOfEach(matching) : matching);
      }
      default:
        return [];
    }
  }
}

function newestOfEach(entries: readonly Entry[]): Entry[] {
  const newest = new Map(entries.map((entry) => [entry.source, entry]));
  return entries.filter((entry) => newest.get(entry.source) === entry);
}
