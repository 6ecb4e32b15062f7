/** A card, measured: how much room its name, value and gradient need, the same at each step of the backward pass. */

import type { GraphJson } from "../graph/graph-json.ts";
import { labelWidth } from "../svg/label.ts";
import { spaceTex } from "../tex/matrix.ts";
import { texLabel } from "../tex/plain.ts";
import { type Arrival, arrivalsOf, clipped, cotangentsOf, LONGEST_FORMULA } from "./node.ts";
import { type Block, blockOf, REMARK, type Room, roomFor } from "./numbers.ts";

/** Where the parts of a card stand, from its upper left corner. */
export interface Card {
  readonly width: number;
  readonly height: number;
  /** The middle between the lane of values, `LANE` above it, and that of gradients, as far below. */
  readonly centre: number;
  /** The name, in the notation of labels. */
  readonly name: string;
  /** 2 × 3, in the notation of labels. */
  readonly lengths: string;
  readonly value: Part;
  /** `null` if no gradient ever comes. */
  readonly gradient: Part | null;
  readonly differences: Part | null;
}

/** A band of a card. */
export interface Part {
  readonly top: number;
  readonly height: number;
  /** What stands before the numbers: `dX =`. */
  readonly lead: string;
  readonly room: Room;
  /** What stands there instead of numbers, line by line. */
  readonly words: readonly string[];
}

/** How far the lanes of values and of gradients are above and below the middle between them. */
export const LANE = 13;
/** The height of the line with name and shape. */
export const HEAD = 22;
export const NAME = 14;
export const SHAPE = 11;
export const LEAD = 13;
/** The least height of a band. */
const BAND = 2 * LANE;
/** The room to the left and right of what stands in a card. */
const SIDE = 12;
const LEAST_WIDTH = 64;
/** How many signs a line of a message has, and how many lines it has at most. */
const [SIGNS, LINES] = [34, 5];

/** The cards that were asked for, by graph: a layout and a scene need the same ones. */
const known = new WeakMap<GraphJson, { readonly plain: Cards; readonly withDifferences: Cards }>();

type Cards = (node: number) => Card;

/** The cards of a graph. */
export function cardsOf(graph: GraphJson, differences: boolean): Cards {
  const cards = known.get(graph) ?? { plain: measured(graph, false), withDifferences: measured(graph, true) };
  known.set(graph, cards);
  return differences ? cards.withDifferences : cards.plain;
}

/** Measures each card when it is first asked for. */
function measured(graph: GraphJson, differences: boolean): Cards {
  const cards = new Map<number, Card>();
  const cotangents = cotangentsOf(graph);
  const arrivals = arrivalsOf(graph);
  const measure = (node: number): Card => {
    const { shape } = graph.nodes[node];
    const isReached = arrivals[node].length > 0 || isSeed(graph, node) || graph.nodes[node].gradient !== null;
    if (!isReached) return cardOf(graph, node, null, differences);
    const steps = [graph.steps.length, ...arrivals[node].map(({ step }) => step)];
    const blocks = steps.flatMap((step) => {
      const { values } = cotangents(node, step);
      return values === null ? [] : [blockOf(values, shape)];
    });
    return cardOf(graph, node, { blocks, arrivals: arrivals[node] }, differences);
  };
  return (node) => {
    const card = cards.get(node) ?? measure(node);
    cards.set(node, card);
    return card;
  };
}

/** Whether the backward pass starts here. */
function isSeed({ nodes, steps }: GraphJson, node: number): boolean {
  return steps.length > 0 && node === nodes.length - 1;
}

/** What a gradient is at all steps, and where it comes from. */
interface Gradients {
  readonly blocks: readonly Block[];
  readonly arrivals: readonly Arrival[];
}

function cardOf(graph: GraphJson, node: number, gradients: Gradients | null, differences: boolean): Card {
  const { tex, shape, value, check, lengths } = graph.nodes[node];
  const name = clipped(texLabel(tex));
  const axes = lengths ?? shape.map(String);
  const words = value === null ? wordsOf(graph, node, axes) : [];
  const parts: Part[] = [bandBelow(HEAD, "", value === null ? [] : [blockOf(value, shape)], words)];
  const end = (): number => parts[parts.length - 1].top + parts[parts.length - 1].height;
  if (gradients !== null) {
    const { blocks, arrivals } = gradients;
    parts.push(bandBelow(end(), `d${name} =`, blocks, blocks.length > 0 ? [] : [formulaOf(name, arrivals)]));
  }
  const numbers = differences && gradients !== null ? check?.differences : undefined;
  if (numbers !== undefined) parts.push(bandBelow(end(), "≈", [blockOf(numbers, shape)], []));
  const shapeText = clipped(axes.map(texLabel).join(" × "));
  const head = labelWidth(name, NAME) + (shapeText === "" ? 0 : 18 + shapeWidth(shapeText));
  const width = Math.max(LEAST_WIDTH, head + 2 * SIDE, ...parts.map((part) => widthOf(part) + 2 * SIDE));
  const [band, below] = parts;
  return {
    width: even(width),
    height: end(),
    // Without a band for the gradient, the lane of values runs through the middle of the values' band.
    centre: below === undefined ? band.top + band.height / 2 + LANE : below.top,
    name,
    lengths: shapeText,
    value: band,
    gradient: below ?? null,
    differences: parts[2] ?? null,
  };
}

/** What a card says about a node without numbers. */
function wordsOf(graph: GraphJson, node: number, axes: readonly string[]): readonly string[] {
  const isFailed = graph.failure !== null && node === graph.nodes.length - 1;
  if (isFailed) return wrapped(graph.failure ?? "");
  if (graph.nodes[node].changed) return ["changed since"];
  return [clipped(texLabel(`\\in ${spaceTex(axes)}`))];
}

/** dX = dZ Wᵀ, where there are no numbers; the sum of all shares. */
function formulaOf(name: string, arrivals: readonly Arrival[]): string {
  const rules = arrivals.map(({ edge }) => texLabel(edge.rule ?? ""));
  const isKnown = rules.length > 0 && rules.every((rule) => rule !== "");
  return isKnown ? clipped(`d${name} = ${rules.join(" + ")}`, LONGEST_FORMULA) : `d${name}`;
}

function bandBelow(top: number, lead: string, blocks: readonly Block[], words: readonly string[]): Part {
  const room = roomFor(blocks);
  const height = Math.max(BAND, even(Math.max(room.height, words.length * (REMARK + 4)) + 10));
  return { top, height, lead, room, words };
}

/** The width of what stands in a band. */
export function widthOf({ lead, room, words }: Part): number {
  const numbers = words.length > 0 ? 0 : leadWidth(lead) + room.width;
  return Math.max(numbers, ...words.map((line) => labelWidth(line, LEAD)));
}

/** The width of a shape, whose letters are a little wider than those of formulas. */
export function shapeWidth(lengths: string): number {
  return labelWidth(lengths, SHAPE) * 1.12;
}

/** The width of what stands before numbers, with the room after it. */
export function leadWidth(lead: string): number {
  return lead === "" ? 0 : labelWidth(lead, LEAD) + 6;
}

/** A message in lines, cut off if it is too long. */
function wrapped(message: string): readonly string[] {
  const lines: string[] = [""];
  for (const word of message.replace(/[_^{}]/g, " ").split(/\s+/)) {
    const line = lines[lines.length - 1];
    if (line !== "" && line.length + word.length >= SIGNS) lines.push(word.slice(0, SIGNS));
    else lines[lines.length - 1] = `${line} ${word}`.trim().slice(0, SIGNS);
  }
  return lines.length <= LINES ? lines : [...lines.slice(0, LINES - 1), "…"];
}

/** Rounded up to an even number of pixels, so that middles are whole pixels. */
export function even(length: number): number {
  return 2 * Math.ceil(length / 2);
}
