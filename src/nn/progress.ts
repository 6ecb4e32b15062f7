/** Shows in the notebook, in place, how far a training is. */

import { display, isConnected } from "../host.ts";
import { plainNumber } from "../numbers.ts";
import { type Plot, picture } from "../plot/plot.ts";
import { sceneOf } from "../plot/scene.ts";
import { svgOf } from "../plot/svg.ts";
import { textOf } from "../plot/text.ts";

/** The display of one training. */
export interface Progress {
  /** Shows the losses so far, unless something was shown less than a tenth of a second ago. */
  show(losses: readonly number[], epochsDone: number): void;
  /** Shows them in any case. */
  finish(losses: readonly number[]): void;
}

const INTERVAL_MS = 100;
const BAR_LENGTH = 24;

/** Opens a display below the cell; where there is no notebook, a silent one. */
export function openProgress(epochs: number): Progress {
  if (!isConnected()) return { show() {}, finish() {} };
  const id = nextId();
  let shownAt = Date.now();
  const put = (losses: readonly number[], epochsDone: number): void => {
    display(pictureOf(losses, epochsDone, epochs), { id });
    shownAt = Date.now();
  };
  put([], 0);
  return {
    show(losses, epochsDone) {
      if (Date.now() - shownAt >= INTERVAL_MS) put(losses, epochsDone);
    },
    finish(losses) {
      put(losses, epochs);
    },
  };
}

/** A line of text with a bar, and the loss curve on an axis as long as the training. */
function pictureOf(losses: readonly number[], epochsDone: number, epochs: number): Plot {
  const epoch = Math.min(epochs, Math.floor(epochsDone) + 1);
  const loss = losses.length === 0 ? "" : `, loss ${plainNumber(losses[losses.length - 1])}`;
  const title = epochsDone === epochs ? `${epochs} epochs${loss}` : `epoch ${epoch} of ${epochs}${loss}`;
  const full = Math.round((BAR_LENGTH * epochsDone) / epochs);
  const bar = "█".repeat(full) + "░".repeat(BAR_LENGTH - full);
  const curve = sceneOf({ curve: losses, x: [0, epochs], title, xLabel: "epoch", yLabel: "loss" });
  const scene = { ...curve, done: epochsDone };
  return picture(svgOf(scene), `${bar}  ${textOf(scene)}`);
}

let count = 0;

/** An id that no other display has, not even one that an earlier session left in the same notebook. */
function nextId(): string {
  count += 1;
  return `fit ${Date.now().toString(36)} ${count}`;
}
