/** Rows that several pages of the inspector have. */
import type { GraphCheck, GraphNode } from "gradbook/graph";
import type { Content, Inspected, Row } from "./inspection.ts";
import { text } from "./inspection.ts";
import { roughly } from "./number-tex.ts";
import { isReached, stepsOfArrival } from "./reached.ts";
import type { Translation } from "./translation.ts";

/** 2 × 3, or the letters of a symbol. */
export function shapeText({ shape, lengths }: GraphNode, trans: Translation): string {
  return shape.length === 0 ? trans.__("scalar") : (lengths ?? shape).join(" × ");
}

/** Where a node was computed. */
export function placeRow({ place }: GraphNode, trans: Translation): Row[] {
  return place === undefined ? [] : [{ label: trans.__("made in"), content: { kind: "place", place } }];
}

/** How the gradient agrees with central differences. */
export function checkRow({ check }: GraphNode, trans: Translation): Row[] {
  return check === undefined ? [] : [{ label: trans.__("check"), content: checkContent(check, trans) }];
}

function checkContent({ error, ok }: GraphCheck, trans: Translation): Content {
  return ok
    ? text(trans.__("✓ differences agree to %1", roughly(error)), "good")
    : text(trans.__("✗ differences disagree by %1", roughly(error)), "bad");
}

/** Why a gradient is not to be seen; `null` where it is. */
export function missingGradient({ graph, view, trans }: Inspected, node: number): Content | null {
  if (isReached(graph, node, view.step)) return null;
  if (graph.steps.length === 0) return text(trans.__("there was no backward pass"), "quiet");
  const arrival = stepsOfArrival(graph)[node];
  if (arrival === null || graph.nodes[node].gradient === null)
    return text(trans.__("no gradient comes here"), "quiet");
  return text(trans.__("arrives with step %1", arrival), "quiet");
}
