/** Gradbook: matrices that print as mathematics, and gradients that explain themselves. */

import "./methods.ts";

export * from "./allclose.ts";
export * from "./autodiff/grad.ts";
export * from "./autodiff/gradcheck.ts";
export { hessian, Jacobian, jacobian } from "./autodiff/jacobian.ts";
export * from "./autodiff/jvp.ts";
export * from "./autodiff/vjp.ts";
export { type Check, check } from "./check/check.ts";
export { Confirmation } from "./check/confirmation.ts";
export { CheckError, FormulaError } from "./check/errors.ts";
export { type MathTag, math } from "./check/math.ts";
export { debug } from "./debug.ts";
export type { Dtype } from "./dtype.ts";
export * from "./errors.ts";
export { apply } from "./explain/apply.ts";
export { Derivation } from "./explain/derivation.ts";
export { type ExplainOptions, explain } from "./explain/explain.ts";
export { type FigureName, figure } from "./figures/figure.ts";
export { Graph, type GraphOptions, graph } from "./graph/graph.ts";
export { type ClearOptions, clearOutput, type DisplayOptions, display } from "./host.ts";
export * as gb from "./index.ts";
export * from "./latex/latex.ts";
export { arange, eye, full, linspace, oneHot, ones, type TensorOptions, tensor, zeros } from "./make.ts";
export * from "./nn/index.ts";
export * from "./ops/index.ts";
export { type Path, type PathStop, Paths } from "./paths/path-list.ts";
export { type PathsOptions, paths } from "./paths/paths.ts";
export { type Plot, plot } from "./plot/plot.ts";
export type { PlotOptions } from "./plot/scene.ts";
export * from "./random-tensors.ts";
export { symbol } from "./symbol.ts";
export { Tensor } from "./tensor.ts";
export type { Data, Nested, Operand, ReduceOptions, ShapeProblem } from "./typed-shapes.ts";
export * from "./views/index.ts";
