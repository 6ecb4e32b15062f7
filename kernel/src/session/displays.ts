/** Displays values while a cell runs, and remembers them by their ids, so that they can change in place. */

import type { MimeBundle } from "../bridge.ts";
import { currentCell, type RunningCell, runAs } from "./context.ts";
import { mimeBundle, portable } from "./mime.ts";
import type { Output } from "./output.ts";
import { Pace } from "./pace.ts";

export interface DisplayOptions {
  /** Displayed again under the same id, a value takes the place of the one before. */
  readonly id?: string;
  /** The value is a MIME bundle already. */
  readonly raw?: boolean;
  /** Only take the place of an earlier one. */
  readonly update?: boolean;
}

type Kind = "display_data" | "update_display_data";

/**
 * Objects with this property follow a computation: of many that are displayed under one id only some are shown, and
 * the last. All others are shown each time, as they are at that moment.
 */
const LIVE = Symbol.for("gradbook.live");

export class Displays {
  readonly #output: Output;
  readonly #pace = new Pace<RunningCell>();
  /** The run that displayed an id last, and the place of its cell. */
  readonly #shown = new Map<string, { run: number; place: string }>();

  constructor(output: Output) {
    this.#output = output;
  }

  display(value: unknown, options: DisplayOptions): void {
    const cell = currentCell();
    if (!cell) return;
    const { id } = options;
    const kind = this.#kind(cell, options);
    const show = (): void => runAs(cell, () => this.#show(cell, kind, value, options));
    if (id === undefined) show();
    else if (kind === "update_display_data" && isLive(value)) this.#pace.soon(id, cell, show);
    else this.#pace.now(id, show);
  }

  /** Shows what a cell has displayed and what still waits for its time. */
  finish(cell: RunningCell): void {
    this.#pace.finish(cell);
  }

  #show(cell: RunningCell, kind: Kind, value: unknown, { id, raw }: DisplayOptions): void {
    const bundle = raw ? portable(value) : mimeBundle(value);
    const publish = (data: MimeBundle): void => {
      const transient = id === undefined ? {} : { display_id: id };
      this.#output.publish(kind, { data, metadata: {}, transient });
    };
    if (bundle instanceof Promise) {
      const shown = bundle.then(publish).finally(() => cell.displays.delete(shown));
      cell.displays.add(shown);
    } else {
      publish(bundle);
    }
  }

  /**
   * A second run of the same notebook cell displays anew, since its front end has cleared what the first
   * one displayed; everywhere else an id that is known is updated where it stands.
   */
  #kind(cell: RunningCell, { id, update }: DisplayOptions): Kind {
    if (id === undefined) return "display_data";
    const before = this.#shown.get(id);
    if (update) return "update_display_data";
    const rerun = before !== undefined && before.run !== cell.id && before.place === cell.place;
    if (!before || rerun) this.#shown.set(id, { run: cell.id, place: cell.place });
    return before && !rerun ? "update_display_data" : "display_data";
  }
}

function isLive(value: unknown): boolean {
  return typeof value === "object" && value !== null && LIVE in value && value[LIVE] === true;
}
