/** Graphs and numbers for whoever draws them: pure functions on JSON, without tensors. */

export * from "../graph/entry-paths.ts";
export {
  DETACH,
  firstView,
  GRAPH_MIME,
  type GraphCheck,
  type GraphEdge,
  type GraphEntries,
  type GraphGroup,
  type GraphInput,
  type GraphJson,
  type GraphNode,
  type GraphOp,
  type GraphPlace,
  type GraphStep,
  type GraphSummary,
  type GraphValues,
  type GraphView,
  MOST_JSON,
  SEEN_AT_FIRST,
  type Selection,
} from "../graph/graph-json.ts";
export { GraphDataError, readGraph } from "../graph/read-graph.ts";
export { type Mark, mark } from "../svg/mark.ts";
export {
  DECIMALS,
  fromJsonNumber,
  type JsonNumber,
  plainNumber,
  roundedToSize,
  toJsonNumber,
  written,
} from "../tensor/numbers.ts";
export { indicesAt, sizeOf } from "../tensor/shape.ts";
export { type Displayed, hasAll, matrixTex, numberTex, rewritten, withNumbers } from "../tex/matrix.ts";
export { entryLetters, entryOf, nameTex } from "../tex/name.ts";
export { plainTex } from "../tex/plain.ts";
export type { Point } from "./dot.ts";
export type { Route } from "./lanes.ts";
export { type Bar, type Box, type Layout, layoutOf, layoutSource, readLayout } from "./layout.ts";
export { formulaOf } from "./link-marks.ts";
export { type Cotangent, cotangentAt, entryName } from "./node.ts";
export { sceneOf } from "./scene.ts";
export { type Engine, graphSvg, loadEngine, loadedEngine, svgText, viewSvg } from "./svg.ts";
export {
  type Highlight,
  highlightsOf,
  LIGHT,
  type Palette,
  type SceneOptions,
  SERIF,
  type Theme,
  themeCss,
  themeOf,
} from "./theme.ts";
export {
  type CardItem,
  canScatter,
  type EdgeAt,
  type EntryItem,
  type FrameItem,
  type GroupItem,
  type Item,
  isEdge,
  type Link,
  MOST_SCATTERED,
  type PillItem,
  type Visible,
  visibleGraph,
} from "./visible.ts";
