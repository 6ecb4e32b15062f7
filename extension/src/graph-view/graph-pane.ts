/** A graph as a person sees it: the bar, what is said, the picture or the table, the inspector. */
import type { Selection } from "gradbook/graph";
import { isPresented, togglePresenting } from "../present.ts";
import { Bar, type BarActions } from "./bar.ts";
import { obstacleOf } from "./edits.ts";
import { element } from "./element.ts";
import { askForNumber } from "./entry-input.ts";
import { exportItems } from "./exports.ts";
import type { GraphServices } from "./graph-link.ts";
import type { GraphModel } from "./graph-model.ts";
import type { Action, Inspected } from "./inspection.ts";
import { Inspector } from "./inspector.ts";
import { type Command, commandOf, HelpSheet, presenterCommandOf } from "./keys.ts";
import type { MenuItem } from "./menu-button.ts";
import { type EntrySelection, PaneActions } from "./pane-actions.ts";
import { PaneBody } from "./pane-body.ts";
import { Picture } from "./picture.ts";
import { Player } from "./player.ts";
import { Spoken } from "./spoken.ts";
import { CompareStrip, EditStrip } from "./strips.ts";
import { ValuesSheet } from "./values-sheet.ts";

/** Tells the views of a page apart. */
let count = 0;

/** The view of one model. */
export class GraphPane {
  readonly node: HTMLElement;
  readonly #model: GraphModel;
  readonly #services: GraphServices;
  readonly #bar: Bar;
  readonly #compare: CompareStrip;
  readonly #edit: EditStrip;
  readonly #picture: Picture;
  readonly #inspector: Inspector;
  readonly #body: PaneBody;
  readonly #actions: PaneActions;
  readonly #player: Player;
  readonly #sheet: ValuesSheet;
  readonly #help: HelpSheet;
  readonly #spoken: Spoken;
  readonly #stopListening: () => void;
  #isTable = false;
  /** Whether the inspector is wanted, as somebody asked for it or selected something; `null` before that. */
  #wantsInspector: boolean | null;
  #prune = 0;
  #message: string | null = null;
  #frame: number | undefined;

  constructor(model: GraphModel, services: GraphServices) {
    const { trans, settings } = services;
    this.#model = model;
    this.#services = services;
    this.#wantsInspector = settings.inspector ? null : false;
    this.#actions = new PaneActions(
      model,
      {
        hold: (selection: Selection) => this.#body.drawing.hold(selection),
        say: (message: string) => this.#say(message),
        ask: (selection: EntrySelection, label: string, value: number) => {
          askForNumber({ model, picture: this.#picture }, selection, label, value);
        },
      },
      trans,
    );
    count += 1;
    this.#picture = new Picture(`gb-picture-${count}`, {
      select: (selection) => this.#actions.select(selection),
      activate: (selection) => this.#actions.activate(selection),
      resized: () => this.#schedule(),
    });
    this.#player = new Player(model, () => this.#schedule());
    this.#bar = new Bar(model, this.#barActions(), trans);
    this.#compare = new CompareStrip(model, trans);
    this.#edit = new EditStrip(model, trans);
    this.#inspector = this.#makeInspector();
    this.#body = new PaneBody({
      model,
      picture: this.#picture,
      inspector: this.#inspector,
      select: (node) => this.#actions.select({ kind: "node", node }),
      trans,
    });
    this.#sheet = new ValuesSheet(trans);
    this.#spoken = new Spoken(model, trans);
    this.node = element(
      "div",
      { class: "gb-Pane" },
      this.#bar.node,
      this.#compare.node,
      this.#edit.node,
      this.#body.node,
      this.#sheet.node,
      this.#spoken.node,
    );
    this.#help = new HelpSheet(this.node, () => this.#picture.node.focus(), trans);
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
    this.#makeRoomForAnswers();
    if (this.#spoken.update(this.#bar.stepText())) this.#message = null;
    this.node.classList.toggle("gb-mod-still", !this.#services.settings.animate);
    this.#bar.update({
      isPlaying: this.#player.isPlaying,
      isTable: this.#isTable,
      isComparing: model.comparison !== null,
      hasInspector: this.#hasInspector,
      canCheck: this.#canAsk || model.graph.nodes.some(({ check }) => check !== undefined),
    });
    this.#compare.update();
    this.#edit.update(this.#message);
    const hasInspector = this.#hasInspector;
    this.#body
      .update(this.#isTable, hasInspector ? this.#inspected() : null, this.#prune)
      .then(() => {
        // How wide the picture is, is only known once it is laid out.
        if (this.#hasInspector !== hasInspector) this.#schedule();
      })
      .catch((error: unknown) => this.#say(error instanceof Error ? error.message : String(error)));
  }

  /** Until something is selected, the inspector is shown only where it leaves room for the whole picture. */
  get #hasInspector(): boolean {
    return this.#wantsInspector ?? !this.#picture.isCutBy(this.#inspector.widthBeside, this.node.clientWidth);
  }

  /** The first selection opens the inspector; what was selected stays where it is, or comes back into view. */
  #makeRoomForAnswers(): void {
    const { selection } = this.#model.view;
    if (this.#wantsInspector !== null || selection === null) return;
    this.#wantsInspector = true;
    this.#picture.keep(selection);
  }

  #inspected(): Inspected {
    const { graph, view, reference } = this.#model;
    const { trans, settings } = this.#services;
    return {
      graph,
      view,
      reference,
      canAsk: this.#canAsk,
      prune: this.#prune,
      digits: settings.digits,
      trans,
    };
  }

  /** Whether the kernel that made the graph would answer now. */
  get #canAsk(): boolean {
    return obstacleOf(this.#model.latest.graph, this.#model.link) === null;
  }

  #makeInspector(): Inspector {
    const { reveal, trans } = this.#services;
    const events = {
      act: (action: Action) => this.#act(action),
      reveal: reveal && ((place: Parameters<typeof reveal>[0]) => reveal(place, this.node)),
    };
    const prune = (part: number) => {
      this.#prune = part;
      this.#schedule();
    };
    return new Inspector(events, prune, trans);
  }

  #barActions(): BarActions {
    const { openInPanel } = this.#services;
    return {
      play: () => this.#play(),
      zoom: (factor) => this.#picture.zoom(factor),
      fit: () => this.#picture.fit(),
      toggleTable: () => this.#toggleTable(),
      toggleCompare: () => this.#actions.toggleCompare(),
      toggleDifferences: () => this.#actions.toggleDifferences(),
      toggleInspector: () => {
        this.#wantsInspector = !this.#hasInspector;
        this.#schedule();
      },
      openInPanel: openInPanel === null ? null : () => openInPanel(this.node),
      present: () => void this.#present(),
      menu: () => this.#menu(),
    };
  }

  #menu(): readonly MenuItem[] {
    const { trans } = this.#services;
    const { graph, view } = this.#model;
    const say = (message: string) => this.#say(message);
    return [
      ...exportItems({ model: this.#model, picture: this.#picture, say, trans }),
      {
        label: view.open.size === 0 ? trans.__("Open all groups") : trans.__("Close all groups"),
        isEnabled: graph.groups.length > 0,
        run: () => this.#actions.toggleAllGroups(),
      },
      { label: trans.__("Keys"), run: () => this.#help.toggle() },
    ];
  }

  #onKey(event: KeyboardEvent): void {
    const { target } = event;
    if (target !== this.#picture.node && target !== this.#body.table) return;
    const command = (isPresented(this.node) ? presenterCommandOf(event) : null) ?? commandOf(event);
    if (command === null || !(this.#runHere(command) || this.#actions.run(command))) return;
    event.preventDefault();
    // The notebook has its own use for these keys.
    event.stopPropagation();
  }

  /** What a key asks of the view itself; false for what is the model's. */
  #runHere(command: Command): boolean {
    if (command.kind === "zoom") this.#picture.zoom(command.factor);
    else if (command.kind === "fit") this.#picture.fit();
    else if (command.kind === "play") this.#play();
    else if (command.kind === "table") this.#toggleTable();
    else if (command.kind === "help") this.#help.toggle();
    else if (command.kind === "present") void this.#present();
    else return false;
    return true;
  }

  async #present(): Promise<void> {
    await togglePresenting(this.node);
    this.#picture.fit();
    this.#picture.node.focus();
  }

  #play(): void {
    this.#player.toggle(this.#services.settings.secondsPerStep);
  }

  #toggleTable(): void {
    const hadFocus = this.#body.node.contains(document.activeElement);
    this.#isTable = !this.#isTable;
    this.#update();
    if (hadFocus) (this.#isTable ? this.#body.table : this.#picture.node).focus();
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
    if (data !== null) this.#sheet.show(label, data, shape);
    else this.#say(this.#services.trans.__("The kernel does not answer: try again when it is idle"));
  }

  /** A sentence that stays until something else is selected. */
  #say(message: string): void {
    this.#message = message;
    this.#edit.update(message);
  }
}
