/** Graphs that nobody wrote: any computation, any numbers, any names, any view. */
import fc from "fast-check";
import type {
  GraphEdge,
  GraphGroup,
  GraphJson,
  GraphNode,
  GraphStep,
  GraphView,
} from "../../src/graph/graph-json.ts";
import type { JsonNumber } from "../../src/tensor/numbers.ts";

const hostile = fc.constantFrom(
  "<script>alert(1)</script>",
  '"><b>',
  "a & b",
  "]]>",
  "\u0000\u0007",
  "\\frac{{{",
  "}}}_^_^{",
  "\\vec{\\vec{x}}",
  "x\ud800",
  "long".repeat(400),
  "_{^".repeat(300),
  "\u20d7",
  "onload=alert(1)",
  "&lt;",
  "",
);
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("X", "W_{1}", "\\alpha", "\\vec{b}^{[O]}") },
  { weight: 1, arbitrary: hostile },
);
const number: fc.Arbitrary<JsonNumber> = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonNumber>("NaN", "Infinity", "-Infinity", 0, 1e300, -1e-300, 123456789),
  },
);
const shape = fc.oneof(
  fc.constantFrom<number[]>([], [1], [3], [1, 1], [2, 2], [1, 7], [9, 2], [2, 2, 2], [0, 3]),
  fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
);

interface Draft {
  readonly name: string;
  readonly label: string;
  readonly shape: readonly number[];
  readonly numbers: readonly JsonNumber[];
  readonly inputs: readonly number[];
  readonly group: number;
  readonly kind: "entries" | "summary" | "none";
}

const draft: fc.Arbitrary<Draft> = fc.record({
  name,
  label: fc.oneof(fc.constantFrom("X W", "σ", "Σ", "H_1 + b^([1])"), hostile),
  shape,
  numbers: fc.array(number, { minLength: 20, maxLength: 20 }),
  inputs: fc.array(fc.nat(1000), { maxLength: 3 }),
  group: fc.nat(1000),
  kind: fc.constantFrom("entries", "entries", "summary", "none"),
});

/** Any graph of at most 14 nodes. */
export const anyGraph: fc.Arbitrary<GraphJson> = fc
  .record({
    drafts: fc.array(draft, { minLength: 1, maxLength: 14 }),
    parents: fc.array(fc.option(fc.nat(1000), { nil: undefined }), { maxLength: 4 }),
    labels: fc.array(name, { minLength: 4, maxLength: 4 }),
    isBackward: fc.boolean(),
    failure: fc.option(hostile),
    title: name,
  })
  .map(({ drafts, parents, labels, isBackward, failure, title }) => {
    const groups = parents.map((parent, k): GraphGroup => {
      const around = parent === undefined || k === 0 ? {} : { parent: parent % k };
      return { label: labels[k], ...around, ...(k % 2 === 1 && { repeats: 12 }) };
    });
    const nodes = drafts.map((one, k) => nodeOf(one, k, drafts, groups.length, isBackward));
    const steps = isBackward ? stepsOf(nodes) : [];
    return { v: 1, id: null, title, nodes, groups, steps, failure, omitted: 0 };
  });

/** Any view of it. */
export const anyView: fc.Arbitrary<GraphView> = fc.record({
  step: fc.nat(20),
  selection: fc.constantFrom(null, { kind: "node", node: 0 } as const),
  open: fc.uniqueArray(fc.nat(3)).map((open) => new Set(open)),
  scattered: fc.uniqueArray(fc.nat(13), { maxLength: 4 }).map((scattered) => new Set(scattered)),
  differences: fc.boolean(),
});

function nodeOf(
  one: Draft,
  k: number,
  drafts: readonly Draft[],
  groupCount: number,
  isBackward: boolean,
): GraphNode {
  const values =
    one.kind === "none" ? null : one.kind === "summary" ? summary(one.numbers) : { data: entries(one) };
  const inputs =
    k === 0 ? [] : one.inputs.map((input): GraphEdge => ({ from: input % k, rule: drafts[input % k].name }));
  return {
    name: one.name,
    tex: one.name,
    label: one.name,
    shape: one.shape,
    dtype: "float64",
    op: inputs.length === 0 ? null : { name: one.label, tex: one.name, label: one.label, inputs },
    value: values,
    gradient: isBackward ? values : null,
    ...(groupCount > 0 && one.group % 3 > 0 && { group: one.group % groupCount }),
    ...(values !== null && k % 2 === 0 && { check: { error: 0.5, ok: k % 4 === 0, differences: values } }),
  };
}

function entries({ shape, numbers }: Draft): JsonNumber[] {
  const size = shape.reduce((product, length) => product * length, 1);
  return Array.from({ length: size }, (_, k) => numbers[k % numbers.length]);
}

function summary([least, most, mean, a, b]: readonly JsonNumber[]): GraphNode["value"] {
  return { least, most, mean, corner: [[a, b, null], [b, a, null], null] };
}

function stepsOf(nodes: readonly GraphNode[]): GraphStep[] {
  return nodes.flatMap(({ op }, node) => (op?.inputs ?? []).map((_, input) => ({ node, input }))).reverse();
}
