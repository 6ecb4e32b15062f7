/** The scene: the picture of a graph at a step of its backward pass, with what is selected, as elements of SVG. */

import type { GraphJson, GraphView } from "../graph/graph-json.ts";
import { type Mark, mark } from "../svg/mark.ts";
import { cardsOf } from "./card.ts";
import { cardMarks } from "./card-marks.ts";
import { barMark, entryMarks, frameMarks, groupMarks, pillMarks } from "./item-marks.ts";
import type { Route } from "./lanes.ts";
import type { Box, Layout } from "./layout.ts";
import {
  formulaMarks,
  formulaOf,
  linkMarks,
  placeFormula,
  progressOf,
  stepNumbers,
  stubMarks,
} from "./link-marks.ts";
import { cotangentsOf } from "./node.ts";
import { classes, type Highlight, type Looks, type SceneOptions } from "./theme.ts";
import { type Item, isEdge, type Link } from "./visible.ts";

/** Draws the graph. Colours are given by classes: a style sheet or `svgText` chooses them. */
export function sceneOf(graph: GraphJson, view: GraphView, layout: Layout, options: SceneOptions = {}): Mark {
  const looks = looksOf(graph, view, layout, options);
  const { items } = layout.visible;
  const cards = cardsOf(graph, layout.visible.differences);
  const draw = (item: Item): Mark[] => {
    const box = layout.boxes.get(item.key);
    if (box === undefined) return [];
    if (item.kind === "card") return [cardMarks(looks, item.node, cards(item.node), box)];
    if (item.kind === "pill") return [pillMarks(looks, item, box)];
    if (item.kind === "group") return [groupMarks(looks, item, box)];
    if (item.kind === "entry") return [entryMarks(looks, item, box)];
    return [frameMarks(looks, item, box)];
  };
  const title = `The computation of ${graph.title}, and its backward pass`;
  return mark(
    "svg",
    {
      ...classes("gb-Graph"),
      role: "graphics-document",
      "aria-label": title,
      width: layout.width,
      height: layout.height,
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      fill: "currentColor",
    },
    mark("title", {}, title),
    mark("g", classes("gb-Frames"), ...items.filter(({ kind }) => kind === "frame").flatMap(draw)),
    mark("g", classes("gb-Links"), ...linksOfScene(looks)),
    mark("g", classes("gb-Items"), ...items.filter(({ kind }) => kind !== "frame").flatMap(draw)),
    mark("g", classes("gb-Formulas"), ...formulasOf(looks, options.formulas ?? "step")),
    ...omittedMarks(graph, layout),
  );
}

/** Says that there is more. */
function omittedMarks({ omitted, title }: GraphJson, { height }: Layout): Mark[] {
  if (omitted === 0) return [];
  const text = `${omitted} more tensors, farther from ${title}, are left out`;
  const place = { x: 12, y: height - 5, "font-size": 11 };
  return [mark("g", classes("gb-Omitted"), mark("text", place, text))];
}

function looksOf(graph: GraphJson, view: GraphView, layout: Layout, options: SceneOptions): Looks {
  const cotangents = cotangentsOf(graph);
  const lit = new Map<string, Highlight["kind"][]>();
  for (const { node, entry, part, kind } of options.highlights ?? []) {
    const key = `${node}:${entry}:${part}`;
    lit.set(key, [...(lit.get(key) ?? []), kind]);
  }
  return {
    graph,
    view,
    layout,
    cotangent: (node) => cotangents(node, view.step),
    highlight: (node, entry, part) => lit.get(`${node}:${entry}:${part}`) ?? [],
    classes: (key) => options.classes?.get(key) ?? [],
  };
}

/** The links, those of the backward pass above the others. */
function linksOfScene(looks: Looks): Mark[] {
  const { graph, view, layout } = looks;
  const numbers = stepNumbers(graph);
  const rank = (link: Link): number =>
    ["next", "made", "current"].indexOf(progressOf(link.edges, numbers, view.step) ?? "");
  const links = [...layout.visible.links].sort((a, b) => rank(a) - rank(b));
  const marks = links.flatMap((link) => {
    const route = layout.routes.get(link.key);
    return route === undefined
      ? []
      : [linkMarks(looks, link, route, progressOf(link.edges, numbers, view.step))];
  });
  const bars = layout.bars.flatMap((bar) => {
    const { links: all } = layout.visible;
    const mine = all.filter(
      ({ from, to, isResult }) => !isResult && (bar.side === "right" ? from : to) === bar.key,
    );
    const hasCome = mine.some(({ edges }) =>
      ["made", "current"].includes(progressOf(edges, numbers, view.step) ?? ""),
    );
    return [stubMarks(bar.stub, hasCome), barMark(bar)];
  });
  return [...bars, ...marks];
}

/** The formula of the last step, or, in a picture that does not move, as many as there is room for. */
function formulasOf({ graph, view, layout, cotangent }: Looks, which: "all" | "step"): Mark[] {
  const { items, links } = layout.visible;
  const routes = [...layout.routes.values()];
  const solid = items.flatMap(({ kind, key }) => (kind === "frame" ? [] : (layout.boxes.get(key) ?? [])));
  const boxes: Box[] = [...solid, ...layout.bars, ...routes.flatMap(tipsOf)];
  const lanes = routes.flatMap(({ forward, backward }) => [
    forward,
    ...(backward === null ? [] : [backward]),
  ]);
  const linkOf = new Map<string, Link>();
  for (const link of links) {
    if (link.isResult) continue;
    for (const { node, input } of link.edges) linkOf.set(`${node}:${input}`, link);
  }
  const folds = new Set(items.flatMap((item) => (item.kind === "pill" ? (item.fold ?? []) : [])));
  const hidden = new Set(
    graph.nodes.flatMap(({ group }, k) => (group !== undefined && folds.has(group) ? [k] : [])),
  );
  const from = which === "all" ? 0 : Math.max(0, view.step - 1);
  return graph.steps.slice(from, view.step).flatMap((step, k) => {
    const formula = formulaOf(graph, step);
    const lane = layout.routes.get(linkOf.get(`${step.node}:${step.input}`)?.key ?? "")?.backward ?? null;
    if (formula === null || lane === null) return [];
    // Where there are no numbers, the formula stands in the card.
    const edge = graph.nodes[step.node].op?.inputs[step.input];
    // A formula of what is computed within a pill would name what nobody sees.
    if (hidden.has(step.node)) return [];
    if (edge === undefined || !isEdge(edge) || cotangent(edge.from).values === null) return [];
    const box = placeFormula(formula, lane, { ...layout, boxes, lanes }, which === "all");
    if (box === null) return [];
    boxes.push(box); // formulas avoid each other
    return [formulaMarks(formula, box, from + k === view.step - 1)];
  });
}

/** The room of the tips of a link, which no formula may hide. */
function tipsOf({ forward, backward }: Route): Box[] {
  const end = forward[forward.length - 1];
  const tips = [{ x: end.x - 10, y: end.y - 4, width: 10, height: 8 }];
  return backward === null
    ? tips
    : [...tips, { x: backward[0].x, y: backward[0].y - 4, width: 10, height: 8 }];
}
