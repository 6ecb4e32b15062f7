/** Finds what a formula speaks of, and so what must be computed anew at each point. */

import { Tape } from "../autodiff/tape.ts";
import type { Tensor } from "../tensor.ts";
import { type Expr, walk } from "./grammar.ts";
import type { Names } from "./names.ts";
import { objectiveOf } from "./objective.ts";
import { rolesIn } from "./roles.ts";
import type { Setting } from "./trial.ts";

/** What the formula speaks of, and what must be computed anew at each point. */
export function settingOf(members: readonly Expr[], names: Names): Setting {
  const known = names.labels;
  const labels = new Map<Tensor, string>();
  const gradients = new Set<Tensor>();
  const differentiatedBy = new Set<Tensor>();
  const visit = (part: Expr): void => {
    if (part.kind === "tensor") labels.set(part.tensor, known.get(part.tensor) ?? part.label);
    if (part.kind === "gradient") gradients.add(part.tensor);
    if (part.kind === "entry") {
      const { tensor, kind } = part.of;
      if (kind === "gradient") gradients.add(tensor);
      else labels.set(tensor, known.get(tensor) ?? part.label);
    }
    if (part.kind !== "derivative") return;
    const { of, by } = part;
    const variable = by.kind === "tensor" ? by.tensor : by.kind === "entry" ? by.of.tensor : null;
    if (variable === null) return;
    differentiatedBy.add(variable);
    if (of.kind === "objective" || (of.kind === "tensor" && of.label === "J")) gradients.add(variable);
  };
  for (const member of members) walk(member, visit);
  const asked = [...gradients];
  const objective = asked.length === 0 ? [] : objectiveOf(asked, labels, names);
  const ends = objective.map(({ y }) => y);
  const tape = new Tape([...labels.keys(), ...asked, ...ends]);
  for (const [x, label] of known) if (!labels.has(x) && tape.has(x)) labels.set(x, label);
  const roles = rolesIn(new Tape([...known.keys(), ...labels.keys()]));
  for (const x of [...differentiatedBy, ...asked]) roles.delete(x); // it can have any numbers
  return {
    tape,
    objective,
    labels,
    leaves: tape.leaves.filter((x) => x.name !== null || labels.has(x)),
    roles,
    asked,
    gradients: [...new Set([...asked, ...ends, ...labels.keys()])],
  };
}
