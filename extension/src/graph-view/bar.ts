/** The bar above a graph: the steps of its backward pass, and how it is looked at. */
import type { Translation } from "../translation.ts";
import { iconButton, relabel } from "./buttons.ts";
import { element } from "./element.ts";
import { entryAt } from "./entries.ts";
import { stepFormula } from "./formulas.ts";
import type { GraphModel } from "./graph-model.ts";
import { stepFrom } from "./items.ts";
import { setMath } from "./math-element.ts";
import { type MenuItem, menuButton } from "./menu-button.ts";
import { digitsTex } from "./number-text.ts";

/** What the buttons do. */
export interface BarActions {
  readonly play: () => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly toggleTable: () => void;
  readonly toggleCompare: () => void;
  readonly toggleDifferences: () => void;
  readonly toggleInspector: () => void;
  readonly openInPanel: (() => void) | null;
  readonly present: () => void;
  readonly menu: () => readonly MenuItem[];
}

/** What the bar shows besides the state of the model. */
export interface BarState {
  readonly isPlaying: boolean;
  readonly isTable: boolean;
  readonly isComparing: boolean;
  readonly hasInspector: boolean;
  /** Whether there are differences to be shown, or a kernel to compute them. */
  readonly canCheck: boolean;
}

/** The bar. */
export class Bar {
  readonly node: HTMLElement;
  readonly #model: GraphModel;
  readonly #trans: Translation;
  readonly #buttons: Readonly<Record<ButtonName, HTMLButtonElement>>;
  readonly #slider: HTMLInputElement;
  readonly #count: HTMLElement = element("span", { class: "gb-Bar-count" });
  readonly #result: HTMLElement = element("span", { class: "gb-Bar-result gb-Math" });
  readonly #formula: HTMLElement = element("span", { class: "gb-Bar-formula gb-Math" });

  constructor(model: GraphModel, actions: BarActions, trans: Translation) {
    this.#model = model;
    this.#trans = trans;
    const go = (step: () => number) => () => model.look({ step: step() });
    const buttons = {
      first: iconButton(
        "first",
        trans.__("To the start"),
        go(() => 0),
      ),
      back: iconButton(
        "back",
        trans.__("One step back (p)"),
        go(() => stepFrom(model.graph, model.view.step, -1, model.view.open)),
      ),
      play: iconButton("play", trans.__("Play the backward pass (Space)"), actions.play),
      forward: iconButton(
        "forward",
        trans.__("One step forward (n)"),
        go(() => stepFrom(model.graph, model.view.step, 1, model.view.open)),
      ),
      last: iconButton(
        "last",
        trans.__("To the end"),
        go(() => model.graph.steps.length),
      ),
      smaller: iconButton("smaller", trans.__("Zoom out (-)"), () => actions.zoom(1 / 1.25)),
      larger: iconButton("larger", trans.__("Zoom in (+)"), () => actions.zoom(1.25)),
      fit: iconButton("fit", trans.__("Show all of it (0)"), actions.fit),
      differences: iconButton(
        "differences",
        trans.__("Central differences beside the gradients"),
        actions.toggleDifferences,
      ),
      compare: iconButton("compare", trans.__("Compare two updates"), actions.toggleCompare),
      table: iconButton("table", trans.__("Show as a table"), actions.toggleTable),
      inspector: iconButton("inspector", trans.__("Inspector"), actions.toggleInspector),
      present: iconButton("present", trans.__("On the whole screen (f)"), actions.present),
      panel: iconButton("panel", trans.__("Open in the side panel"), () => actions.openInPanel?.()),
    };
    this.#buttons = buttons;
    buttons.panel.hidden = actions.openInPanel === null;
    this.#slider = element("input", {
      type: "range",
      min: 0,
      step: 1,
      class: "gb-Slider",
      "aria-label": trans.__("Step of the backward pass"),
    });
    this.#slider.addEventListener("input", () => model.look({ step: this.#slider.valueAsNumber }));
    this.node = element(
      "div",
      { class: "gb-Bar", role: "toolbar", "aria-label": trans.__("Backward pass and view") },
      group(
        "gb-Bar-steps",
        buttons.first,
        buttons.back,
        buttons.play,
        buttons.forward,
        buttons.last,
        this.#slider,
      ),
      group("gb-Bar-step", this.#result, this.#count, this.#formula),
      group(
        "gb-Bar-view",
        buttons.smaller,
        buttons.larger,
        buttons.fit,
        buttons.differences,
        buttons.compare,
        buttons.table,
        buttons.inspector,
        buttons.present,
        buttons.panel,
        menuButton("more", trans.__("More"), actions.menu),
      ),
    );
  }

  /** Shows the state of the model. */
  update(state: BarState): void {
    const { graph, view, updates } = this.#model;
    const [steps, trans, buttons] = [graph.steps.length, this.#trans, this.#buttons];
    this.node.classList.toggle("gb-mod-forwardOnly", steps === 0);
    buttons.first.disabled = buttons.back.disabled = view.step === 0;
    buttons.forward.disabled = buttons.last.disabled = view.step === steps;
    buttons.play.disabled = steps === 0;
    relabel(
      buttons.play,
      state.isPlaying ? "pause" : "play",
      state.isPlaying ? trans.__("Pause (Space)") : trans.__("Play the backward pass (Space)"),
    );
    buttons.compare.disabled = updates.length < 2;
    buttons.differences.disabled = !state.canCheck;
    for (const zoom of [buttons.smaller, buttons.larger, buttons.fit]) zoom.disabled = state.isTable;
    press(buttons.table, state.isTable);
    press(buttons.compare, state.isComparing);
    press(buttons.differences, view.differences);
    press(buttons.inspector, state.hasInspector);

    this.#slider.max = String(steps);
    this.#slider.valueAsNumber = view.step;
    this.#slider.disabled = steps === 0;
    this.#slider.style.setProperty("--gb-done", steps === 0 ? "0" : String(view.step / steps));
    const formula = stepFormula(graph, view.step);
    this.#slider.setAttribute("aria-valuetext", this.stepText());
    this.#count.textContent = steps === 0 ? trans.__("no backward pass") : `${view.step} / ${steps}`;
    const result = graph.nodes[graph.nodes.length - 1];
    const value = result.shape.length === 0 ? entryAt(result.value, 0) : null;
    this.#result.hidden = value === null;
    if (value !== null) setMath(this.#result, `${result.tex} = ${digitsTex(value, 4)}`);
    if (formula === null) {
      this.#formula.replaceChildren();
      delete this.#formula.dataset.tex;
    } else setMath(this.#formula, formula.tex);
  }

  /** The step in words: what is spoken. */
  stepText(): string {
    const { graph, view } = this.#model;
    const formula = stepFormula(graph, view.step);
    return formula === null
      ? this.#trans.__("Step %1 of %2", view.step, graph.steps.length)
      : this.#trans.__("Step %1 of %2: %3", view.step, graph.steps.length, formula.text);
  }
}

type ButtonName =
  | "first"
  | "back"
  | "play"
  | "forward"
  | "last"
  | "smaller"
  | "larger"
  | "fit"
  | "differences"
  | "compare"
  | "table"
  | "inspector"
  | "present"
  | "panel";

function group(name: string, ...children: readonly HTMLElement[]): HTMLElement {
  return element("div", { class: name }, ...children);
}

function press(button: HTMLButtonElement, isPressed: boolean): void {
  button.setAttribute("aria-pressed", String(isPressed));
}
