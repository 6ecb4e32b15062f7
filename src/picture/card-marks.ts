/** A card, drawn: a tensor's name and shape, its value, and its gradient as far as the backward pass has come. */

import type { GraphNode, GraphValues } from "../graph/graph-json.ts";
import { labelMarks, labelText, labelWidth } from "../svg/label.ts";
import { type Mark, mark } from "../svg/mark.ts";
import { short } from "../svg/plane.ts";
import { plainTex } from "../tex/plain.ts";
import { type Card, HEAD, LEAD, leadWidth, NAME, type Part, SHAPE, shapeWidth, widthOf } from "./card.ts";
import type { Box } from "./layout.ts";
import { type Cotangent, entryLabel } from "./node.ts";
import { blockMarks, blockOf, NUMBERS, numeral, type Owner, REMARK } from "./numbers.ts";
import { classes, type Highlight, type Looks } from "./theme.ts";

/** What stands before differences that agree, that disagree, and that say nothing. */
const SIGNS = {
  true: ["≈", ["gb-mod-agrees"]],
  false: ["≠", ["gb-mod-disagrees"]],
  null: ["≟", []],
} as const;

/** Draws a card. */
export function cardMarks(looks: Looks, node: number, card: Card, box: Box): Mark {
  const { graph, view } = looks;
  const data = graph.nodes[node];
  const { selection } = view;
  const isSelected = (selection?.kind === "node" || selection?.kind === "entry") && selection.node === node;
  const isFailed = graph.failure !== null && node === graph.nodes.length - 1;
  const cotangent = looks.cotangent(node);
  const { values: gradient, hasCome } = cotangent;
  const states = [
    isSelected && "gb-mod-selected",
    isFailed && "gb-mod-failed",
    card.gradient !== null && !hasCome && "gb-mod-waiting",
    data.op === null && "gb-mod-leaf",
    data.check?.ok === false && "gb-mod-disagrees",
    ...looks.classes(`n${node}`),
  ];
  const { x, y, width, height } = box;
  const marks: Mark[] = [
    mark("rect", { ...classes("gb-Card-frame", ...states), ...place(x, y, width, height), rx: 4 }),
  ];
  if (card.gradient !== null && hasCome) {
    marks.push(ground(box, card.gradient.top, card.gradient.height + (card.differences?.height ?? 0)));
  }
  for (const part of [card.value, card.gradient, card.differences]) {
    if (part === null) continue;
    marks.push(
      mark("path", { ...classes("gb-Card-rule"), d: `M${short(x)} ${short(y + part.top)}h${short(width)}` }),
    );
  }
  marks.push(...headMarks(data, card, box));
  marks.push(valueMarks(looks, node, card, box, isFailed));
  if (card.gradient !== null) marks.push(gradientMarks(looks, node, card.gradient, box, cotangent));
  if (card.differences !== null && data.check?.differences !== undefined && gradient !== null) {
    const [sign, state] = SIGNS[`${data.check.ok}`];
    const part = card.differences;
    marks.push(
      mark(
        "g",
        classes("gb-Card-differences", ...state),
        ...partMarks({ ...part, lead: sign }, box, data.check.differences, data.shape, null),
      ),
    );
  }
  const label = accessibleName(data, gradient, isFailed ? graph.failure : null);
  return mark(
    "g",
    {
      ...classes("gb-Card", ...states),
      "data-node": node,
      "data-key": `n${node}`,
      role: "graphics-symbol",
      "aria-label": label,
    },
    ...marks,
  );
}

/** What a screen reader says: Z, matmul, 2 by 2, gradient norm 0.31. */
export function accessibleName(
  { label, op, shape, lengths, check, changed }: GraphNode,
  gradient: GraphValues | null,
  failure: string | null,
): string {
  const parts = [label, op?.name ?? "leaf", axesText(shape, lengths)];
  if (changed) parts.push("changed since");
  if (failure !== null) parts.push(failure);
  if (gradient !== null && "data" in gradient) {
    const norm = Math.sqrt(gradient.data.reduce<number>((sum, entry) => sum + Number(entry) ** 2, 0));
    parts.push(`gradient norm ${numeral(norm)}`);
  }
  if (check?.ok === false) parts.push(offText(check.error));
  if (check?.ok === null) parts.push(`not checked: ${check.why ?? "nothing can be said here"}`);
  return parts.join(", ");
}

/** 2 by 3, or α by β. */
function axesText(shape: readonly number[], lengths: readonly string[] | undefined): string {
  return shape.length === 0 ? "scalar" : (lengths?.map(plainTex) ?? shape).join(" by ");
}

function offText(error: number): string {
  return Number.isNaN(error)
    ? "off its central differences"
    : `off its central differences by ${numeral(error)}`;
}

function headMarks({ label, op, dtype }: GraphNode, card: Card, { x, y, width }: Box): Mark[] {
  const middle = y + HEAD / 2;
  const nameWidth = labelWidth(card.name, NAME);
  const title = `${label}, ${op?.name ?? "leaf"}, ${card.lengths === "" ? "scalar" : labelText(card.lengths)}, ${dtype}`;
  const name = labelMarks(card.name, x + 10 + nameWidth / 2, middle, NAME);
  const marks = [mark("g", classes("gb-Card-name"), mark("title", {}, title), ...name)];
  if (card.lengths === "") return marks;
  const lengths = labelMarks(card.lengths, x + width - 10 - shapeWidth(card.lengths) / 2, middle, SHAPE);
  return [...marks, mark("g", classes("gb-Card-shape"), mark("title", {}, "shape"), ...lengths)];
}

function valueMarks(looks: Looks, node: number, { value: part }: Card, box: Box, isFailed: boolean): Mark {
  const { value, shape } = looks.graph.nodes[node];
  const inner =
    value === null
      ? part.words.flatMap((line, k) => {
          const height = isFailed ? REMARK + 4 : LEAD + 4;
          const middle = box.y + part.top + part.height / 2 + (k - (part.words.length - 1) / 2) * height;
          return labelMarks(line, box.x + box.width / 2, middle, isFailed ? REMARK : LEAD);
        })
      : partMarks(part, box, value, shape, ownerOf(looks, node, "value"));
  const title = mark(
    "title",
    {},
    isFailed ? (looks.graph.failure ?? "") : `The value of ${looks.graph.nodes[node].label}`,
  );
  return mark(
    "g",
    { ...classes("gb-Card-value", isFailed && "gb-mod-failed"), "data-part": "value" },
    title,
    ...inner,
  );
}

function gradientMarks(
  looks: Looks,
  node: number,
  part: Part,
  box: Box,
  { values, hasCome, made, all }: Cotangent,
): Mark {
  const { shape } = looks.graph.nodes[node];
  const states = [!hasCome && "gb-mod-waiting", hasCome && made < all && "gb-mod-partial"];
  const attributes = { ...classes("gb-Card-gradient", ...states), "data-part": "gradient" };
  if (values !== null) {
    const owner = ownerOf(looks, node, "gradient");
    const whose = `The gradient of ${looks.graph.nodes[node].label}`;
    const title = made < all ? `${whose}: ${made} of ${all} shares have come` : whose;
    return mark("g", attributes, mark("title", {}, title), ...partMarks(part, box, values, shape, owner));
  }
  const words = hasCome ? part.words.join(" ") : `${part.lead} ·`;
  const middle = box.y + part.top + part.height / 2;
  const title = hasCome ? labelText(words) : "The backward pass has not come here yet";
  return mark(
    "g",
    attributes,
    mark("title", {}, title),
    ...labelMarks(words, box.x + box.width / 2, middle, LEAD),
  );
}

/** What stands before the numbers, and the numbers, in the middle of their band. */
function partMarks(
  part: Part,
  box: Box,
  values: GraphValues,
  shape: readonly number[],
  owner: Owner | null,
): Mark[] {
  const left = box.x + (box.width - widthOf(part)) / 2;
  const middle = box.y + part.top + part.height / 2;
  const before = leadWidth(part.lead);
  const lead = part.lead === "" ? [] : labelMarks(part.lead, left + (before - 6) / 2, middle, LEAD);
  const numbers = blockMarks(
    blockOf(values, shape),
    part.room,
    left + before,
    middle - part.room.height / 2,
    owner,
  );
  return [...lead, mark("g", { ...classes("gb-Numbers"), "font-size": NUMBERS }, ...numbers)];
}

function ownerOf(looks: Looks, node: number, part: Highlight["part"]): Owner {
  const prefix = part === "gradient" ? "d" : "";
  return {
    node,
    part,
    nameOf: (entry) => prefix + entryLabel(looks.graph, node, entry),
    highlight: (entry) => looks.highlight(node, entry, part),
  };
}

/** The warm background, inside the frame, of what the backward pass has reached. */
function ground({ x, y, width }: Box, top: number, height: number): Mark {
  const [left, right] = [short(x + 0.5), short(x + width - 0.5)];
  const [up, low] = [short(y + top), short(y + top + height - 0.5)];
  const curve = `V${short(y + top + height - 4)}Q${right} ${low} ${short(x + width - 4)} ${low}H${short(x + 4)}Q${left} ${low} ${left} ${short(y + top + height - 4)}z`;
  return mark("path", { ...classes("gb-Card-ground"), d: `M${left} ${up}H${right}${curve}` });
}

/** The attributes of a rectangle. */
export function place(x: number, y: number, width: number, height: number): Mark["attributes"] {
  return { x: short(x), y: short(y), width: short(width), height: short(height) };
}
