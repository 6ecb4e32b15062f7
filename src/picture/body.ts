/** What is laid out as one body: a card with the pill of its op, a closed group, an entry; and where its links arrive. */

import type { GraphJson } from "../graph/graph-json.ts";
import { labelWidth } from "../svg/label.ts";
import { type Card, cardsOf, even, HEAD, LANE } from "./card.ts";
import { entryLabel, groupLabel, pillLabel } from "./node.ts";
import { numeral } from "./numbers.ts";
import { groupedBy, type Item, type Link, type PillItem, type Visible } from "./visible.ts";

/** Something that the engine places. Its middle line lies between the lanes of values and of gradients. */
export interface Body {
  readonly key: string;
  readonly frame: string | null;
  /** The node whose entry it is. */
  readonly node: number | null;
  readonly width: number;
  /** How far it reaches above and below its middle line. */
  readonly half: number;
  readonly boxes: readonly PartOfBody[];
  /** Where links arrive and leave, from its left. */
  readonly arrive: Side;
  readonly leave: Side;
}

/** A box in a body; `x` from its left, `y` from its middle line. */
export interface PartOfBody {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One side of a body. */
export interface Side {
  readonly x: number;
  /** The links; from the top if they have an order, as operands do. */
  readonly links: readonly Link[];
  readonly isOrdered: boolean;
  readonly hasGradients: boolean;
  /** Where the bar is at which values part and gradients are added; `null` for none. */
  readonly bar: number | null;
}

/** The room for a pair of lanes where several arrive side by side, for all of them, and for a lane of values alone. */
const [PAIR, MOST_ROOM, LANE_ONLY] = [26, 220, 16];
/** From a pill to its card, and from a card to the bar where its links part. */
export const STUB = 22;
export const BAR = 4;
const TO_BAR = 18;
export const PILL_TEXT = 14;
export const GROUP_TEXT = 14;
export const ENTRY_TEXT = 13;

/** The bodies of what is visible. */
export function bodiesOf(visible: Visible): readonly Body[] {
  const { graph, items, links, differences } = visible;
  const cards = cardsOf(graph, differences);
  const isBackward = backwardLinks(graph);
  const sides = (key: string): { into: Link[]; from: Link[] } => ({
    into: into.get(key) ?? [],
    from: from.get(key) ?? [],
  });
  const outer = links.filter(({ isResult }) => !isResult);
  const into = groupedBy(outer, ({ to }) => to);
  const from = groupedBy(outer, (link) => link.from);
  const pills = new Map(items.flatMap((item) => (item.kind === "pill" ? [[item.node, item] as const] : [])));
  return items.flatMap((item): Body[] => {
    if (item.kind === "frame" || item.kind === "pill") return [];
    if (item.kind === "card") {
      const pill = pills.get(item.node);
      const arriving = pill === undefined ? [] : sides(pill.key).into;
      return [cardBody(graph, item, pill, cards(item.node), arriving, sides(item.key).from, isBackward)];
    }
    const { into: arriving, from: leaving } = sides(item.key);
    return [
      item.kind === "group"
        ? groupBody(graph, item, arriving, leaving, isBackward)
        : entryBody(graph, item, arriving, leaving, isBackward),
    ];
  });
}

/** Whether a gradient goes back over a link. */
export function backwardLinks(graph: GraphJson): (link: Link) => boolean {
  const steps = new Set(graph.steps.map(({ node, input }) => `${node}:${input}`));
  return ({ edges }) => edges.some(({ node, input }) => steps.has(`${node}:${input}`));
}

/** Where lanes lie on a side, from the middle line of the body; `backward` is given even if no gradient goes there. */
export function slot(
  { links, hasGradients }: Side,
  k: number,
): { readonly forward: number; readonly backward: number } {
  const count = links.length;
  if (!hasGradients) {
    const forward = -LANE + (k - (count - 1) / 2) * Math.min(LANE_ONLY, MOST_ROOM / count);
    return { forward, backward: forward };
  }
  if (count <= 1) return { forward: -LANE, backward: LANE };
  const room = Math.min(PAIR, MOST_ROOM / count);
  const middle = (k - (count - 1) / 2) * room;
  return { forward: middle - room / 4, backward: middle + room / 4 };
}

/** The height that the slots of a side need. */
export function slotsHeight({ links, hasGradients }: Side): number {
  const count = links.length;
  if (!hasGradients) return even(Math.min(count * LANE_ONLY, MOST_ROOM) + 12);
  return count <= 1 ? 4 * LANE : even(Math.min(count * PAIR, MOST_ROOM) + 6);
}

type IsBackward = (link: Link) => boolean;

function cardBody(
  graph: GraphJson,
  item: Item & { readonly kind: "card" },
  pill: PillItem | undefined,
  card: Card,
  arriving: readonly Link[],
  leaving: readonly Link[],
  isBackward: IsBackward,
): Body {
  const boxes: PartOfBody[] = [];
  // The operands of a formula come in the order in which it names them: inner ops are computed first.
  const rank = ({ edges: [{ node, input }] }: Link): number => node * graph.nodes.length + input;
  const ordered = [...arriving].sort((a, b) =>
    pill?.fold === undefined ? a.edges[0].input - b.edges[0].input : rank(a) - rank(b),
  );
  const arrive = {
    x: 0,
    links: ordered,
    isOrdered: true,
    hasGradients: arriving.some(isBackward),
    bar: null,
  };
  let x = 0;
  if (pill !== undefined) {
    const label = pillLabel(graph, item.node, pill.fold);
    const width = even(Math.max(30, labelWidth(label, PILL_TEXT) + 18));
    const height = slotsHeight(arrive);
    const middle = arrive.hasGradients ? 0 : -LANE;
    boxes.push({ key: pill.key, x: 0, y: middle - height / 2, width, height });
    x = width + STUB;
  }
  boxes.push({ key: item.key, x, y: -card.centre, width: card.width, height: card.height });
  return body(item, boxes, arrive, rightSide(x + card.width, leaving, isBackward));
}

function groupBody(
  graph: GraphJson,
  item: Item & { readonly kind: "group" },
  arriving: readonly Link[],
  leaving: readonly Link[],
  isBackward: IsBackward,
): Body {
  const hasGradients = graph.steps.length > 0;
  const arrive = {
    x: 0,
    links: arriving,
    isOrdered: false,
    hasGradients: arriving.some(isBackward),
    bar: null,
  };
  const width = even(Math.max(84, labelWidth(groupLabel(graph, item.group), GROUP_TEXT) + 44));
  const leave = { ...arrive, x: width, links: leaving, hasGradients: leaving.some(isBackward) };
  const height = Math.max(hasGradients ? 64 : 40, slotsHeight(arrive), slotsHeight(leave));
  const middle = hasGradients ? 0 : -LANE;
  return body(item, [{ key: item.key, x: 0, y: middle - height / 2, width, height }], arrive, leave);
}

function entryBody(
  graph: GraphJson,
  item: Item & { readonly kind: "entry" },
  arriving: readonly Link[],
  leaving: readonly Link[],
  isBackward: IsBackward,
): Body {
  const { value, gradient } = graph.nodes[item.node];
  const name = entryLabel(graph, item.node, item.entry);
  const line = (lead: string, values: typeof value): number =>
    values !== null && "data" in values
      ? labelWidth(`${lead} = ${numeral(values.data[item.entry])}`, ENTRY_TEXT)
      : 0;
  const width = even(Math.max(56, line(name, value) + 18, line(`d${name}`, gradient) + 18));
  const arrive = leftSide(arriving, isBackward);
  const x = arrive.bar === null ? 0 : BAR + TO_BAR;
  const box = { key: item.key, x, y: -2 * LANE, width, height: gradient === null ? 2 * LANE : 4 * LANE };
  return body(item, [box], arrive, rightSide(x + width, leaving, isBackward));
}

/** A side where values of a node come together. */
function leftSide(links: readonly Link[], isBackward: IsBackward): Side {
  const hasGradients = links.some(isBackward);
  return { x: 0, links, isOrdered: false, hasGradients, bar: links.length > 1 ? BAR + TO_BAR : null };
}

/** A side where a value is used by several; their gradients come together at a bar. */
function rightSide(x: number, links: readonly Link[], isBackward: IsBackward): Side {
  const hasGradients = links.some(isBackward);
  const hasBar = links.length > 1;
  return { x: hasBar ? x + TO_BAR + BAR : x, links, isOrdered: false, hasGradients, bar: hasBar ? x : null };
}

function body(item: Item, boxes: readonly PartOfBody[], arrive: Side, leave: Side): Body {
  const bar = (side: Side): number =>
    side.bar === null ? 0 : slotsHeight(side) / 2 + (side.hasGradients ? 0 : LANE);
  const reach = boxes.map(({ y, height }) => Math.max(-y, y + height));
  const half = Math.ceil(Math.max(bar(arrive), bar(leave), ...reach));
  const node = item.kind === "entry" ? item.node : null;
  return { key: item.key, frame: item.frame, node, width: even(leave.x), half, boxes, arrive, leave };
}

/** The room that a frame has above what is in it. */
export const FRAME_HEAD: number = HEAD;
