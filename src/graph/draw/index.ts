/** Drawing graphs: what is visible, where it is, and how it looks. */

export { type Cotangent, cotangentAt } from "./cotangent.ts";
export { type Engine, loadEngine, loadedEngine } from "./engine.ts";
export { entryName } from "./entry-name.ts";
export { formulaOf } from "./formula-marks.ts";
export { highlightsOf } from "./highlights.ts";
export type { Route } from "./lanes.ts";
export { type Bar, type Box, type Layout, layoutOf, layoutSource, readLayout } from "./layout.ts";
export type { Highlight, SceneOptions } from "./looks.ts";
export type { Point } from "./plain-format.ts";
export { sceneOf } from "./scene.ts";
export { graphSvg, svgText, viewSvg } from "./svg.ts";
export { LIGHT, type Theme } from "./theme.ts";
export * from "./visible.ts";
