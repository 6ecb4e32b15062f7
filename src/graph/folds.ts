/** What is read as one op: an expression whose parts have no name, and a loss with what it computes on the way. */

import type { Scope } from "../tensor/host.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { DETACH, type GraphNode } from "./graph-json.ts";

/** Nodes that stand as one formula on the pill of the node that they are computed for. */
export interface Fold {
  readonly into: number;
  readonly nodes: readonly number[];
  readonly label: string;
}

/** The most signs of a formula on a pill. */
const LONGEST = 32;

/** The formula of node `k` as text, with the formulas of the nodes `inside` in it. */
type Written = (k: number, inside: ReadonlySet<number>) => string;

/** Finds what is read as one op; `order` has the tensors of the nodes. */
export function foldsOf(nodes: readonly GraphNode[], order: readonly Tensor[], written: Written): Fold[] {
  const uses = usesOf(nodes);
  const scopes = nodes.map((_, k) => (k < order.length ? (internals.nodeOf(order[k])?.scope ?? null) : null));
  return [...stepFolds(nodes, scopes, uses), ...expressionFolds(nodes, scopes, uses, written)];
}

/** The nodes that each is used by, one for each use. */
function usesOf(nodes: readonly GraphNode[]): readonly (readonly number[])[] {
  const uses: number[][] = nodes.map(() => []);
  for (const [k, { op }] of nodes.entries()) {
    for (const input of op?.inputs ?? []) if ("from" in input) uses[input.from].push(k);
  }
  return uses;
}

type Scopes = readonly (Scope | null)[];
type Uses = readonly (readonly number[])[];

/** The outermost step that a scope is part of: a loss. */
export function stepAround(scope: Scope | null): Scope | null {
  let found: Scope | null = null;
  for (let at = scope; at !== null; at = at.parent) if (at.isStep) found = at;
  return found;
}

function stepFolds(nodes: readonly GraphNode[], scopes: Scopes, uses: Uses): Fold[] {
  const members = new Map<Scope, number[]>();
  for (const [k, scope] of scopes.entries()) {
    const step = stepAround(scope);
    if (step === null) continue;
    const all = members.get(step) ?? [];
    members.set(step, all);
    all.push(k);
  }
  return [...members].flatMap(([{ label }, all]): Fold[] => {
    const into = all[all.length - 1];
    const own = new Set(all);
    const isClosed = all.every((k) => k === into || uses[k].every((user) => own.has(user)));
    // The classes of a cross-entropy as ones and zeros: nobody but the loss has ever seen them.
    const made = nodes.flatMap(({ name, op }, k) =>
      name === null && op === null && uses[k].length > 0 && uses[k].every((user) => own.has(user)) ? [k] : [],
    );
    const inside = [...made, ...all.slice(0, -1)];
    return isClosed && inside.length > 0 ? [{ into, nodes: inside, label }] : [];
  });
}

/** The ops after whose result a product begins anew: a layer ends with its activation. */
const CONTINUES: ReadonlySet<string> = new Set(["transpose", "neg", "mul", "div", "add", "sub", DETACH]);

function expressionFolds(nodes: readonly GraphNode[], scopes: Scopes, uses: Uses, written: Written): Fold[] {
  const inside = new Map<number, ReadonlySet<number>>();
  const isFolded = new Set<number>();
  for (const [k, { op }] of nodes.entries()) {
    if (op === null || op.name === DETACH || scopes[k] !== null) continue;
    let own: ReadonlySet<number> = new Set();
    for (const input of op.inputs) {
      if (!("from" in input) || !isPart(nodes, scopes, uses, input.from, k)) continue;
      const more = new Set([...own, input.from, ...(inside.get(input.from) ?? [])]);
      if (written(k, more).length > LONGEST) continue;
      own = more;
      isFolded.add(input.from);
    }
    if (own.size > 0) inside.set(k, own);
  }
  return [...inside].flatMap(([into, own]): Fold[] =>
    isFolded.has(into) ? [] : [{ into, nodes: [...own].sort((a, b) => a - b), label: written(into, own) }],
  );
}

/** Whether node `k` is a part of the expression that `user` is: without a name, written in one line, of use nowhere else. */
function isPart(nodes: readonly GraphNode[], scopes: Scopes, uses: Uses, k: number, user: number): boolean {
  const { name, op, place } = nodes[k];
  if (name !== null || op === null || op.name === DETACH || scopes[k] !== null || uses[k].length !== 1)
    return false;
  const there = nodes[user].place;
  if (place?.cell !== there?.cell || place?.line !== there?.line) return false;
  // A sum is written over entries, which have no short name.
  if (/^(Σ|mean)$/.test(nodes[user].op?.label ?? "")) return false;
  return nodes[user].op?.name !== "matmul" || op.inputs.length > 1 || CONTINUES.has(op.name);
}
