/** The order of the reference: every name that the library exports stands in one group. Ops say in which. */

import * as ops from "../src/ops/index.ts";

/** A chapter of the reference. */
export interface Group {
  readonly title: string;
  /** Exports of the library. */
  readonly names: readonly string[];
  /** Members of `Tensor` that are no ops. An op is a method too, and stands in the group of its function. */
  readonly members?: readonly string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);

/** The group of all that is only a type. */
export const TYPES = "Types";

const chapters: readonly Group[] = [
  {
    title: "Make",
    names: words(
      "tensor zeros ones full eye arange linspace rand randn randint permutation seed symbol apply oneHot",
    ),
  },
  {
    title: "Read",
    names: words("Tensor"),
    members: words("shape rank size dtype name data item toArray as detach toJSON"),
  },
  { title: "Elementwise", names: words("allclose") },
  { title: "Reduce", names: [] },
  { title: "Linear algebra and shape", names: [], members: words("T") },
  {
    title: "Neural networks",
    names: words("Linear MLP sgd adam fit lastHistory accuracy twoMoons spirals digits"),
  },
  {
    title: "Autodiff",
    names: words("grad vjp jvp jacobian Jacobian hessian gradcheck compile debug"),
    members: words("backward grad assign"),
  },
  {
    title: "Explain and display",
    names: words(
      "explain Derivation graph Graph paths Paths check Confirmation math latex display clearOutput useBlas plot figure gb",
    ),
  },
  { title: "Lessons", names: words("ask Answer nudge filled live slider reference Verified") },
  {
    title: "Views of a matrix",
    names: words("generic differential space rows columns entries entry boxed update View"),
  },
  { title: "Homework", names: words("exercise student") },
  {
    title: "Errors",
    names: words(
      "ShapeError DtypeError ValueError GradientError InconclusiveError SingularMatrixError CheckError FormulaError",
    ),
  },
];

/** The ops of a chapter, each of which says where it stands. */
const opsOf = (title: string): string[] =>
  Object.entries(ops).flatMap(([name, { chapter }]) => (chapter === title ? [name] : []));

export const groups: readonly Group[] = chapters.map((group) => ({
  ...group,
  names: [...opsOf(group.title), ...group.names],
}));

/** Where a name stands: its group, and its rank among all names; a type comes last. */
export function placeOf(name: string): { readonly title: string; readonly rank: number } {
  return find(name, ({ names }) => names) ?? { title: TYPES, rank: Number.POSITIVE_INFINITY };
}

/** Where a member of `Tensor` stands: that of its own, or the op's. */
export function placeOfMember(name: string): { readonly title: string; readonly rank: number } {
  return find(name, ({ members = [] }) => members) ?? placeOf(name);
}

function find(
  name: string,
  namesOf: (group: Group) => readonly string[],
): { readonly title: string; readonly rank: number } | undefined {
  const all = groups.flatMap((group) => namesOf(group).map((member) => ({ title: group.title, member })));
  const rank = all.findIndex(({ member }) => member === name);
  return rank === -1 ? undefined : { title: all[rank].title, rank };
}
