/** Where an entry stands in its tensor. */

import { formatShape } from "../shape.ts";
import { isDimension, positionsOf } from "./bind.ts";
import { describe } from "./describe.ts";
import { FormulaError } from "./errors.ts";
import type { Entry } from "./grammar.ts";
import type { Scene } from "./scene.ts";

/** Its place: positions counted from 0, and indices. */
export function placesOf(expr: Entry, { letters, source }: Scene): (number | string)[] {
  const { shape, rank } = expr.of.tensor;
  const positions = positionsOf(expr.subscripts, rank);
  if (positions.length !== rank) {
    const needs = `${rank} ${rank === 1 ? "index" : "indices"}`;
    throw new FormulaError(
      `${describe(expr)} has ${positions.length}, and an entry of shape ${formatShape(shape)} needs ${needs}`,
      source,
      expr.at,
    );
  }
  return positions.map((position, axis) => {
    if (typeof position === "string") {
      const isLast = isDimension(position) || letters.dimensions.has(position);
      const isIndex = letters.lengths.has(position) || !isLast;
      return isIndex ? position : shape[axis] - 1;
    }
    if (position >= 1 && position <= shape[axis]) return position - 1;
    throw new FormulaError(
      `${describe(expr)} lies outside of shape ${formatShape(shape)}: indices count from 1 to ${shape[axis]}`,
      source,
      expr.at,
    );
  });
}
