/** A computation and its backward pass as JSON: what a saved notebook keeps, and all that a view needs. */

import { type JsonNumber, toJsonNumber } from "../tensor/numbers.ts";
import { nameTex } from "../tex/name.ts";
import { plainTex } from "../tex/plain.ts";

/** The MIME type of `GraphJson`. */
export const GRAPH_MIME = "application/vnd.gradbook.graph.v1+json";

/** The op of a detached tensor in a graph: its operand is where the numbers come from, and no gradient goes back there. */
export const DETACH = "detach";

/** A graph as it stands in a saved notebook; schemas/graph.v1.schema.json describes it. */
export interface GraphJson {
  readonly v: 1;
  /**
   * Names the graph in messages to a kernel that knows it; `null` where no kernel can be asked. It follows from
   * everything else here, so that running a notebook again changes nothing in its file.
   */
  readonly id: string | null;
  /** What the graph is of: the name of the result. */
  readonly title: string;
  /** Each after those it was computed from; the result is the last. */
  readonly nodes: readonly GraphNode[];
  /** What is shown as one until somebody opens it; each after the group it lies in. */
  readonly groups: readonly GraphGroup[];
  /** The nodes that are shown entry by entry at first. */
  readonly entries?: readonly number[];
  /** The backward pass, from the result to the leaves; empty before there was one. */
  readonly steps: readonly GraphStep[];
  /** What went wrong at the last node, when the computation failed there. */
  readonly failure: string | null;
  /** How many nodes were left out because there were too many: those farthest from the result. */
  readonly omitted: number;
}

/** A tensor, and the op it was computed by. */
export interface GraphNode {
  /** Its name as written: `W1`, `Z^[O]`; `null` for a tensor without a name. */
  readonly name: string | null;
  /** What it is called in formulas, in LaTeX; one without a name is H₁, H₂, … */
  readonly tex: string;
  /** The same as text. */
  readonly label: string;
  readonly shape: readonly number[];
  /** The lengths of a symbol's axes in LaTeX, where they are letters. */
  readonly lengths?: readonly string[];
  readonly dtype: "float64" | "float32";
  /** `null` for a leaf. */
  readonly op: GraphOp | null;
  /** `null` for a symbol, for a node that failed, and where a large graph has no room. */
  readonly value: GraphValues | null;
  /** `null` where no backward pass has come, and as above. */
  readonly gradient: GraphValues | null;
  /** Where it was computed. */
  readonly place?: GraphPlace;
  /** Whether it was assigned after something here was computed from it: the numbers of that time are no longer known. */
  readonly changed?: true;
  /** The index of the innermost group it lies in. */
  readonly group?: number;
  /** What central differences say about its gradient. */
  readonly check?: GraphCheck;
}

/** The op of a node. */
export interface GraphOp {
  readonly name: string;
  /** The formula of the node in the names of its operands, in LaTeX: `X \, W`; empty in a large graph. */
  readonly tex: string;
  /** What stands on the op's pill, as text: `X W`, `σ`, `Σ`. */
  readonly label: string;
  readonly inputs: readonly GraphInput[];
  /** How many operands are missing here because they were left out of the graph. */
  readonly omitted?: number;
  /** Which axes of the result and of the operands are the same, as in `ik,kj->ij`; absent where an op has no such rule. */
  readonly indices?: string;
  /** How the op is made again, for a view that computes; absent if it cannot be. */
  readonly recipe?: unknown;
}

/** An operand: a node, or a number that stands in the formula. */
export type GraphInput = GraphEdge | { readonly value: JsonNumber };

/** From an operand to the result, and the derivative that goes the other way. */
export interface GraphEdge {
  /** The index of the operand. */
  readonly from: number;
  /**
   * The operand's share of the gradient, in LaTeX: the right side of dW = Xᵀ dZ. Absent where no derivative passes, and
   * empty where the graph is too large to write it.
   */
  readonly rule?: string;
  /** The local derivative of an entry, in LaTeX: ∂z_ij/∂w_kl = x_ik δ_jl. */
  readonly local?: string;
  /** The numbers of the share, as the backward pass computed them. */
  readonly share?: GraphValues;
  /** All derivatives of entries by entries, a row per entry of the result; only if there are few. */
  readonly jacobian?: readonly JsonNumber[];
}

/** The entries of a tensor: all of them, or a summary of a large one. */
export type GraphValues = GraphEntries | GraphSummary;

/** All entries, the last axis running fastest. */
export interface GraphEntries {
  readonly data: readonly JsonNumber[];
}

/** A tensor too large to be written out. */
export interface GraphSummary {
  readonly least: JsonNumber;
  readonly most: JsonNumber;
  readonly mean: JsonNumber;
  /** Some rows and columns of its last two axes, from the first; `null` where there are more. */
  readonly corner: readonly (readonly (JsonNumber | null)[] | null)[];
}

/** A place in the notebook. */
export interface GraphPlace {
  /** The number in the brackets beside the cell. */
  readonly cell: number;
  /** Counts from 1. */
  readonly line: number;
  /** JupyterLab's id of the cell. */
  readonly id?: string;
}

/** Nodes that belong together: a layer, a repetition. */
export interface GraphGroup {
  readonly label: string;
  /** The group it lies in. */
  readonly parent?: number;
  /** How often the same is repeated in it, if repetition is what makes it a group. */
  readonly repeats?: number;
  /**
   * The node that its nodes are computed for and that is not among them, where it stands for the formula of one op:
   * `tanh(X W + b)`.
   */
  readonly into?: number;
}

/** One step of the backward pass: the cotangent of a node passes to one of its operands. */
export interface GraphStep {
  readonly node: number;
  /** The position of the operand among the op's inputs. */
  readonly input: number;
}

/** A gradient beside its central differences. */
export interface GraphCheck {
  /** The largest relative error of an entry; NaN if one of the two is not a number. */
  readonly error: number;
  /** `null` where nothing can be said: it is neither right nor wrong. */
  readonly ok: boolean | null;
  /** Why nothing can be said, as in "it is at a kink, …". */
  readonly why?: string;
  readonly differences?: GraphValues;
}

// A graph as it is saved: what follows from the rest is left out, as there may be thousands of nodes.

/** The JSON of a graph; `readGraph` reads it. */
export function packed({ nodes, steps: _, ...rest }: GraphJson): Record<string, unknown> {
  const cells = Object.fromEntries(nodes.flatMap(({ place }) => (place?.id ? [[place.cell, place.id]] : [])));
  return { ...rest, ...(Object.keys(cells).length > 0 && { cells }), nodes: nodes.map(packedNode) };
}

function packedNode(node: GraphNode): Record<string, unknown> {
  const { name, tex, label, dtype, op, value, gradient, place, check, ...rest } = node;
  const known = callingOf(name, node.shape.length);
  return {
    ...(name !== null && { name }),
    ...(tex !== known?.tex && { tex }),
    ...(label !== plainTex(tex) && { label }),
    ...rest,
    ...(dtype !== "float64" && { dtype }),
    ...(op !== null && { op: packedOp(op) }),
    ...(value !== null && { value }),
    ...(gradient !== null && { gradient }),
    ...(place !== undefined && { at: [place.cell, place.line] }),
    ...(check !== undefined && { check: { ...check, error: toJsonNumber(check.error) } }),
  };
}

function packedOp({ name, tex, label, inputs, ...rest }: GraphOp): Record<string, unknown> {
  return {
    name,
    ...(tex !== "" && { tex }),
    ...(label !== name && { label }),
    inputs: inputs.map(packedInput),
    ...rest,
  };
}

/** An operand about which there is nothing to say but that a derivative passes is written as its number. */
function packedInput(input: GraphInput): unknown {
  return "from" in input && input.rule === "" && Object.keys(input).length === 2 ? input.from : input;
}

/** What a tensor of this name is called; `null` for one without a name. */
export function callingOf(name: string | null, rank: number): { tex: string; label: string } | null {
  if (name === null) return null;
  const tex = nameTex(name, rank);
  return { tex, label: plainTex(tex) };
}

// The limits of a graph's data: the writer keeps to them, and the reader enforces them.

/** The most characters that the JSON of a graph may have. */
export const MOST_JSON = 256_000;

/** The characters of a graph's id, with its quotes. */
export const ID_LENGTH = 18;

/** The most tensors, and the most groups. */
export const MOST_NODES = 6_000;

/** The most numbers and operands in all: each takes two characters of JSON or more. */
export const MOST_NUMBERS: number = MOST_JSON / 2;

/** The most axes of a tensor. */
export const MOST_AXES = 64;

/** The most characters of a name, a label or a sentence, and of a formula. */
export const MOST_TEXT = 2_000;
export const MOST_TEX = 20_000;

/** The text, cut off where it is too long. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

// What a person has chosen to look at in a graph: the whole state of a view, besides the graph itself.

/** The state of a view. */
export interface GraphView {
  /** How many steps of the backward pass have been made; 0 before the first. */
  readonly step: number;
  readonly selection: Selection | null;
  /** The groups that are open. */
  readonly open: ReadonlySet<number>;
  /** The nodes that are shown as their entries, one by one. */
  readonly scattered: ReadonlySet<number>;
  /** Whether central differences stand beside the gradients. */
  readonly differences: boolean;
}

/** What is selected. */
export type Selection =
  | { readonly kind: "node"; readonly node: number }
  | { readonly kind: "group"; readonly group: number }
  /** The edge to input number `input` of `node`. */
  | { readonly kind: "edge"; readonly node: number; readonly input: number }
  /** An entry of a node, by its position in the data. */
  | { readonly kind: "entry"; readonly node: number; readonly entry: number };

// How a graph is seen by somebody who has not touched it.

/** How many tensors a person takes in at first. */
export const SEEN_AT_FIRST = 10;

/** All of the backward pass is made, and all groups are open if that shows at most `most` tensors. */
export function firstView(graph: GraphJson, most: number = SEEN_AT_FIRST): GraphView {
  const { steps, nodes, groups, entries } = graph;
  return {
    step: steps.length,
    selection: null,
    open: new Set(nodes.length <= most ? groups.keys() : []),
    scattered: new Set(entries),
    differences: false,
  };
}
