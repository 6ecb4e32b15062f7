/** Debug mode: stops where a NaN first appears. */

import { ValueError } from "./errors.ts";
import { plainNumber } from "./numbers.ts";
import { entryName } from "./shape.ts";
import { internals, type Tensor } from "./tensor.ts";

let isOn = false;

/**
 * Switches debug mode on, or off: an op that turns numbers into NaN stops with an error, at the line that
 * called it. It looks at every result, so it costs time.
 *
 * @example
 * debug(false) // undefined
 */
export function debug(on = true): void {
  isOn = on;
}

/** Whether every result is looked at. */
export function isDebugging(): boolean {
  return isOn;
}

/** In debug mode, throws if a result has NaN in it and its operands have none. */
export function checkForNaN(action: string, y: Tensor, inputs: readonly Tensor[]): void {
  if (!isOn || internals.isSymbolic(y)) return;
  const position = y.data.findIndex(Number.isNaN);
  if (position < 0 || inputs.some(({ data }) => data.some(Number.isNaN))) return;
  const operands = inputs.map((x) => {
    const name = x.name ?? "the operand";
    const alike = x.size === y.size ? position : x.size === 1 ? 0 : -1;
    return alike < 0 ? name : `${name} = ${plainNumber(x.data[alike])}`;
  });
  throw new ValueError(
    `Cannot go on after ${action}: ${entryName(position, y.shape)} is NaN, from ${operands.join(" and ")}`,
  );
}
