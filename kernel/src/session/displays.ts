/** Displays values while a cell runs, and remembers them by their ids, so that they can change in place. */

import type { Variables } from "gradbook/session";
import type { MimeBundle } from "../bridge.ts";
import { currentCell, type RunningCell } from "./context.ts";
import { mimeBundle, portable } from "./mime.ts";
import type { Output } from "./output.ts";

export interface DisplayOptions {
  /** Displayed again under the same id, a value takes the place of the one before. */
  readonly id?: string;
  /** The value is a MIME bundle already. */
  readonly raw?: boolean;
  /** Only take the place of an earlier one. */
  readonly update?: boolean;
}

/** The host that `display` and `clearOutput` of the library talk to, and that knows what names mean. */
export class Displays {
  readonly variables: Variables;
  readonly #output: Output;
  /** The run that displayed an id last, and the place of its cell. */
  readonly #shown = new Map<string, { run: number; place: string }>();

  constructor(output: Output, variables: Variables) {
    this.#output = output;
    this.variables = variables;
  }

  display(value: unknown, options: DisplayOptions): void {
    const cell = currentCell();
    if (!cell) return;
    const kind = this.#kind(cell, options);
    const bundle = options.raw ? portable(value) : mimeBundle(value);
    const show = (data: MimeBundle) => {
      const transient = options.id === undefined ? {} : { display_id: options.id };
      this.#output.publish(kind, { data, metadata: {}, transient });
    };
    if (bundle instanceof Promise) {
      const shown = bundle.then(show).finally(() => cell.displays.delete(shown));
      cell.displays.add(shown);
    } else {
      show(bundle);
    }
  }

  /** On stdout, as graders give nothing for a cell that wrote to stderr. */
  note(text: string): void {
    console.log(text);
  }

  clearOutput(options: { readonly wait?: boolean }): void {
    this.#output.publish("clear_output", { wait: options.wait ?? false });
  }

  /**
   * A second run of the same notebook cell displays anew, since its front end has cleared what the first
   * one displayed; everywhere else an id that is known is updated where it stands.
   */
  #kind(cell: RunningCell, { id, update }: DisplayOptions): "display_data" | "update_display_data" {
    if (id === undefined) return "display_data";
    const before = this.#shown.get(id);
    if (update) return "update_display_data";
    const rerun = before !== undefined && before.run !== cell.id && before.place === cell.place;
    if (!before || rerun) this.#shown.set(id, { run: cell.id, place: cell.place });
    return before && !rerun ? "update_display_data" : "display_data";
  }
}
