/** Which graphs a kernel knows, as it has said. */

/** The ids are those of the graphs; in a session a kernel may come to know a graph of which it said no before. */
export class KnownGraphs {
  readonly #answers = new Map<string, boolean>();
  /** Those to ask for. */
  readonly #wanted = new Set<string>();
  /** Those that a session before this one knew. */
  readonly #before = new Set<string>();

  /** Whether the kernel knows the graph; `null` until it has answered. */
  knows(id: string): boolean | null {
    return this.#answers.get(id) ?? null;
  }

  /** Whether an earlier session of it was heard to know the graph. */
  knew(id: string): boolean {
    return this.#before.has(id);
  }

  /** From now on the answer is wanted, anew where it was no. */
  want(id: string): void {
    if (this.#answers.get(id) === true) return;
    this.#answers.delete(id);
    this.#wanted.add(id);
  }

  /** What to ask the kernel for now; it is not wanted again. */
  take(): string[] {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    return wanted;
  }

  /** Notes what the kernel has said about `asked`. */
  note(asked: readonly string[], known: readonly unknown[]): void {
    for (const id of asked) if (!this.#wanted.has(id)) this.#answers.set(id, known.includes(id));
  }

  /** The kernel was started again: it may be asked for all of them anew. */
  restart(): void {
    for (const [id, isKnown] of this.#answers) if (isKnown) this.#before.add(id);
    this.#forgetAnswers();
  }

  /** The notebook has another kernel, which was not started again for all that is known. */
  changeKernel(): void {
    this.#before.clear();
    this.#forgetAnswers();
  }

  #forgetAnswers(): void {
    for (const id of this.#answers.keys()) this.#wanted.add(id);
    this.#answers.clear();
  }
}
