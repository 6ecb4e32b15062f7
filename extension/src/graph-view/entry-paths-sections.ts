/** How an entry reaches the result: the paths of the total derivative, their products and their sum. */
import { type EntryPath, type EntryPaths, entryName, entryPathsOf, type GraphJson } from "gradbook/graph";
import { entryAt } from "./entries.ts";
import { type Content, type Inspected, type Section, tex, text } from "./inspection.ts";
import { digitsTex } from "./number-text.ts";

/** The most paths that are listed. */
const MOST_PATHS = 12;

/** A notebook keeps seven digits of each number, and a product has a handful of factors. */
const TOLERANCE = 1e-5;

/** The largest paths from an entry to the result; `null` where no path leads there or none is known. */
export function pathsFrom(graph: GraphJson, node: number, entry: number): EntryPaths | null {
  if (node === graph.nodes.length - 1) return null;
  const paths = entryPathsOf(graph, { node, entry }, MOST_PATHS);
  return paths === null || paths.count === 0 ? null : paths;
}

/** The section on the paths from an entry to the result. */
export function entryPathsSections(
  inspected: Inspected,
  paths: EntryPaths,
  node: number,
  entry: number,
): Section[] {
  const { graph, trans, prune } = inspected;
  const title =
    paths.count === 1
      ? trans.__("Path to %1", graph.title)
      : trans.__("%1 paths to %2", paths.count, graph.title);
  const listed = listedPaths(paths, prune);
  return [
    {
      title,
      contents: [
        ...(paths.count === 1
          ? [chain(inspected, paths.list[0])]
          : listed.map((path) => product(inspected, path))),
        ...(paths.count > 1 ? [total(inspected, paths, listed)] : []),
        equality(inspected, paths, node, entry),
      ],
    },
  ];
}

/** The paths that contribute at least the part `prune` of what the largest does. */
export function listedPaths({ list }: EntryPaths, prune: number): readonly EntryPath[] {
  const largest = Math.abs(list[0]?.product ?? 0);
  return list.filter(({ product: share }) => !(Math.abs(share) < prune * largest));
}

/** The edges, as `node:from`, that the listed paths go along. */
export function edgesAlong(paths: readonly EntryPath[]): ReadonlySet<string> {
  return new Set(
    paths.flatMap(({ stops }) => stops.slice(1).map(({ node }, i) => `${node}:${stops[i].node}`)),
  );
}

/** One path as the lecture writes it: a product of fractions, the number of each below it. */
function chain({ graph, digits }: Inspected, { stops, factors, product: share }: EntryPath): Content {
  const names = stops.map(({ node, entry }) => entryName(graph.nodes[node], entry));
  const [first, last] = [names[0], names[names.length - 1]];
  const fractions = factors
    .map((factor, i) => `\\underbrace{${fraction(names[i + 1], names[i])}}_{${digitsTex(factor, digits)}}`)
    .toReversed();
  return tex(`${fraction(last, first)} = ${fractions.join(" \\cdot ")} = ${digitsTex(share, digits)}`);
}

/** One of several paths: its stops, and the product along it. */
function product({ graph, digits }: Inspected, { stops, factors, product: share }: EntryPath): Content {
  const names = stops.map(({ node, entry }) => entryName(graph.nodes[node], entry));
  // The factors stand below the arrows that they belong to, both from left to right.
  const numbers = factors.map((factor) =>
    factor < 0 ? `(${digitsTex(factor, digits)})` : digitsTex(factor, digits),
  );
  return tex(
    `\\begin{aligned} &${names.join(" \\to ")} \\\\ &\\quad ${numbers.join(" \\cdot ")} = ${digitsTex(share, digits)} \\end{aligned}`,
  );
}

function total({ digits, trans }: Inspected, paths: EntryPaths, listed: readonly EntryPath[]): Content {
  const shown = listed.reduce((sum, path) => sum + path.product, 0);
  const rest = paths.count - listed.length;
  if (rest === 0) return tex(`\\text{${trans.__("sum")}} = ${digitsTex(paths.sum, digits)}`, "gradient");
  const words = trans.__("the other %1", rest);
  return tex(
    `\\begin{aligned} &${digitsTex(shown, digits)} + \\underbrace{${signed(paths.sum - shown, digits)}}_{\\text{${words}}} \\\\ &\\quad = ${digitsTex(paths.sum, digits)} \\end{aligned}`,
    "gradient",
  );
}

function equality({ graph, trans }: Inspected, { sum }: EntryPaths, node: number, entry: number): Content {
  const gradient = entryAt(graph.nodes[node].gradient, entry);
  if (gradient === null) return text(trans.__("The gradient itself is not in the notebook."), "quiet");
  const isEqual =
    Object.is(sum, gradient) || Math.abs(sum - gradient) <= TOLERANCE * (1 + Math.abs(gradient));
  return isEqual
    ? text(trans.__("✓ equal to the gradient"), "good")
    : text(trans.__("✗ not equal to the gradient, which is %1", gradient), "bad");
}

function fraction(over: string, under: string): string {
  return `\\frac{\\partial ${over}}{\\partial ${under}}`;
}

function signed(value: number, digits: number): string {
  const written = digitsTex(value, digits);
  return value < 0 ? `(${written})` : written;
}
