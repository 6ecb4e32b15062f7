/** Displays values while a cell runs, and remembers them by their ids, so that they can change in place. */

import type { MimeBundle } from "../bridge.ts";
import { currentCell, type RunningCell, runAs } from "./context.ts";
import { mimeBundle, portable } from "./mime.ts";
import type { Output } from "./output.ts";
import { Pace, type Work } from "./pace.ts";

export interface DisplayOptions {
  /** Displayed again under the same id, a value takes the place of the one before. */
  readonly id?: string;
  /** The value is a MIME bundle already. */
  readonly raw?: boolean;
  /** Only replaces an earlier one. */
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
  readonly #reportLate: (error: unknown) => void;
  readonly #pace = new Pace<RunningCell>();
  /** By id, what resolves when the content that is being made has been shown, or could not be made. */
  readonly #making = new Map<string, Promise<void>>();
  /** The run that displayed an id last, and the place of its cell. */
  readonly #shown = new Map<string, { run: number; place: string }>();

  constructor(output: Output, reportLate: (error: unknown) => void) {
    this.#output = output;
    this.#reportLate = reportLate;
  }

  display(value: unknown, options: DisplayOptions): void {
    const cell = currentCell();
    if (!cell) return;
    const { id } = options;
    const kind = this.#kind(cell, options);
    const show: Work = () => runAs(cell, () => this.#show(cell, kind, value, options));
    if (id === undefined) show();
    else if (kind === "update_display_data" && isLive(value)) this.#pace.soon(id, cell, show);
    else this.#pace.now(id, cell, show);
  }

  /** Whether something that a cell has displayed is not shown yet. */
  owes(cell: RunningCell): boolean {
    return this.#pace.owes(cell);
  }

  /** Shows what a cell has displayed and what still waits for its time; a promise where that takes a while. */
  finish(cell: RunningCell): Promise<unknown> | undefined {
    return this.#pace.finish(cell);
  }

  #show(
    cell: RunningCell,
    kind: Kind,
    value: unknown,
    { id, raw }: DisplayOptions,
  ): Promise<void> | undefined {
    const bundle = raw ? portable(value) : mimeBundle(value);
    const publish = (data: MimeBundle): void => {
      const transient = id === undefined ? {} : { display_id: id };
      this.#output.publish(kind, { data, metadata: {}, transient });
    };
    const before = id === undefined ? undefined : this.#making.get(id);
    if (!before && !(bundle instanceof Promise)) {
      publish(bundle);
      return undefined;
    }
    // Values of one id are shown in the order in which they were displayed, however long each takes to be made.
    const made = before ? before.then(() => bundle) : bundle;
    const shown = Promise.resolve(made)
      .then(publish)
      .catch((error: unknown) => this.#note(cell, error))
      .finally(() => {
        cell.displays.delete(shown);
        if (id !== undefined && this.#making.get(id) === shown) this.#making.delete(id);
      });
    cell.displays.add(shown);
    if (id !== undefined) this.#making.set(id, shown);
    return shown;
  }

  /** A content that cannot be made is a failure of its cell, unless that has ended. */
  #note(cell: RunningCell, error: unknown): void {
    if (cell.hasEnded) runAs(cell, () => this.#reportLate(error));
    else cell.displayFailure ??= { error };
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
