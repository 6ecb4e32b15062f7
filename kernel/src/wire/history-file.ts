/** Keeps the cells that people have run from one session of a kernel to the next, for the console's arrow keys. */

import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { userDataFolder } from "../command/data-folder.ts";
import { log } from "./log.ts";

/** A cell of an earlier session, which has the time of its start for a name. */
export interface Remembered {
  readonly session: number;
  readonly line: number;
  readonly source: string;
}

/** The most bytes that the file may have; then the older half is forgotten. */
const MOST = 1_000_000;
/** The longest cell that is remembered. */
const LONGEST = 20_000;

export class HistoryFile {
  readonly #path: string = join(userDataFolder(), "gradbook", "history.jsonl");
  readonly #session: number = Date.now();

  /** The cells of earlier sessions, oldest first; none where there is no file, or one that cannot be read. */
  read(): Remembered[] {
    try {
      const lines = readFileSync(this.#path, "utf8").split("\n");
      return lines.flatMap((line) => remembered(line) ?? []);
    } catch {
      return [];
    }
  }

  add(line: number, source: string): void {
    if (source.length > LONGEST) return;
    const entry: Remembered = { session: this.#session, line, source };
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      appendFileSync(this.#path, `${JSON.stringify(entry)}\n`, { mode: 0o600 }); // cells may hold secrets
      if (statSync(this.#path).size > MOST) this.#forgetOlderHalf();
    } catch (error) {
      log(error); // a cell runs also where nothing can be written
    }
  }

  #forgetOlderHalf(): void {
    const lines = readFileSync(this.#path, "utf8").trimEnd().split("\n");
    const draft = `${this.#path}.${process.pid}`;
    writeFileSync(draft, `${lines.slice(lines.length >> 1).join("\n")}\n`, { mode: 0o600 });
    renameSync(draft, this.#path);
  }
}

/** What a line of the file says; undefined for one that was half written. */
function remembered(line: string): Remembered | undefined {
  try {
    const { session, line: number, source } = JSON.parse(line) as Remembered;
    const isWhole = typeof session === "number" && typeof number === "number" && typeof source === "string";
    return isWhole ? { session, line: number, source } : undefined;
  } catch {
    return undefined;
  }
}
