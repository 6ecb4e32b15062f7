/** A graph as one string of SVG, with a background of its own, that needs no style sheet, script or font. */

import { xmlOf } from "../../typeset/xml.ts";
import { firstView } from "../first-view.ts";
import type { GraphJson } from "../graph-json.ts";
import type { GraphView } from "../graph-view.ts";
import { type Mark, mark } from "../mark.ts";
import type { Engine } from "./engine.ts";
import { layoutOf } from "./layout.ts";
import type { SceneOptions } from "./looks.ts";
import { sceneOf } from "./scene.ts";
import { LIGHT, type Theme } from "./theme.ts";
import { visibleGraph } from "./visible.ts";

/** The picture of a graph that nobody has touched, with the formulas of its gradients. */
export function graphSvg(graph: GraphJson, engine: Engine): string {
  const view = firstView(graph);
  return viewSvg(graph, view, engine, { formulas: "all" });
}

/** The picture of a graph as it is looked at. */
export function viewSvg(
  graph: GraphJson,
  view: GraphView,
  engine: Engine,
  options: SceneOptions = {},
): string {
  const layout = layoutOf(visibleGraph(graph, view), engine);
  return svgText(sceneOf(graph, view, layout, options), LIGHT);
}

/** A scene in the colours of a theme. */
export function svgText(scene: Mark, theme: Theme): string {
  const painted = paint(scene, theme);
  if (painted === null) return "";
  const { width, height } = scene.attributes;
  const ground = mark("rect", { width, height, rx: 6, ...theme["gb-Graph-ground"] });
  // A page narrower than the picture shows all of it.
  const fitted = {
    xmlns: "http://www.w3.org/2000/svg",
    style: "max-width:100%;height:auto",
    ...painted.attributes,
  };
  return xmlOf({
    ...painted,
    attributes: fitted,
    children: [painted.children[0], ground, ...painted.children.slice(1)],
  });
}

/** Attributes for classes; what only a page with a mouse needs goes. */
function paint(part: Mark, theme: Theme): Mark | null {
  const names = String(part.attributes.class ?? "").split(" ");
  let attributes: Mark["attributes"] = {};
  for (const [name, value] of Object.entries(part.attributes)) {
    if (name !== "class" && !name.startsWith("data-")) attributes = { ...attributes, [name]: value };
  }
  let isLeftOut = false;
  for (const key of names.map((name, k) => (k === 0 ? name : `${names[0]}.${name}`))) {
    const style = theme[key];
    if (style === undefined) continue;
    isLeftOut = style === null;
    attributes = { ...attributes, ...style };
  }
  if (isLeftOut) return null;
  const isEntry = names[0] === "gb-Entry";
  const children = part.children.flatMap((child): (Mark | string)[] => {
    if (typeof child === "string") return [child];
    if (isEntry && child.tag === "title") return []; // it says no more than the picture
    const inner = paint(child, theme);
    if (inner === null) return [];
    return isBare(inner) ? inner.children.slice() : [inner];
  });
  return { ...part, attributes, children };
}

/** A group that says and does nothing. */
function isBare({ tag, attributes }: Mark): boolean {
  return tag === "g" && Object.keys(attributes).length === 0;
}
