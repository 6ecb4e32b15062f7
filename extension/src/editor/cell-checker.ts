/** When a cell is checked while it is written: after a rest, one question at a time, obsolete answers dropped. */
import type { KernelLanguage, Problem } from "../kernel-link/kernel-language.ts";
import { OneAtATime } from "../one-at-a-time.ts";

/** The cell as the checker sees it. */
export interface CheckedCell {
  code(): string;
  /** Whom to ask; undefined where there is nobody to ask, and then nothing is shown. */
  language(): KernelLanguage | undefined;
  show(problems: readonly Problem[]): void;
}

/** How long after the last key a cell is checked, in milliseconds. */
const rest = 300;

/** Checks one cell as often as necessary. */
export class CellChecker {
  readonly #cell: CheckedCell;
  readonly #turn = new OneAtATime();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor(cell: CheckedCell) {
    this.#cell = cell;
  }

  /** Checks after a pause, counted from the last call; at once where there is nobody to ask. */
  checkSoon(): void {
    clearTimeout(this.#timer);
    const delay = this.#cell.language() ? rest : 0;
    this.#timer = setTimeout(() => void this.#turn.run(() => this.#check()), delay);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  async #check(): Promise<void> {
    if (this.#isDisposed) return;
    const code = this.#cell.code();
    const problems = await this.#problemsOf(code);
    // An answer about older code is dropped: the change that made it old has asked again.
    if (!this.#isDisposed && this.#cell.code() === code) this.#cell.show(problems);
  }

  async #problemsOf(code: string): Promise<readonly Problem[]> {
    const language = this.#cell.language();
    if (!language || code.trim() === "") return [];
    try {
      return await language.diagnose(code);
    } catch {
      // Nobody answered in time: better no problems than outdated ones.
      return [];
    }
  }
}
