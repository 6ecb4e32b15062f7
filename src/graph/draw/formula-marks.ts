/** The formula of a gradient at its lane: dW = Xᵀ dZ, where there is room for it. */

import { texLabel } from "../../latex/plain.ts";
import { labelMarks, labelText, labelWidth } from "../../typeset/label.ts";
import type { GraphJson, GraphStep } from "../graph-json.ts";
import { type Mark, mark } from "../mark.ts";
import { INK } from "./block-marks.ts";
import { place } from "./card-marks.ts";
import type { Box } from "./layout.ts";
import { classes } from "./looks.ts";
import type { Point } from "./plain-format.ts";

const SIZE = 13;
const HEIGHT = 20;
/** Where on its lane a formula may stand, and how far above or below it: the first that fits is taken. */
const ALONG = [0.5, 0.35, 0.65, 0.2, 0.8] as const;
const BESIDE = [15, -15, 0, 27, -27, 42, -42, 60, -60] as const;

/** The formula of a step, in the notation of labels; `null` where it is not known. */
export function formulaOf(graph: GraphJson, { node, input }: GraphStep): string | null {
  const edge = graph.nodes[node].op?.inputs[input];
  if (edge === undefined || !("from" in edge) || edge.rule === undefined) return null;
  return texLabel(`d${graph.nodes[edge.from].tex} = ${edge.rule}`);
}

/** Where a formula stands: beside its lane, off the boxes. `null` when there is no such place and it may be left out. */
export function placeFormula(
  formula: string,
  lane: readonly Point[],
  taken: readonly Box[],
  area: { readonly width: number; readonly height: number },
  mayBeLeftOut: boolean,
): Box | null {
  const width = labelWidth(formula, SIZE) + 10;
  let best: { readonly box: Box; readonly cost: number } | null = null;
  for (const beside of BESIDE) {
    for (const along of ALONG) {
      const { x, y } = pointAt(lane, along);
      const box = { x: x - width / 2, y: y + beside - HEIGHT / 2, width, height: HEIGHT };
      const isOutside =
        box.x < 2 || box.y < 2 || box.x + width > area.width - 2 || box.y + HEIGHT > area.height - 2;
      const cost = taken.reduce((sum, other) => sum + overlap(box, other), isOutside ? 1e6 : 0);
      if (cost === 0) return box;
      if (best === null || cost < best.cost) best = { box, cost };
    }
  }
  return mayBeLeftOut ? null : (best?.box ?? null);
}

/** Draws a formula in its place. */
export function formulaMarks(formula: string, box: Box, isCurrent: boolean): Mark {
  return mark(
    "g",
    classes("gb-Formula", isCurrent && "gb-mod-current"),
    mark("title", {}, labelText(formula)),
    mark("rect", { ...classes("gb-Formula-ground"), ...place(box.x, box.y, box.width, box.height), rx: 3 }),
    ...labelMarks(formula, box.x + box.width / 2, box.y + HEIGHT / 2, SIZE, INK),
  );
}

function overlap(a: Box, b: Box): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across > 0 && down > 0 ? across * down : 0;
}

/** The point of a lane at a share of its pieces. */
function pointAt(points: readonly Point[], share: number): Point {
  const pieces = (points.length - 1) / 3;
  const piece = Math.min(pieces - 1, Math.floor(share * pieces));
  const t = share * pieces - piece;
  const [a, b, c, d] = points.slice(3 * piece, 3 * piece + 4);
  const mix = (of: (point: Point) => number): number => {
    const s = 1 - t;
    return s ** 3 * of(a) + 3 * s * s * t * of(b) + 3 * s * t * t * of(c) + t ** 3 * of(d);
  };
  return { x: mix(({ x }) => x), y: mix(({ y }) => y) };
}
