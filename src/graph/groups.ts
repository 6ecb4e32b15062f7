/** What is shown as one at first: layers, repetitions, and stretches of whatever is still too long to read. */

import type { Scope } from "../tensor/host.ts";
import { internals, type Tensor } from "../tensor/tensor.ts";
import { type Fold, stepAround } from "./folds.ts";
import type { GraphGroup, GraphJson, GraphNode } from "./graph-json.ts";

/** The most things that a person sees at once, and from how many on equal ones are shown as one. */
const [MOST, MANY] = [40, 8];
/** The longest pattern that is looked for as a repetition, and how often it must occur. */
const [LONGEST, OFTEN] = [24, 3];

/** What a level is made of: an op, by its node, or a group that was made before. */
interface Unit {
  readonly nodes: readonly number[];
  /** What makes two units alike. */
  readonly kind: string;
  readonly group: Draft | null;
}

interface Draft {
  readonly label: string;
  readonly repeats?: number;
  readonly units: readonly Unit[];
  /** The last node of a formula, which is seen while the others are not. */
  readonly into?: number;
}

/**
 * The nodes with the groups they lie in. A leaf lies where everything computed from it does, as a layer's W and b do;
 * but a first operand, such as its X, comes from outside.
 */
export function grouped(
  nodes: readonly GraphNode[],
  order: readonly Tensor[],
  folds: readonly Fold[] = [],
): Pick<GraphJson, "nodes" | "groups"> {
  const top = together(scoped(nodes, order, folds));
  const groups: GraphGroup[] = [];
  const groupOf = new Map<number, number>();
  const place = (units: readonly Unit[], parent: number | undefined): void => {
    for (const { nodes: inside, group } of units) {
      if (group === null) {
        if (parent !== undefined) for (const node of inside) groupOf.set(node, parent);
        continue;
      }
      const { label, repeats, units: members, into } = group;
      groups.push({
        label,
        ...(parent !== undefined && { parent }),
        ...(repeats !== undefined && { repeats }),
        ...(into !== undefined && { into }),
      });
      if (into !== undefined && parent !== undefined) groupOf.set(into, parent);
      place(members, groups.length - 1);
    }
  };
  place(top, undefined);
  for (const [leaf, group] of leavesOf(nodes, groups, groupOf)) {
    if (!groupOf.has(leaf)) groupOf.set(leaf, group);
  }
  const operands = operandGroups({ nodes, groups, groupOf }, MOST);
  groups.push(...operands.groups);
  for (const [leaf, group] of operands.groupOf) groupOf.set(leaf, group);
  return {
    nodes: nodes.map((node, k) => {
      const group = groupOf.get(k);
      return group === undefined ? node : { ...node, group };
    }),
    groups,
  };
}

/** The ops as they were called, those of one layer put together. */
function scoped(nodes: readonly GraphNode[], order: readonly Tensor[], folds: readonly Fold[]): Unit[] {
  interface Open {
    readonly scope: Scope | null;
    readonly units: (Unit | Open)[];
  }
  const root: Open = { scope: null, units: [] };
  const opened = new Map<Scope, Open>();
  const open = (scope: Scope | null): Open => {
    if (scope === null) return root;
    const known = opened.get(scope);
    if (known !== undefined) return known;
    const fresh: Open = { scope, units: [] };
    opened.set(scope, fresh);
    open(scope.parent).units.push(fresh);
    return fresh;
  };
  const foldInto = new Map(folds.map((fold) => [fold.into, fold]));
  const inFolds = new Set(folds.flatMap((fold) => fold.nodes));
  for (const [k, node] of nodes.entries()) {
    if (node.op === null || inFolds.has(k)) continue;
    const own = order[k] === undefined ? null : (internals.nodeOf(order[k])?.scope ?? null);
    const step = stepAround(own);
    const fold = foldInto.get(k);
    open(step === null ? own : step.parent).units.push(
      fold === undefined ? { nodes: [k], kind: kindOf(node), group: null } : foldedUnit(nodes, fold),
    );
  }
  const close = ({ units }: Open): Unit[] =>
    units.map((unit) => {
      if (!("scope" in unit)) return unit;
      const inside = together(close(unit));
      // A layer of one op is just that op.
      return inside.length === 1 ? inside[0] : unitOf(unit.scope?.label ?? "", inside);
    });
  return close(root);
}

function kindOf({ op, shape, place }: GraphNode): string {
  return `${op?.name}(${shape})@${place?.cell ?? ""}:${place?.line ?? ""}`;
}

function foldedUnit(all: readonly GraphNode[], { into, nodes, label }: Fold): Unit {
  const units = nodes.map((k) => ({ nodes: [k], kind: kindOf(all[k]), group: null }));
  const kinds = [...units.map(({ kind }) => kind), kindOf(all[into])];
  return { nodes: [...nodes, into], kind: `{${kinds.join(";")}}`, group: { label, units, into } };
}

function unitOf(label: string, units: readonly Unit[], repeats?: number): Unit {
  return {
    nodes: units.flatMap(({ nodes }) => nodes),
    kind: `{${units.map(({ kind }) => kind).join(";")}}`,
    group: { label, units, ...(repeats !== undefined && { repeats }) },
  };
}

/** Groups until a person sees all at once: repetitions first, then stretches. */
function together(units: readonly Unit[]): readonly Unit[] {
  return units.length <= MANY ? units : few(repetitions(units), "steps");
}

/** The units in stretches, and stretches of stretches, until there are few; `what` says of what, such as `rounds`. */
function few(units: readonly Unit[], what: string): readonly Unit[] {
  return weightOf(units) <= MOST ? units : few(stretches(units, what), what);
}

/** As many ops as a person sees operands of: those of a formula stand before it, those of a group inside. */
function weightOf(units: readonly Unit[]): number {
  let weight = 0;
  for (const { group, nodes } of units) weight += group?.into === undefined ? 1 : nodes.length;
  return weight;
}

/** Consecutive repetitions of the same pattern as one. */
function repetitions(units: readonly Unit[]): Unit[] {
  const folded: Unit[] = [];
  for (let start = 0; start < units.length; ) {
    const { length, times } = bestRepetition(units, start);
    if (times < OFTEN) {
      folded.push(units[start]);
      start += 1;
      continue;
    }
    const rounds = Array.from({ length: times }, (_, k) =>
      units.slice(start + k * length, start + (k + 1) * length),
    );
    const members = rounds.map((round, k) =>
      length === 1 ? round[0] : unitOf(`round ${k + 1}`, together(round)),
    );
    folded.push(unitOf(namesOf(rounds[0]), few(members, "rounds"), times));
    start += length * times;
  }
  return folded;
}

/** The pattern from `start` on that covers the most; among equals, the shortest. */
function bestRepetition(units: readonly Unit[], start: number): { length: number; times: number } {
  let best = { length: 1, times: 1 };
  for (let length = 1; length <= LONGEST && start + OFTEN * length <= units.length; length++) {
    let same = 0;
    while (
      start + length + same < units.length &&
      units[start + same].kind === units[start + length + same].kind
    ) {
      same += 1;
    }
    const times = 1 + Math.floor(same / length);
    if (times >= OFTEN && times * length > best.times * best.length) best = { length, times };
  }
  return best;
}

/** Stretches of about equal weight, as many as a person sees at once; each has two units at least. */
function stretches(units: readonly Unit[], what: string): Unit[] {
  const heaviest = Math.max(...units.map((unit) => weightOf([unit])));
  const most = Math.max(Math.ceil(weightOf(units) / MOST), 2 * heaviest);
  const all: Unit[] = [];
  for (let start = 0, end = 0; start < units.length; start = end) {
    while (end < units.length && weightOf(units.slice(start, end + 1)) <= most) end += 1;
    all.push(unitOf(`${what} ${start + 1}–${end}`, units.slice(start, end)));
  }
  return all;
}

/** What happens in a round, in a few words. */
function namesOf(units: readonly Unit[]): string {
  const names = units.map(({ kind, group }) => group?.label ?? kind.slice(0, kind.indexOf("(")));
  const few = [...new Set(names)];
  return few.length <= 4 ? few.join(", ") : `${few.slice(0, 3).join(", ")}, …`;
}

/** For each leaf the innermost group that holds all that is computed from it. */
function leavesOf(
  nodes: readonly GraphNode[],
  groups: readonly GraphGroup[],
  groupOf: ReadonlyMap<number, number>,
): Map<number, number> {
  const around = (group: number | undefined): number[] => {
    if (group === undefined) return [];
    const { parent, into } = groups[group];
    // The operands of a formula stand before it.
    return into === undefined ? [...around(parent), group] : around(parent);
  };
  const shared = new Map<number, number[]>();
  for (const [k, { op }] of nodes.entries()) {
    for (const [i, input] of (op?.inputs ?? []).entries()) {
      if (!("from" in input) || nodes[input.from].op !== null) continue;
      const path = i === 0 ? [] : around(groupOf.get(k));
      const before = shared.get(input.from) ?? path;
      const same = before.findIndex((group, depth) => group !== path[depth]);
      shared.set(input.from, same < 0 ? before : before.slice(0, same));
    }
  }
  return new Map(
    Array.from(shared).flatMap(([leaf, path]) => (path.length > 0 ? [[leaf, path[path.length - 1]]] : [])),
  );
}

// Many parallel leaves, such as the operands of a `concat`, put together.

/** What a level of a graph is made of, by its groups and by those that nodes lie in. */
interface Levels {
  readonly nodes: readonly GraphNode[];
  readonly groups: readonly GraphGroup[];
  readonly groupOf: ReadonlyMap<number, number>;
}

/** New groups, and the innermost one for each leaf in them. */
export interface OperandGroups {
  readonly groups: readonly GraphGroup[];
  readonly groupOf: ReadonlyMap<number, number>;
}

/**
 * If more than `most` leaves of one level go into the same op or group and into nothing else, they become a group,
 * made of stretches if it holds more than `most`.
 */
export function operandGroups(levels: Levels, most: number): OperandGroups {
  const groups: GraphGroup[] = [];
  const groupOf = new Map<number, number>();
  const open = (group: GraphGroup): number => levels.groups.length + groups.push(group) - 1;
  const place = (leaves: readonly number[], group: number): void => {
    if (leaves.length <= most) {
      for (const leaf of leaves) groupOf.set(leaf, group);
      return;
    }
    const length = Math.ceil(leaves.length / most);
    for (let start = 0; start < leaves.length; start += length) {
      const stretch = leaves.slice(start, start + length);
      place(stretch, open({ label: `operands ${start + 1}–${start + stretch.length}`, parent: group }));
    }
  };
  for (const leaves of partsOf(levels)) {
    if (leaves.length <= most) continue;
    const parent = levels.groupOf.get(leaves[0]);
    const label = { label: "operands", repeats: leaves.length };
    place(leaves, open(parent === undefined ? label : { ...label, parent }));
  }
  return { groups, groupOf };
}

/** The leaves of each level that go into the same place and into nothing else, in the order of the operands. */
function partsOf({ nodes, groups, groupOf }: Levels): number[][] {
  const pathTo = (group: number | undefined): number[] =>
    group === undefined ? [] : [...pathTo(groups[group].parent), group];
  const targets = new Map<number, string | null>();
  for (const [k, { op }] of nodes.entries()) {
    const path = pathTo(groupOf.get(k));
    for (const input of op?.inputs ?? []) {
      if (!("from" in input) || nodes[input.from].op !== null) continue;
      const level = pathTo(groupOf.get(input.from)).length;
      // The outermost group around the op that the leaf does not lie in, or the op itself.
      const target = `${groupOf.get(input.from) ?? ""}>${path[level] ?? `o${k}`}`;
      const before = targets.get(input.from);
      targets.set(input.from, before === undefined || before === target ? target : null);
    }
  }
  const parts = new Map<string, number[]>();
  for (const [leaf, target] of targets) {
    if (target === null) continue;
    const part = parts.get(target) ?? [];
    part.push(leaf);
    parts.set(target, part);
  }
  return [...parts.values()];
}
