/** Plays the backward pass: a step at a time, until the end or until it is stopped. */
import type { GraphModel } from "./graph-model.ts";
import { stepFrom } from "./items.ts";

/** Moves the step of a model on by itself. */
export class Player {
  readonly #model: GraphModel;
  readonly #onChange: () => void;
  #timer: number | undefined;

  /** `onChange` is called when it starts and when it stops. */
  constructor(model: GraphModel, onChange: () => void) {
    this.#model = model;
    this.#onChange = onChange;
  }

  get isPlaying(): boolean {
    return this.#timer !== undefined;
  }

  /** Starts, from the beginning where the end is reached, or stops. */
  toggle(secondsPerStep: number): void {
    if (this.isPlaying) {
      this.stop();
      return;
    }
    const { view, graph } = this.#model;
    if (graph.steps.length === 0) return;
    if (view.step >= graph.steps.length) this.#model.look({ step: 0 });
    this.#timer = window.setInterval(() => this.#tick(), 1000 * secondsPerStep);
    this.#onChange();
  }

  stop(): void {
    if (!this.isPlaying) return;
    window.clearInterval(this.#timer);
    this.#timer = undefined;
    this.#onChange();
  }

  #tick(): void {
    const { view, graph } = this.#model;
    if (view.step < graph.steps.length) {
      this.#model.look({ step: stepFrom(graph, view.step, 1, view.open) });
    }
    if (this.#model.view.step >= graph.steps.length) this.stop();
  }
}
