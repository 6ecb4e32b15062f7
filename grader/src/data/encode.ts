/** Values become data. */

import { Tensor } from "gradbook";
import { type Data, DEPTH, MOST } from "./data.ts";

/** What happens to a function: it is given a number, say, or becomes its source. */
export type KeepFunction = (value: (...args: unknown[]) => unknown) => Data;

/** The value as data; throws a sentence where it cannot be handed over. */
export function encode(value: unknown, keep: KeepFunction): Data {
  let room = MOST;
  const visit = (x: unknown, depth: number): Data => {
    room -= 1;
    if (room < 0) throw new RangeError(`Cannot hand over a value of more than ${MOST} entries`);
    if (depth > DEPTH) throw new RangeError(`Cannot hand over a value with more than ${DEPTH} levels`);
    switch (typeof x) {
      case "number":
        return encodeNumber(x);
      case "string":
        room -= x.length / 8;
        return x;
      case "boolean":
        return x;
      case "undefined":
        return { is: "undefined" };
      case "bigint":
        return { is: "bigint", digits: String(x) };
      case "function":
        return keep(x as (...args: unknown[]) => unknown);
      case "symbol":
        throw new TypeError("Cannot hand over a JavaScript symbol");
    }
    if (x === null) return null;
    if (x instanceof Tensor) {
      room -= x.size;
      if (room < 0) throw new RangeError(`Cannot hand over a tensor of ${x.size} entries`);
      return { is: "tensor", shape: [...x.shape], dtype: x.dtype, data: Array.from(x.data, encodeNumber) };
    }
    if (Array.isArray(x)) return Array.from({ length: x.length }, (_, i) => visit(x[i], depth + 1));
    if (x instanceof Float64Array || x instanceof Float32Array || x instanceof Int32Array) {
      room -= x.length;
      if (room < 0) throw new RangeError(`Cannot hand over an array of ${x.length} entries`);
      return { is: "numbers", kind: x.constructor.name, data: Array.from(x, encodeNumber) };
    }
    const object = graphOf(x as object) ?? (x as Record<string, unknown>);
    return {
      is: "object",
      entries: Object.keys(object).map((name) => [name, visit(object[name], depth + 1)]),
    };
  };
  return visit(value, 0);
}

function encodeNumber(x: number): Data {
  if (Object.is(x, -0)) return { is: "-0" };
  if (Number.isFinite(x)) return x;
  return { is: String(x) as "NaN" | "Infinity" | "-Infinity" };
}

const DISPLAY = Symbol.for("Jupyter.display");
const GRAPH = "application/vnd.gradbook.graph.v1+json";

/** The JSON of a drawn graph, which is what it is to others. */
function graphOf(x: object): Record<string, unknown> | undefined {
  const display: unknown = (x as Record<symbol, unknown>)[DISPLAY];
  if (typeof display !== "function") return undefined;
  const bundle: unknown = display.call(x);
  const json = typeof bundle === "object" && bundle !== null && (bundle as Record<string, unknown>)[GRAPH];
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : undefined;
}
