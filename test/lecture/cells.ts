/** What a notebook's own cells say in mathematics: chains of equal members, from prose and from stored outputs. */
import { normalise } from "./normalise.ts";

/** The part of a notebook's cell that is read here. */
export interface Cell {
  readonly cell_type: "markdown" | "code";
  readonly id: string;
  readonly metadata: {
    readonly tags?: readonly string[];
    readonly slideshow?: { readonly slide_type: string };
  };
  readonly source: readonly string[];
  readonly outputs?: readonly Output[];
}

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A statement: its members, between which stands =. */
export type Chain = readonly string[];

const DERIVATION = "application/vnd.gradbook.derivation.v1+json";

/** All statements of a cell. Chains of one derivation that begin alike are one chain. */
export function chainsOf(cell: Cell): Chain[] {
  if (cell.cell_type === "markdown") {
    const math = cell.source.join("").matchAll(/\$\$([\s\S]+?)\$\$|\$([^$\n]+)\$/g);
    return [...math].flatMap(([, display, inline]) => statementsOf(display ?? inline));
  }
  return (cell.outputs ?? []).flatMap(({ data = {} }) => {
    if (data[DERIVATION] !== undefined) return derived(data[DERIVATION] as Derivation);
    const latex = [data["text/latex"] ?? ""].flat().join("");
    return statementsOf(latex.replaceAll("$", ""));
  });
}

interface Derivation {
  readonly parts: readonly { readonly steps: readonly { readonly members: readonly string[] }[] }[];
}

function derived({ parts }: Derivation): Chain[] {
  return parts.flatMap(({ steps }) => {
    const chains = steps.flatMap(({ members }) => statementsOf(members.join(" = ")));
    const byFirst = Map.groupBy(chains, ([first]) => first);
    const joined = [...byFirst.values()].map((alike) => [
      alike[0][0],
      ...alike.flatMap((chain) => chain.slice(1)),
    ]);
    return [...chains, ...joined];
  });
}

/** The statements of a formula: what stands between commas, wide spaces and new lines, if it says something. */
export function statementsOf(latex: string): Chain[] {
  const plain = latex
    .replaceAll("\\displaystyle", "")
    .replace(/\\\\(\[\d+pt\])?\s*(&\s*)?=/g, " = ") // a chain in several lines
    .replace(/&\s*=/g, " = ")
    .replace(/^\s*\\begin\{(aligned|array)\}(\{[a-z]+\})?|\\end\{(aligned|array)\}\s*$/g, "")
    .replace(/\\\\\[\d+pt\]/g, " \\quad ")
    .replace(/\\qquad/g, " \\quad ");
  return splitAt(plain, /^\\quad(?![a-zA-Z])/).flatMap((line) => {
    const clauses: string[] = [];
    for (const clause of splitAt(line, /^,(?!\d)/)) {
      // "X, Y ∈ ℝ" is one clause: what stands before its first relation belongs to it.
      const before = clauses.at(-1);
      if (before !== undefined && !/=|\\in(?![a-z])/.test(before))
        clauses[clauses.length - 1] = `${before}, ${clause}`;
      else clauses.push(clause);
    }
    return clauses.map((clause) => splitAt(clause, /^=/).map((member) => normalise(member)));
  });
}

/** Splits where the sign stands outside of all braces, parentheses and environments. */
function splitAt(latex: string, sign: RegExp): string[] {
  const parts = [""];
  let depth = 0;
  for (let at = 0; at < latex.length; ) {
    const rest = latex.slice(at);
    const [token] = /^(\\begin\{\w+\}|\\end\{\w+\}|\\[a-zA-Z]+|\\.|.)/s.exec(rest) as RegExpExecArray;
    if (depth === 0 && sign.test(rest)) {
      parts.push("");
      at += (sign.exec(rest) as RegExpExecArray)[0].length;
      continue;
    }
    if (/^(\\begin|[{([]$)/.test(token)) depth += 1;
    if (/^(\\end|[})\]]$)/.test(token)) depth -= 1;
    parts[parts.length - 1] += token;
    at += token.length;
  }
  return parts;
}

/** Whether each statement of a formula stands in the cell, its members in their order, perhaps with others between. */
export function says(chains: readonly Chain[], latex: string): boolean {
  return statementsOf(latex).every((wanted) =>
    chains.some((chain) => {
      let found = 0;
      for (const member of chain) if (member === wanted[found]) found += 1;
      return found === wanted.length;
    }),
  );
}
