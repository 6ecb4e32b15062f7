/** What a person does in a graph, by mouse or keyboard, as changes of its model. */
import { canScatter, entryName, plainTex, type Selection } from "gradbook/graph";
import type { Translation } from "../translation.ts";
import { isEditable, isObstacle } from "./edits.ts";
import { entryAt } from "./entries.ts";
import type { GraphModel } from "./graph-model.ts";
import { MOST_VISIBLE, stepFrom, visibleCount } from "./items.ts";
import type { Command } from "./keys.ts";
import { entered, left, moved, nextEdge } from "./navigate.ts";
import { obstacleText } from "./strips.ts";

/** What the actions need of the pane they happen in. */
export interface PaneHands {
  /** Keeps what is selected where it is while the rest finds a new place. */
  readonly hold: (selection: Selection) => void;
  /** Tells the person something. */
  readonly say: (message: string) => void;
  /** Asks for a number in place of the entry's. */
  readonly ask: (selection: EntrySelection, label: string, value: number) => void;
}

/** A selected entry. */
export type EntrySelection = Extract<Selection, { kind: "entry" }>;

/** The actions. */
export class PaneActions {
  readonly #model: GraphModel;
  readonly #hands: PaneHands;
  readonly #trans: Translation;

  constructor(model: GraphModel, hands: PaneHands, trans: Translation) {
    this.#model = model;
    this.#hands = hands;
    this.#trans = trans;
  }

  /** Carries out what a key asks of the model; false for what is not the model's. */
  run(command: Command): boolean {
    const { graph, view } = this.#model;
    switch (command.kind) {
      case "move":
        this.select(moved(graph, view, command.direction));
        return true;
      case "edge":
        this.select(nextEdge(graph, view, command.by));
        return true;
      case "step":
        this.step(command.by);
        return true;
      case "enter":
        this.enter();
        return true;
      case "leave":
        // With nothing left to leave, the numbers that were changed are taken back.
        if (view.selection === null) this.#model.undoEdits();
        else this.select(left(view.selection));
        return true;
      case "scatter":
        if (view.selection?.kind === "node" || view.selection?.kind === "entry")
          this.toggleScatter(view.selection.node);
        return true;
      default:
        return false;
    }
  }

  select(selection: Selection | null): void {
    this.#model.look({ selection });
  }

  step(by: number): void {
    const { graph, view } = this.#model;
    this.#model.look({ step: stepFrom(graph, view.step, by, view.open) });
  }

  /** Opens, enters or changes what is selected. */
  enter(): void {
    const { graph, view } = this.#model;
    const { selection } = view;
    if (selection === null) this.select(moved(graph, view, "last"));
    else if (selection.kind === "group") this.toggleGroup(selection.group);
    else if (selection.kind === "entry") this.edit(selection);
    else this.select(entered(graph, selection) ?? selection);
  }

  /** What a double click does. */
  activate(selection: Selection): void {
    this.select(selection);
    const formula = selection.kind === "node" ? this.#formulaOf(selection.node) : undefined;
    if (formula !== undefined) this.toggleGroup(formula);
    else if (selection.kind === "group" || selection.kind === "entry") this.enter();
  }

  /** The open formula that computes a node. */
  #formulaOf(node: number): number | undefined {
    const { graph, view } = this.#model;
    const found = graph.groups.findIndex(({ into }) => into === node);
    return found >= 0 && view.open.has(found) ? found : undefined;
  }

  toggleGroup(group: number): void {
    const { graph, view } = this.#model;
    const open = new Set(view.open);
    if (!open.delete(group)) open.add(group);
    const count = visibleCount(graph, open);
    if (count > MOST_VISIBLE) {
      this.#hands.say(
        this.#trans.__("%1 boxes are more than anybody reads: close other groups first", count),
      );
      return;
    }
    const { into } = graph.groups[group];
    // An open formula is the node that it computes.
    const selection: Selection =
      into !== undefined && open.has(group) ? { kind: "node", node: into } : { kind: "group", group };
    this.#hands.hold(into === undefined ? selection : { kind: "node", node: into });
    this.#model.look({ open, selection });
  }

  /** Opens groups, the outer ones first, as long as not too much becomes visible; or closes them all. */
  toggleAllGroups(): void {
    const { graph, view } = this.#model;
    const open = new Set<number>();
    let isAll = true;
    for (const [group, { parent }] of view.open.size === 0 ? graph.groups.entries() : []) {
      if (parent !== undefined && !open.has(parent)) continue;
      open.add(group);
      if (visibleCount(graph, open) <= MOST_VISIBLE) continue;
      open.delete(group);
      isAll = false;
    }
    if (!isAll) {
      this.#hands.say(
        this.#trans.__("Not all groups are open: more than %1 boxes nobody reads", MOST_VISIBLE),
      );
    }
    this.#model.look({ open });
  }

  /** Compares the latest two updates, or ends a comparison. */
  toggleCompare(): void {
    const { comparison, latest } = this.#model;
    this.#model.compare(comparison === null ? { before: latest.number - 1, after: null } : null);
  }

  /** Shows central differences beside the gradients; the kernel computes them where they are not there. */
  toggleDifferences(): void {
    const { graph, view } = this.#model;
    if (view.differences || graph.nodes.some(({ check }) => check !== undefined)) {
      this.#model.look({ differences: !view.differences });
    } else void this.#model.check();
  }

  toggleScatter(node: number): void {
    const { graph, view } = this.#model;
    if (!canScatter(graph, node)) {
      this.#hands.say(
        this.#trans.__("Only small tensors whose numbers are all here are shown by their entries"),
      );
      return;
    }
    const scattered = new Set(view.scattered);
    if (!scattered.delete(node)) scattered.add(node);
    this.#hands.hold({ kind: "node", node });
    this.#model.look({ scattered, selection: { kind: "node", node } });
  }

  /** Asks for another number, or says why it cannot be changed. */
  edit(selection: EntrySelection): void {
    const { graph, calculator } = this.#model;
    const found = graph.nodes[selection.node];
    const value = entryAt(found.value, selection.entry);
    const name = plainTex(entryName(found, selection.entry));
    const trans = this.#trans;
    if (found.op !== null) {
      this.#hands.say(trans.__("%1 is computed: change what it depends on, a leaf", name));
    } else if (!isEditable(graph, selection.node) || value === null) {
      this.#hands.say(
        trans.__(
          "Only some of the numbers of %1 are in the notebook, so they cannot be changed here",
          found.label,
        ),
      );
    } else if (isObstacle(calculator)) {
      this.#hands.say(obstacleText(calculator, trans));
    } else {
      this.#hands.ask(selection, trans.__("New number for %1", name), value);
    }
  }
}
