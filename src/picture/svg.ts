/** A graph as one string of SVG, with a background of its own, that needs no style sheet, script or font. */

import { firstView, type GraphJson, type GraphView } from "../graph/graph-json.ts";
import { frame, type Mark, mark, xmlOf } from "../svg/mark.ts";
import { layoutOf } from "./layout.ts";
import { sceneOf } from "./scene.ts";
import { LIGHT, type SceneOptions, type Theme } from "./theme.ts";
import { visibleGraph } from "./visible.ts";

/** The picture of a graph that nobody has touched, with the formulas of its gradients. */
export function graphSvg(graph: GraphJson, engine: Engine): string {
  const view = firstView(graph);
  return viewSvg(graph, view, engine, { formulas: "all" });
}

/** The picture of a graph in a given view. */
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
  const painted = paint(scene, painterOf(theme));
  if (painted === null) return "";
  const { width, height } = scene.attributes;
  const ground = mark("rect", { width, height, rx: 6, ...theme["gb-Graph-ground"] });
  const { width: _width, height: _height, viewBox: _box, ...others } = painted.attributes;
  const fitted = { xmlns: "http://www.w3.org/2000/svg", ...frame(Number(width), Number(height)), ...others };
  return xmlOf({
    ...painted,
    attributes: fitted,
    children: [painted.children[0], ground, ...painted.children.slice(1)],
  });
}

/** Attributes for classes, found once for each combination of them. `null` leaves an element out. */
function painterOf(theme: Theme): (names: string) => Mark["attributes"] | null {
  const known = new Map<string, Mark["attributes"] | null>();
  return (names) => {
    const found = known.get(names);
    if (found !== undefined) return found;
    const [base, ...states] = names.split(" ");
    const keys = new Set([base, ...states.map((state) => `${base}.${state}`)]);
    const styles = Object.entries(theme).flatMap(([key, style]) => (keys.has(key) ? [style] : []));
    const style = styles.at(-1) === null ? null : Object.assign({}, ...styles);
    known.set(names, style);
    return style;
  };
}

/** An element in its colours; what only a page with a mouse needs is left out. */
function paint(part: Mark, painter: (names: string) => Mark["attributes"] | null): Mark | null {
  const style = painter(String(part.attributes.class ?? ""));
  if (style === null) return null;
  const attributes: Record<string, string | number> = {};
  for (const name in part.attributes) {
    if (name !== "class" && !name.startsWith("data-")) attributes[name] = part.attributes[name];
  }
  Object.assign(attributes, style);
  // A part has no tooltip of its own: that of its symbol is enough.
  const mayHaveTitle = part.tag === "svg" || part.attributes.role !== undefined;
  const children: (Mark | string)[] = [];
  for (const child of part.children) {
    if (typeof child === "string") children.push(child);
    else if (child.tag !== "title" || mayHaveTitle) {
      const inner = paint(child, painter);
      if (inner === null) continue;
      if (isBare(inner)) children.push(...inner.children);
      else children.push(inner);
    }
  }
  return { ...part, attributes, children };
}

/** A group without any effect. */
function isBare({ tag, attributes }: Mark): boolean {
  return tag === "g" && Object.keys(attributes).length === 0;
}

// The engine that finds places: Graphviz, which is loaded when it is first needed.

/** Lays out what is written in the language of Graphviz, and answers in its plain format. */
export interface Engine {
  layout(dot: string): string;
}

let loaded: Engine | undefined;

/** Loads the engine. */
export async function loadEngine(): Promise<Engine> {
  if (loaded === undefined) {
    const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
    const graphviz = await Graphviz.load();
    loaded = { layout: (dot) => graphviz.layout(dot, "plain-ext", "dot") };
  }
  return loaded;
}

/** The engine, if it is loaded: then code that cannot wait can draw too. */
export function loadedEngine(): Engine | undefined {
  return loaded;
}
