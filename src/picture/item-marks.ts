/** The other items, drawn: pills, closed groups, frames, entries and bars. */

import { DETACH } from "../graph/graph-json.ts";
import { labelMarks, labelText, labelWidth } from "../svg/label.ts";
import { type Mark, mark } from "../svg/mark.ts";
import { short } from "../svg/plane.ts";
import { texLabel, textLabel } from "../tex/plain.ts";
import { ENTRY_TEXT, GROUP_TEXT, PILL_TEXT } from "./body.ts";
import { LANE } from "./card.ts";
import { place } from "./card-marks.ts";
import type { Bar, Box } from "./layout.ts";
import { clipped, entryLabel, groupLabel, pillLabel } from "./node.ts";
import { numeral } from "./numbers.ts";
import { classes, type Highlight, type Looks } from "./theme.ts";
import type { EntryItem, FrameItem, GroupItem, PillItem } from "./visible.ts";

/** The op of a node: values go through it above, gradients below. */
export function pillMarks(looks: Looks, { node, key, fold }: PillItem, box: Box): Mark {
  const { op, label } = looks.graph.nodes[node];
  const isFailed = looks.graph.failure !== null && node === looks.graph.nodes.length - 1;
  const last = looks.graph.steps[looks.view.step - 1];
  const { selection } = looks.view;
  const states = [
    selection?.kind === "group" && selection.group === fold && "gb-mod-selected",
    isFailed && "gb-mod-failed",
    last?.node === node && "gb-mod-current",
    ...looks.classes(key),
  ];
  const stops = op?.name === DETACH ? ", lets no gradient pass" : "";
  const formula = fold === undefined ? null : looks.graph.groups[fold].label;
  const title = `${label} = ${formula ?? op?.name ?? ""}${stops}`;
  return mark(
    "g",
    {
      ...classes("gb-Pill", ...states),
      ...(fold === undefined ? { "data-op": node } : { "data-group": fold }),
      "data-key": key,
      role: "graphics-symbol",
      "aria-label": formula === null ? title : `${title}, closed`,
    },
    mark("title", {}, title),
    ...(fold === undefined ? [] : [behind(box, 13)]),
    mark("rect", {
      ...classes("gb-Pill-frame", ...states),
      ...rectangle(box),
      rx: short(Math.min(box.width / 2, 13)),
    }),
    ...labelMarks(pillLabel(looks.graph, node, fold), middleOf(box).x, middleOf(box).y, PILL_TEXT),
  );
}

/** What looks out behind whatever can be opened. */
function behind({ x, y, width }: Box, inset: number): Mark {
  return mark("rect", {
    ...classes("gb-Group-behind"),
    ...place(x + inset, y - 3, width - 2 * inset, 8),
    rx: 3,
  });
}

/** A closed group. */
export function groupMarks(looks: Looks, { group, nodes, key }: GroupItem, box: Box): Mark {
  const { selection } = looks.view;
  const label = groupLabel(looks.graph, group);
  const shown = looks.graph.groups[group].repeats === undefined ? plainLabel(label) : textLabel(label);
  const title = `${label}, ${nodes.length} tensors, closed`;
  const states = [
    selection?.kind === "group" && selection.group === group && "gb-mod-selected",
    ...looks.classes(key),
  ];
  const { x, y } = middleOf(box);
  return mark(
    "g",
    {
      ...classes("gb-Group", ...states),
      "data-group": group,
      "data-key": key,
      role: "graphics-symbol",
      "aria-label": title,
    },
    mark("title", {}, title),
    behind(box, 3),
    mark("rect", { ...classes("gb-Group-frame", ...states), ...rectangle(box), rx: 4 }),
    mark("g", classes("gb-Group-name"), ...labelMarks(shown, x, y, GROUP_TEXT)),
  );
}

/** What is around an open group, or around the entries of a node. */
export function frameMarks(looks: Looks, { group, node, key }: FrameItem, box: Box): Mark {
  const { selection } = looks.view;
  const isSelected =
    (selection?.kind === "group" && selection.group === group) ||
    (selection?.kind === "node" && selection.node === node);
  const states = [isSelected && "gb-mod-selected", ...looks.classes(key)];
  const label = group !== null ? groupLabel(looks.graph, group) : looks.graph.nodes[node ?? 0].label;
  const name =
    group !== null || node === null ? plainLabel(label) : clipped(texLabel(looks.graph.nodes[node].tex));
  const target = group !== null ? { "data-group": group } : { "data-node": node ?? 0 };
  const title = group !== null ? `${label}, open` : `${label}, by its entries`;
  return mark(
    "g",
    {
      ...classes("gb-Frame", ...states),
      ...target,
      "data-key": key,
      role: "graphics-symbol",
      "aria-label": title,
    },
    mark("title", {}, title),
    mark("rect", { ...classes("gb-Frame-frame", ...states), ...rectangle(box), rx: 6 }),
    mark("g", classes("gb-Frame-name"), ...startingAt(name, box.x + 10, box.y + 12)),
  );
}

/** An entry of a scattered node: its value, and its gradient. */
export function entryMarks(looks: Looks, { node, entry, key }: EntryItem, box: Box): Mark {
  const data = looks.graph.nodes[node];
  const name = entryLabel(looks.graph, node, entry);
  const { values: gradient } = looks.cotangent(node);
  const { value } = data;
  const hasGradient = box.height > 2 * LANE;
  const kinds = (part: Highlight["part"]): string[] =>
    looks.highlight(node, entry, part).map((kind) => `gb-mod-${kind}`);
  const states = [...new Set([...kinds("value"), ...kinds("gradient")]), ...looks.classes(key)];
  const number = (values: typeof value): string =>
    values !== null && "data" in values ? numeral(values.data[entry]) : "·";
  const line = (part: Highlight["part"], text: string, y: number): Mark =>
    mark(
      "g",
      {
        ...classes(
          part === "value" ? "gb-Card-value" : "gb-Card-gradient",
          part === "gradient" && gradient === null && "gb-mod-waiting",
        ),
        "data-part": part,
        "data-entry": `${node}:${entry}`,
      },
      ...labelMarks(text, box.x + box.width / 2, y, ENTRY_TEXT),
    );
  const title = `${labelText(name)} = ${number(value)}${gradient === null ? "" : `, gradient ${number(gradient)}`}`;
  return mark(
    "g",
    {
      ...classes("gb-EntryCard", ...states),
      "data-node": node,
      "data-key": key,
      "data-entry": `${node}:${entry}`,
      role: "graphics-symbol",
      "aria-label": title,
    },
    mark("title", {}, title),
    mark("rect", { ...classes("gb-Card-frame", ...states), ...rectangle(box), rx: 4 }),
    ...(hasGradient && gradient !== null
      ? [
          mark("rect", {
            ...classes("gb-Card-ground"),
            ...place(box.x + 0.5, box.y + 2 * LANE, box.width - 1, 2 * LANE - 0.5),
            rx: 3,
          }),
        ]
      : []),
    ...(hasGradient
      ? [
          mark("path", {
            ...classes("gb-Card-rule"),
            d: `M${short(box.x)} ${short(box.y + 2 * LANE)}h${short(box.width)}`,
          }),
        ]
      : []),
    line("value", `${name} = ${number(value)}`, box.y + LANE),
    ...(hasGradient ? [line("gradient", `d${name} = ${number(gradient)}`, box.y + 3 * LANE)] : []),
  );
}

/** A bar at which gradients are added. */
export function barMark(bar: Bar): Mark {
  const title =
    bar.side === "right"
      ? "used more than once: its gradient is the sum of what comes back"
      : "depends on several";
  return mark("rect", { ...classes("gb-Bar"), ...rectangle(bar), rx: 2 }, mark("title", {}, title));
}

/** A label that is not mathematics: a `_` in it is just that. */
function plainLabel(label: string): string {
  return label.replace(/_/g, "\u2009").replace(/[\^{}]/g, " ");
}

function startingAt(label: string, x: number, y: number): readonly Mark[] {
  return labelMarks(label, x + labelWidth(label, GROUP_TEXT - 1) / 2, y, GROUP_TEXT - 1);
}

function rectangle({ x, y, width, height }: Box): Mark["attributes"] {
  return place(x, y, width, height);
}

function middleOf({ x, y, width, height }: Box): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
