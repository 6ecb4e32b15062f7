/** The outputs of a page that follow when a number is changed in another one of the same notebook. */

/** An output that shows a tensor; it is known by the LaTeX that it was shown with. */
export interface Follower {
  readonly node: HTMLElement;
  /** `null` while it shows nothing that could follow. */
  readonly shown: string | null;
  /** Shows other data in place of its own; `null` for its own again. */
  readonly show: (tensor: unknown) => void;
}

/** An output that computes by itself what follows, as a graph does. */
export interface Computer {
  readonly node: HTMLElement;
  /** A tensor of this name and size has these numbers now. */
  readonly change: (name: string, data: readonly number[]) => void;
  readonly takeBack: () => void;
}

const followers = new Set<Follower>();
const computers = new Set<Computer>();

/** What is changed in each notebook: the numbers of tensors, by the LaTeX that they were shown with. */
const changes = new WeakMap<Element, Map<string, readonly number[]>>();

/** Called when an output has come to a notebook in which something is changed. */
const arrivals = new WeakMap<Element, () => void>();

/** The notebook of an output that is out of sight, and so out of the page. */
const homes = new WeakMap<HTMLElement, Element>();

/** The notebook in which an output stands; `null` elsewhere. */
export function notebookOf(node: HTMLElement): Element | null {
  const now = node.closest(".jp-Notebook");
  if (now !== null) homes.set(node, now);
  return now ?? homes.get(node) ?? null;
}

/** Has an output follow until the returned function is called. */
export function addFollower(follower: Follower): () => void {
  followers.add(follower);
  return () => followers.delete(follower);
}

/** Has an output compute along until the returned function is called. */
export function addComputer(computer: Computer): () => void {
  computers.add(computer);
  return () => computers.delete(computer);
}

/** Says that an output is in its notebook and shows what the kernel computed. */
export function arrived(node: HTMLElement): void {
  const notebook = notebookOf(node);
  if (notebook !== null) arrivals.get(notebook)?.();
}

/** The outputs of a notebook that follow. */
export function followersIn(notebook: Element): readonly Follower[] {
  return [...followers].filter(({ node }) => notebookOf(node) === notebook);
}

/** The outputs of a notebook that compute along. */
export function computersIn(notebook: Element): readonly Computer[] {
  return [...computers].filter(({ node }) => notebookOf(node) === notebook);
}

/** What is changed in a notebook. */
export function changesIn(notebook: Element): Map<string, readonly number[]> {
  const known = changes.get(notebook);
  if (known !== undefined) return known;
  const fresh = new Map<string, readonly number[]>();
  changes.set(notebook, fresh);
  return fresh;
}

/** The same as a question has it. */
export function changesFor(node: HTMLElement): { readonly tensor: string; readonly data: number[] }[] {
  const notebook = notebookOf(node);
  if (notebook === null) return [];
  return [...changesIn(notebook)].map(([tensor, data]) => ({ tensor, data: [...data] }));
}

/** Calls `again` for every output that arrives in a notebook. */
export function onArrival(notebook: Element, again: () => void): void {
  arrivals.set(notebook, again);
}
