/** The cells that were run, in this session and before, as `history_request` asks for them. */

import { matches } from "./glob.ts";
import type { HistoryFile } from "./history-file.ts";
import type { ContentOf } from "./schema.ts";

type Request = ContentOf<"history_request">;

interface Entry {
  readonly session: number;
  readonly line: number;
  readonly source: string;
  output: string | null;
}

type Item = [session: number, line: number, source: string | [string, string | null]];

/** Where there are no files, a session remembers only its own cells. */
const NO_FILE: Pick<HistoryFile, "add" | "read"> = { add() {}, read: () => [] };

export class History {
  readonly #file: Pick<HistoryFile, "add" | "read">;
  readonly #entries: Entry[];
  /** The number of this session; earlier ones have those before it, and clients may also call it 0. */
  readonly #session: number;

  constructor(file: Pick<HistoryFile, "add" | "read"> = NO_FILE) {
    this.#file = file;
    const earlier = file.read();
    const sessions = [...new Set(earlier.map(({ session }) => session))];
    this.#entries = earlier.map((entry) => ({
      ...entry,
      session: sessions.indexOf(entry.session) + 1,
      output: null,
    }));
    this.#session = sessions.length + 1;
  }

  /** Notes a cell; one that a person has sent is known to later sessions, too. */
  add(line: number, source: string, isOfPerson: boolean): void {
    this.#entries.push({ session: this.#session, line, source, output: null });
    if (isOfPerson) this.#file.add(line, source);
  }

  /** Notes the text of the newest cell's value. */
  setOutput(text: string): void {
    const newest = this.#entries.at(-1);
    if (newest?.session === this.#session) newest.output = text;
  }

  /** Answers a `history_request`. */
  answer(request: Request): Item[] {
    const found = this.#find(request);
    return found.map(({ session, line, source, output }) => [
      session,
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
        // As IPython counts: 0 is this session, and -1 the one before.
        const wanted = !session || session < 0 ? this.#session + (session ?? 0) : session;
        return this.#entries.filter(
          ({ session, line }) =>
            session === wanted && line >= (start ?? 0) && line < (stop ?? Number.POSITIVE_INFINITY),
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
