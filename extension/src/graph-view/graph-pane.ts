/** A graph as a person sees it: the bar, the picture or the table, the inspector, and what is said. */
import { LIGHT, svgText } from "gradbook/graph";
import { Bar } from "./bar.ts";
import { CompareStrip } from "./compare-strip.ts";
import { describeSelection } from "./describe.ts";
import { EditStrip } from "./edit-strip.ts";
import { obstacleOf } from "./edits.ts";
import { element } from "./element.ts";
import { entryInput } from "./entry-input.ts";
import { exportItems } from "./exports.ts";
import type { GraphServices } from "./graph-link.ts";
import type { GraphModel } from "./graph-model.ts";
import { tableElement } from "./graph-table.ts";
import { helpElement } from "./help.ts";
import { inspect } from "./inspect.ts";
import type { Action, Inspected } from "./inspection.ts";
import { Inspector } from "./inspector.ts";
import { itemOf } from "./items.ts";
import { type Command, commandOf } from "./keys.ts";
import type { MenuItem } from "./menu-button.ts";
import { type EntrySelection, PaneActions } from "./pane-actions.ts";
import { PaneDrawing } from "./pane-drawing.ts";
import { Picture } from "./picture.ts";
import { Player } from "./player.ts";
import { ValuesSheet } from "./values-sheet.ts";
import { heightFor } from "./viewport.ts";

/** Tells the views of a page apart. */
let count = 0;

/** The view of one model. */
export class GraphPane {
  readonly node: HTMLElement;
  readonly #model: GraphModel;
  readonly #services: GraphServices;
  readonly #bar: Bar;
  readonly #body: HTMLElement;
  readonly #compare: CompareStrip;
  readonly #edit: EditStrip;
  readonly #picture: Picture;
  readonly #drawing: PaneDrawing;
  readonly #actions: PaneActions;
  readonly #player: Player;
  readonly #inspector: Inspector;
  readonly #table: HTMLElement = element("div", { class: "gb-TableView", hidden: true });
  readonly #sheet: ValuesSheet;
  readonly #spoken: HTMLElement = element("div", { class: "gb-Spoken", "aria-live": "polite" });
  readonly #stopListening: () => void;
  #isTable = false;
  #hasInspector: boolean;
  #prune = 0;
  #message: string | null = null;
  #frame: number | undefined;
  #drawnStep: number;
  /** What was spoken of last, so that only what is new is said. */
  #last: { step: number; selection: unknown };

  constructor(model: GraphModel, services: GraphServices) {
    const { trans, settings } = services;
    this.#model = model;
    this.#services = services;
    this.#hasInspector = settings.inspector;
    this.#last = { step: model.view.step, selection: model.view.selection };
    this.#drawnStep = model.view.step;
    count += 1;
    const hands = {
      hold: (selection: Parameters<PaneDrawing["hold"]>[0]) => this.#drawing.hold(selection),
      say: (message: string) => this.#say(message),
      ask: (selection: EntrySelection, label: string, value: number) => this.#ask(selection, label, value),
    };
    this.#actions = new PaneActions(model, hands, trans);
    this.#picture = new Picture(`gb-picture-${count}`, {
      select: (selection) => this.#actions.select(selection),
      activate: (selection) => this.#actions.activate(selection),
      resized: () => this.#schedule(),
    });
    this.#drawing = new PaneDrawing(model, this.#picture, (error) =>
      this.#say(error instanceof Error ? error.message : String(error)),
    );
    this.#player = new Player(model, () => this.#schedule());
    this.#bar = new Bar(model, this.#barActions(), trans);
    this.#compare = new CompareStrip(model, trans);
    this.#edit = new EditStrip(model, trans);
    const { reveal } = services;
    this.#inspector = new Inspector(
      {
        act: (action) => this.#act(action),
        reveal: reveal === null ? null : (place) => reveal(place, this.node),
      },
      (prune) => {
        this.#prune = prune;
        this.#schedule();
      },
      trans,
    );
    this.#sheet = new ValuesSheet(trans);
    this.#body = element(
      "div",
      { class: "gb-Pane-body" },
      this.#picture.node,
      this.#table,
      this.#inspector.node,
    );
    this.node = element(
      "div",
      { class: "gb-Pane" },
      this.#bar.node,
      this.#compare.node,
      this.#edit.node,
      this.#body,
      this.#sheet.node,
      this.#spoken,
    );
    this.node.addEventListener("keydown", (event) => this.#onKey(event));
    this.#stopListening = model.onChange(() => this.#schedule());
    this.#update();
  }

  dispose(): void {
    this.#stopListening();
    this.#player.stop();
    this.#picture.dispose();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.node.remove();
  }

  /** Changes come in bursts: they are drawn together, with the next frame. */
  #schedule(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#update();
    });
  }

  #update(): void {
    const model = this.#model;
    const { link } = model;
    const { animate } = this.#services.settings;
    this.node.classList.toggle("gb-mod-still", !animate);
    this.#bar.update({
      isPlaying: this.#player.isPlaying,
      isTable: this.#isTable,
      isComparing: model.comparison !== null,
      hasInspector: this.#hasInspector,
      canCheck: this.#canAsk || model.graph.nodes.some(({ check }) => check !== undefined),
    });
    this.#compare.update();
    this.#edit.update(this.#message);
    this.#inspector.node.hidden = !this.#hasInspector;
    this.#body.classList.toggle("gb-mod-inspected", this.#hasInspector);
    if (this.#hasInspector) this.#inspector.update(inspect(this.#inspected(link !== null)), this.#prune);
    this.#picture.node.hidden = this.#isTable;
    this.#table.hidden = !this.#isTable;
    if (this.#isTable) this.#drawTable();
    else void this.#drawPicture();
    this.#speak();
  }

  async #drawPicture(): Promise<void> {
    // What is not to be seen is laid out once it is.
    if (this.#picture.node.clientWidth === 0) return;
    await this.#drawing.update(this.#prune);
    const { selection, step } = this.#model.view;
    this.#body.style.setProperty(
      "--gb-needed",
      `${Math.round(heightFor(this.#picture.size, this.#picture.node.clientWidth))}px`,
    );
    if (step !== this.#drawnStep) this.#followStep();
    this.#picture.point(selection, this.#picture.node.contains(document.activeElement));
    const { trans } = this.#services;
    const { graph } = this.#model;
    this.#picture.node.setAttribute(
      "aria-label",
      trans.__(
        "Graph of %1: %2 tensors. Arrow keys move along it, ? lists all keys",
        graph.title,
        graph.nodes.length,
      ),
    );
  }

  /** What the last step computed is to be seen. */
  #followStep(): void {
    const { graph, view } = this.#model;
    this.#drawnStep = view.step;
    const made = graph.steps[view.step - 1];
    const operand = made && graph.nodes[made.node].op?.inputs[made.input];
    if (operand !== undefined && "from" in operand) {
      this.#picture.reveal(itemOf(graph, operand.from, view.open));
    }
  }

  #drawTable(): void {
    const { graph, view } = this.#model;
    this.#table.replaceChildren(
      tableElement(graph, view, (node) => this.#actions.select({ kind: "node", node }), this.#services.trans),
    );
  }

  #inspected(hasLink: boolean): Inspected {
    const { graph, view, reference } = this.#model;
    const { trans, settings } = this.#services;
    const canAsk = hasLink && this.#canAsk;
    return { graph, view, reference, canAsk, prune: this.#prune, digits: settings.digits, trans };
  }

  get #canAsk(): boolean {
    return obstacleOf(this.#model.latest.graph, this.#model.link) === null;
  }

  #barActions(): ConstructorParameters<typeof Bar>[1] {
    const { openInPanel } = this.#services;
    return {
      play: () => this.#player.toggle(this.#services.settings.secondsPerStep),
      zoom: (factor) => this.#picture.zoom(factor),
      fit: () => this.#picture.fit(),
      toggleTable: () => this.#toggleTable(),
      toggleCompare: () => this.#toggleCompare(),
      toggleDifferences: () => this.#toggleDifferences(),
      toggleInspector: () => {
        this.#hasInspector = !this.#hasInspector;
        this.#schedule();
      },
      openInPanel: openInPanel === null ? null : () => openInPanel(this.node),
      menu: () => this.#menu(),
    };
  }

  #menu(): readonly MenuItem[] {
    const { trans } = this.#services;
    const { graph, view } = this.#model;
    const svg = () => {
      const mark = this.#picture.mark;
      return mark === null
        ? ""
        : svgText(
            {
              ...mark,
              children: [{ tag: "title", attributes: {}, children: [graph.title] }, ...mark.children],
            },
            LIGHT,
          );
    };
    return [
      ...exportItems({ model: this.#model, svg, say: (message) => this.#say(message), trans }),
      {
        label: view.open.size === 0 ? trans.__("Open all groups") : trans.__("Close all groups"),
        isEnabled: graph.groups.length > 0,
        run: () => this.#actions.toggleAllGroups(),
      },
      { label: trans.__("Keys"), run: () => this.#toggleHelp() },
    ];
  }

  #onKey(event: KeyboardEvent): void {
    if (!(event.target instanceof Element) || !this.#picture.node.contains(event.target)) return;
    const command = commandOf(event);
    if (command === null || !(this.#actions.run(command) || this.#runHere(command))) return;
    event.preventDefault();
    // The notebook has its own use for these keys.
    event.stopPropagation();
  }

  /** What a key asks of the pane itself. */
  #runHere(command: Command): boolean {
    if (command.kind === "zoom") this.#picture.zoom(command.factor);
    else if (command.kind === "fit") this.#picture.fit();
    else if (command.kind === "play") this.#player.toggle(this.#services.settings.secondsPerStep);
    else if (command.kind === "table") this.#toggleTable();
    else if (command.kind === "help") this.#toggleHelp();
    else return false;
    return true;
  }

  #toggleTable(): void {
    this.#isTable = !this.#isTable;
    this.#schedule();
  }

  #toggleCompare(): void {
    const { comparison, latest } = this.#model;
    this.#model.compare(comparison === null ? { before: latest.number - 1, after: null } : null);
  }

  #toggleDifferences(): void {
    const { graph, view } = this.#model;
    if (view.differences || graph.nodes.some(({ check }) => check !== undefined)) {
      this.#model.look({ differences: !view.differences });
    } else void this.#model.check();
  }

  #toggleHelp(): void {
    const shown = this.node.querySelector(".gb-Help");
    if (shown !== null) {
      shown.remove();
      this.#picture.node.focus();
      return;
    }
    const sheet = helpElement(this.#services.trans, () => this.#toggleHelp());
    sheet.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#toggleHelp();
    });
    this.node.append(sheet);
    sheet.querySelector("button")?.focus();
  }

  #act(action: Action): void {
    if (action.kind === "scatter") this.#actions.toggleScatter(action.node);
    else if (action.kind === "toggle-group") this.#actions.toggleGroup(action.group);
    else if (action.kind === "edit") this.#actions.edit({ ...action, kind: "entry" });
    else if (action.kind === "check") void this.#model.check();
    else void this.#showValues(action.node);
  }

  async #showValues(node: number): Promise<void> {
    const { label, shape } = this.#model.graph.nodes[node];
    const data = await this.#model.allValues(node);
    if (data === null)
      this.#say(this.#services.trans.__("The kernel does not answer: try again when it is idle"));
    else this.#sheet.show(label, data, shape);
  }

  #ask(selection: EntrySelection, label: string, value: number): void {
    const box = this.#picture.boxOf(selection);
    if (box === null || this.#isTable) return;
    const { node, entry } = selection;
    const input = entryInput({
      label,
      value,
      box,
      change: (number) => void this.#model.edit(node, entry, number),
      done: () => {
        const hadFocus = input === document.activeElement;
        input.remove();
        if (hadFocus) this.#picture.node.focus();
      },
    });
    this.#picture.node.append(input);
    input.focus();
    input.select();
  }

  /** A sentence that stays until something else happens. */
  #say(message: string): void {
    this.#message = message;
    this.#edit.update(message);
  }

  #speak(): void {
    const { view, graph } = this.#model;
    const { trans } = this.#services;
    const isStep = view.step !== this.#last.step;
    const isSelection = view.selection !== this.#last.selection;
    this.#last = { step: view.step, selection: view.selection };
    if (isStep) this.#spoken.textContent = this.#bar.stepText();
    else if (isSelection) this.#spoken.textContent = describeSelection(graph, view, trans);
    if (isStep || isSelection) this.#message = null;
  }
}
