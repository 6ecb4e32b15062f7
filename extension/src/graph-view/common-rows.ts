/** Rows and values that several pages of the inspector have. */
import {
  fromJsonNumber,
  type GraphCheck,
  type GraphJson,
  type GraphNode,
  type GraphValues,
  matrixTex,
  plainTex,
} from "gradbook/graph";
import type { Translation } from "../translation.ts";
import { adjointSum } from "./contraction.ts";
import { edgeRule, isReached, stepsOfArrival } from "./formulas.ts";
import { type Content, type Inspected, type Row, type Tone, tex, text } from "./inspection.ts";
import { digitsTex, roughly } from "./number-text.ts";

/** 2 × 3, or the letters of a symbol. */
export function shapeText({ shape, lengths }: GraphNode, trans: Translation): string {
  return shape.length === 0 ? trans.__("scalar") : (lengths?.map(plainTex) ?? shape).join(" × ");
}

/** Where a node was computed. */
export function placeRow({ place }: GraphNode, trans: Translation): Row[] {
  return place === undefined ? [] : [{ label: trans.__("made in"), content: { kind: "place", place } }];
}

/** How the gradient agrees with central differences. */
export function checkRow({ check }: GraphNode, trans: Translation): Row[] {
  return check === undefined ? [] : [{ label: trans.__("check"), content: checkContent(check, trans) }];
}

function checkContent({ error, ok, why }: GraphCheck, trans: Translation): Content {
  if (ok === null) {
    return text(
      why === undefined ? trans.__("– cannot be said here") : trans.__("– cannot be said here: %1", why),
      "quiet",
    );
  }
  if (ok) return text(trans.__("✓ differences agree to %1", roughly(error)), "good");
  // Where one of the two is not a number, neither is the distance between them.
  const isNumber = Number.isFinite(error) && error > 0;
  return text(
    isNumber ? trans.__("✗ differences disagree by %1", roughly(error)) : trans.__("✗ differences disagree"),
    "bad",
  );
}

/** How differences look beside their gradient. */
export function toneOf({ ok }: GraphCheck): "good" | "bad" | "quiet" {
  return ok === null ? "quiet" : ok ? "good" : "bad";
}

/** Two lines of derivation and the rule they end in; the rule alone where it has no index string. */
export function ruleContent(inspected: Inspected, node: number, input: number): Content | null {
  const { graph } = inspected;
  const rule = edgeRule(graph, node, input);
  if (rule === null) return null;
  const sum = adjointSum(graph, node, input);
  if (sum === null) return tex(rule);
  const { left, definition, result } = sum;
  return tex(
    `\\begin{aligned} ${left} &= ${definition} \\\\ &= ${result} \\\\ \\Rightarrow \\; ${rule.replace(" = ", " &= ")} \\end{aligned}`,
  );
}

/** Whether the rule of an operand has a transpose that its index string explains. */
export function transposes(graph: GraphJson, node: number, input: number): boolean {
  const edge = graph.nodes[node].op?.inputs[input];
  const hasSign = edge !== undefined && "from" in edge && edge.rule?.includes("\\top") === true;
  return hasSign && adjointSum(graph, node, input) !== null;
}

/** Why a gradient is not visible; `null` where it is. */
export function missingGradient({ graph, view, trans }: Inspected, node: number): Content | null {
  if (isReached(graph, node, view.step)) return null;
  if (graph.steps.length === 0) return text(trans.__("there was no backward pass"), "quiet");
  const arrival = stepsOfArrival(graph)[node];
  if (arrival === null || graph.nodes[node].gradient === null)
    return text(trans.__("no gradient comes here"), "quiet");
  return text(trans.__("arrives with step %1", arrival), "quiet");
}

/** The most rows and columns of a matrix in the inspector, which is narrow. */
const MOST = 6;

/** `Z = …`: a matrix in formulas, or what is known of a large one. */
export function valuesContent(
  name: string,
  values: GraphValues,
  shape: readonly number[],
  tone: Tone,
  { digits, trans }: Pick<Inspected, "digits" | "trans">,
): Content {
  if ("data" in values) {
    const data = values.data.map(fromJsonNumber);
    const matrix =
      shape.length === 0
        ? digitsTex(data[0], digits)
        : matrixTex({ shape, data }, { most: shape.length > 2 ? 4 : MOST });
    return matrix === null
      ? text(trans.__("%1 entries", data.length), tone)
      : tex(`${name} = ${matrix}`, tone);
  }
  const [low, high, middle] = [values.least, values.most, values.mean].map((value) =>
    digitsTex(fromJsonNumber(value), digits),
  );
  return tex(
    `\\begin{aligned} &${low} \\;\\ldots\\; ${high} \\\\ &\\text{${trans.__("mean")}} \\; ${middle} \\end{aligned}`,
    tone,
  );
}
