/** One graph output as all of its views share it: the graphs it has shown, what is looked at, and what is edited. */
import { firstView, type GraphJson, type GraphView, readGraph } from "gradbook/graph";
import type { Edit } from "gradbook/replay";
import {
  type Calculator,
  calculatorFor,
  isReplayable,
  type Obstacle,
  obstacleOf,
  withEdit,
} from "./edits.ts";
import { numbersOf } from "./entries.ts";
import type { GraphLink } from "./graph-link.ts";
import { keptView, type Update, updateAt, withUpdate } from "./updates.ts";

/** Computes a graph again with some entries of its leaves changed. */
export type Replay = (graph: GraphJson, edits: readonly Edit[]) => GraphJson;

/** Two updates to compare, by their numbers; `after` is `null` for the latest at any time. */
export interface Comparison {
  readonly before: number;
  readonly after: number | null;
}

/** What has become of the last edit. */
export type EditState =
  | { readonly kind: "untouched" }
  | { readonly kind: "computing" }
  | { readonly kind: "computed"; readonly by: Calculator }
  | { readonly kind: "written"; readonly names: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };

/** How a model is made. */
export interface GraphModelOptions {
  readonly openUpTo: number;
  /** Brings what computes graphs in the page. */
  readonly loadReplay: () => Promise<Replay>;
}

/** The state of a graph output. */
export class GraphModel {
  readonly #options: GraphModelOptions;
  readonly #listeners = new Set<() => void>();
  #updates: readonly Update[];
  #view: GraphView;
  #comparison: Comparison | null = null;
  #edits: readonly Edit[] = [];
  #edited: GraphJson | null = null;
  #editState: EditState = { kind: "untouched" };
  #link: GraphLink | null = null;
  #stopListening: () => void = () => {};
  /** Counts the questions, so that a late answer is known to be late. */
  #asked = 0;

  constructor(graph: GraphJson, options: GraphModelOptions) {
    this.#options = options;
    this.#updates = withUpdate([], graph);
    this.#view = firstView(graph, options.openUpTo);
  }

  /** The graph that is shown: the edited one, the one chosen for comparison, or the latest. */
  get graph(): GraphJson {
    if (this.#edited !== null) return this.#edited;
    const after = this.#comparison?.after ?? null;
    return after === null ? this.latest.graph : updateAt(this.#updates, after).graph;
  }

  /** The graph that `graph` is compared with: the one before the edits, or the one chosen; else `null`. */
  get reference(): GraphJson | null {
    if (this.#comparison !== null) return updateAt(this.#updates, this.#comparison.before).graph;
    return this.#edited === null ? null : this.latest.graph;
  }

  get updates(): readonly Update[] {
    return this.#updates;
  }

  get latest(): Update {
    return this.#updates[this.#updates.length - 1];
  }

  get view(): GraphView {
    return this.#view;
  }

  get comparison(): Comparison | null {
    return this.#comparison;
  }

  get edits(): readonly Edit[] {
    return this.#edits;
  }

  get editState(): EditState {
    return this.#editState;
  }

  get link(): GraphLink | null {
    return this.#link;
  }

  /** Who would compute an edit now, or why nobody can. */
  get calculator(): Calculator | Obstacle {
    return calculatorFor(this.latest.graph, this.#link);
  }

  /** Calls `listener` after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      // The kernel's link outlives a view, and must not keep what nobody looks at any more.
      if (this.#listeners.size === 0) this.connect(null);
    };
  }

  /** Takes in the graph that the output shows now; edits of the one before are over. */
  show(graph: GraphJson): void {
    this.#view = keptView(this.#view, this.graph, graph);
    this.#updates = withUpdate(this.#updates, graph);
    this.#wantKnown();
    this.#forgetEdits({ kind: "untouched" });
  }

  /** Changes the view. */
  look(change: Partial<GraphView>): void {
    this.#view = { ...this.#view, ...change };
    this.#tell();
  }

  /** Compares two updates, or ends it. */
  compare(comparison: Comparison | null): void {
    const before = this.graph;
    this.#comparison = comparison;
    this.#forgetEdits({ kind: "untouched" });
    this.#view = keptView(this.#view, before, this.graph);
    this.#tell();
  }

  /** The kernel to ask from now on. */
  connect(link: GraphLink | null): void {
    if (link === this.#link) return;
    this.#stopListening();
    this.#link = link;
    this.#stopListening = link?.onChange(() => this.#tell()) ?? (() => {});
    this.#wantKnown();
    this.#tell();
  }

  /** Gives an entry of a leaf another number and computes all that follows. */
  async edit(node: number, entry: number, value: number): Promise<void> {
    this.#comparison = null;
    this.#edits = withEdit(this.#edits, { node, entry, value });
    await this.#compute();
  }

  /** Gives the leaf of this name and size these numbers; nothing happens in a graph without one. */
  async change(name: string, data: readonly number[]): Promise<void> {
    const { nodes } = this.latest.graph;
    const node = nodes.findIndex((one) => one.name === name && one.op === null);
    const before = node < 0 ? null : numbersOf(nodes[node].value);
    if (before === null || before.length !== data.length) return;
    this.#comparison = null;
    const others = this.#edits.filter((edit) => edit.node !== node);
    const edits = data.flatMap((value, entry) => (value === before[entry] ? [] : [{ node, entry, value }]));
    if (others.length + edits.length === 0) return this.undoEdits();
    this.#edits = [...others, ...edits];
    await this.#compute();
  }

  /** Gives an entry the number back that it has in the notebook. */
  async takeBack(node: number, entry: number): Promise<void> {
    const edits = this.#edits.filter((edit) => edit.node !== node || edit.entry !== entry);
    if (edits.length === this.#edits.length) return;
    if (edits.length === 0) return this.undoEdits();
    this.#edits = edits;
    await this.#compute();
  }

  /** Goes back to the numbers of the notebook. */
  undoEdits(): void {
    this.#forgetEdits({ kind: "untouched" });
  }

  /** Gives the edited numbers to the notebook's variables. */
  async write(): Promise<void> {
    const [edited, edits] = [this.#edited, this.#edits];
    if (edited === null || edits.length === 0) return;
    const answer = await this.#ask({ type: "write", edits });
    if (answer === null || this.#edits !== edits) return;
    const names = Array.isArray(answer.names) ? answer.names.map(String) : [];
    this.#updates = withUpdate(this.#updates, edited);
    this.#forgetEdits({ kind: "written", names });
  }

  /** Has the kernel compare each gradient with central differences. */
  async check(): Promise<void> {
    const answer = await this.#ask({ type: "check", edits: this.#edits });
    if (answer === null) return;
    const graph = readGraph(answer.graph);
    if (this.#edits.length > 0) this.#edited = graph;
    else this.#updates = [...this.#updates.slice(0, -1), { ...this.latest, graph }];
    this.look({ differences: true });
  }

  /** All entries of a node that is only summarised in the graph; `null` where the kernel cannot say. */
  async allValues(node: number): Promise<readonly number[] | null> {
    const link = this.#link;
    if (link === null || obstacleOf(this.latest.graph, link) !== null) return null;
    try {
      const { value } = await link.request({ type: "values", graph: this.latest.graph.id, node });
      if (typeof value !== "object" || value === null || !("data" in value)) return null;
      return Array.isArray(value.data) ? value.data.map(Number) : null;
    } catch {
      return null;
    }
  }

  async #compute(): Promise<void> {
    const edits = this.#edits;
    if (this.calculator !== "page") {
      const answer = await this.#ask({ type: "edit", edits });
      if (answer !== null) this.#finish(readGraph(answer.graph), "kernel");
      // A kernel that does not answer as it should: perhaps it has forgotten the graph.
      const isLost = answer === null && this.#edits === edits && this.#editState.kind === "failed";
      if (!isLost || !isReplayable(this.latest.graph)) return;
    }
    const asked = this.#start();
    try {
      const replay = await this.#options.loadReplay();
      if (asked === this.#asked) this.#finish(replay(this.latest.graph, edits), "page");
    } catch (error) {
      if (asked === this.#asked) this.#fail(error);
    }
  }

  /** Asks the kernel about the latest graph; `null` when that failed or is no longer of interest. */
  async #ask(message: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>> | null> {
    const asked = this.#start();
    try {
      if (this.#link === null) throw new Error("Cannot ask the kernel: there is none");
      const answer = await this.#link.request({ ...message, graph: this.latest.graph.id });
      if (asked !== this.#asked) return null;
      if (answer.type === "error") throw new Error(String(answer.message));
      return answer;
    } catch (error) {
      if (asked === this.#asked) this.#fail(error);
      return null;
    }
  }

  /** What is shown now may have been made by the kernel just now. */
  #wantKnown(): void {
    const { id } = this.latest.graph;
    if (id !== null) this.#link?.want(id);
  }

  #start(): number {
    this.#editState = { kind: "computing" };
    this.#tell();
    this.#asked += 1;
    return this.#asked;
  }

  #finish(graph: GraphJson, by: Calculator): void {
    this.#view = keptView(this.#view, this.graph, graph);
    this.#edited = graph;
    this.#editState = { kind: "computed", by };
    this.#tell();
  }

  #fail(error: unknown): void {
    this.#editState = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
    this.#tell();
  }

  #forgetEdits(state: EditState): void {
    this.#asked += 1;
    this.#edits = [];
    this.#edited = null;
    this.#editState = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
