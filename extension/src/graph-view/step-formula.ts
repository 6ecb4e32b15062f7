/** What one step of the backward pass computes. */
import { type GraphJson, plainTex } from "gradbook/graph";
import { gradientTex } from "./entries.ts";

/** A formula for the eye and for the ear. */
export interface StepFormula {
  readonly tex: string;
  readonly text: string;
}

/**
 * The formula of step number `step`, counted from 1: `dW = X^{\top} dZ`; `dX += …` where another step brought a share
 * before. `null` for step 0 and beyond the end.
 */
export function stepFormula(graph: GraphJson, step: number): StepFormula | null {
  const found = graph.steps[step - 1];
  const input = found && graph.nodes[found.node].op?.inputs[found.input];
  if (input === undefined || !("from" in input)) return null;
  const isFirst = !graph.steps.slice(0, step - 1).some(({ node, input: other }) => {
    const before = graph.nodes[node].op?.inputs[other];
    return before !== undefined && "from" in before && before.from === input.from;
  });
  const tex = `${gradientTex(graph.nodes[input.from])} ${isFirst ? "=" : "\\mathrel{+}="} ${input.rule ?? "\\cdots"}`;
  return { tex, text: plainTex(tex.replace("\\mathrel{+}=", "+=")) };
}
