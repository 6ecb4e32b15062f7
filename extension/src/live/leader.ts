/** Numbers that are changed in an output, and what they bring about in the others of its notebook. */
import type { Ask } from "./ask.ts";
import { changesFor, changesIn, computersIn, followersIn, notebookOf, onArrival } from "./followers.ts";

/** What a leader is made of. */
export interface LeaderOptions {
  readonly node: HTMLElement;
  /** The name of its tensor, and the LaTeX that it was shown with. */
  readonly name: string | null;
  readonly shown: string;
  readonly ask: Ask;
  /** Says how things stand: `null` when everything has followed. */
  readonly say: (sentence: "waiting" | Error | null) => void;
}

/** The outputs whose own numbers are in somebody's hand. */
const leading = new WeakSet<HTMLElement>();

/** Takes changes as fast as a hand makes them: one question at a time is on its way, and the last change counts. */
export class Leader {
  readonly #options: LeaderOptions;
  #isAsking = false;
  #isLate = false;

  constructor(options: LeaderOptions) {
    this.#options = options;
  }

  /** All outputs of the notebook follow these numbers. */
  change(data: readonly number[]): void {
    const { node, name, shown } = this.#options;
    const notebook = notebookOf(node);
    if (notebook === null) return;
    changesIn(notebook).set(shown, data);
    leading.add(node);
    if (name !== null) for (const computer of computersIn(notebook)) computer.change(name, data);
    onArrival(notebook, () => void this.#follow(notebook));
    void this.#follow(notebook);
  }

  /** Everything is again as the kernel computed it. */
  takeBack(): void {
    const { node, shown, say } = this.#options;
    const notebook = notebookOf(node);
    if (notebook === null) return;
    changesIn(notebook).delete(shown);
    leading.delete(node);
    for (const computer of computersIn(notebook)) computer.takeBack();
    const others = followersIn(notebook).filter(
      (follower) => follower.node !== node && !leading.has(follower.node),
    );
    for (const follower of others) follower.show(null);
    say(null);
    if (changesIn(notebook).size > 0) void this.#follow(notebook);
  }

  /** The variable of the session has these numbers from now on. */
  async give(data: readonly number[]): Promise<void> {
    const { node, shown, ask } = this.#options;
    await ask(node, { type: "give", changes: [{ tensor: shown, data: [...data] }] });
  }

  async #follow(notebook: Element): Promise<void> {
    if (this.#isAsking) {
      this.#isLate = true;
      return;
    }
    const { node, ask, say } = this.#options;
    this.#isAsking = true;
    // An idle kernel answers at once, which needs no words.
    const patience = window.setTimeout(() => say("waiting"), 400);
    try {
      do {
        this.#isLate = false;
        const changes = changesFor(node);
        const others = followersIn(notebook).filter((follower) => !leading.has(follower.node));
        const shown = [...new Set(others.flatMap((follower) => follower.shown ?? []))];
        const { tensors } = await ask(node, { type: "follow", changes, shown });
        const found = new Map(Array.isArray(tensors) ? tensors.map((one) => [one.shown, one.tensor]) : []);
        for (const follower of others) {
          const tensor = follower.shown === null ? undefined : found.get(follower.shown);
          if (tensor !== undefined && changesIn(notebook).size > 0) follower.show(tensor);
        }
      } while (this.#isLate);
      say(null);
    } catch (error) {
      say(error instanceof Error ? error : new Error(String(error)));
    } finally {
      window.clearTimeout(patience);
      this.#isAsking = false;
    }
  }
}
