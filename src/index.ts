/** Gradbook: matrices that print as mathematics, and gradients that explain themselves. */

import "./methods.ts";

export { compile, type StepResult } from "./autodiff/compile.ts";
export * from "./autodiff/grad.ts";
export * from "./autodiff/gradcheck.ts";
export { hessian, Jacobian, jacobian } from "./autodiff/jacobian.ts";
export { type Check, check } from "./check/check.ts";
export { Confirmation } from "./check/confirmation.ts";
export { CheckError, FormulaError } from "./check/grammar.ts";
export { type MathTag, math } from "./check/math.ts";
export { exercise, student } from "./exercise/exercise.ts";
export { Derivation } from "./explain/derivation.ts";
export { apply, type ExplainOptions, explain } from "./explain/explain.ts";
export { type FigureName, figure } from "./figures/figure.ts";
export * as gb from "./index.ts";
export { Answer, type Ask, ask, nudge, type Verdict } from "./lesson/ask.ts";
export { type LiveOptions, live, type SliderOptions, slider } from "./lesson/live.ts";
export { type Judge, reference, Verified, type Verify } from "./lesson/reference.ts";
export type { Labelled, NoiseOptions } from "./nn/data.ts";
export { digits, type SpiralOptions, spirals, twoMoons } from "./nn/data.ts";
export type { Batch, History } from "./nn/fit.ts";
export { accuracy, type FitOptions, fit, lastHistory } from "./nn/fit.ts";
export type { Layer } from "./nn/layers.ts";
export { Linear, type LinearOptions, MLP, type MLPOptions } from "./nn/layers.ts";
export type { Optimiser } from "./nn/optimisers.ts";
export { type AdamOptions, adam, type SgdOptions, sgd } from "./nn/optimisers.ts";
export * from "./ops/index.ts";
export { type Path, type PathStop, Paths } from "./paths/path-list.ts";
export { type PathsOptions, paths } from "./paths/paths.ts";
export { Graph, type GraphOptions, graph } from "./picture/graph.ts";
export type { PlotOptions } from "./plot/contents.ts";
export { type Plot, plot } from "./plot/plot.ts";
export * from "./print/latex.ts";
export * from "./tensor/allclose.ts";
export { debug } from "./tensor/apply.ts";
export { type Display, display, type ShowBytes, type ShowText } from "./tensor/display.ts";
export type { Dtype } from "./tensor/dtype.ts";
export * from "./tensor/errors.ts";
export { type ClearOptions, clearOutput, type DisplayOptions, useBlas } from "./tensor/host.ts";
export {
  arange,
  eye,
  filled,
  full,
  linspace,
  oneHot,
  ones,
  type TensorOptions,
  tensor,
  zeros,
} from "./tensor/make.ts";
export { permutation, rand, randint, randn, seed } from "./tensor/random.ts";
export { symbol } from "./tensor/symbol.ts";
export { Tensor } from "./tensor/tensor.ts";
export type { Data, Nested, Operand, ReduceOptions, ShapeProblem } from "./tensor/typed-shapes.ts";
export { type ColumnsOptions, columns, rows } from "./views/columns.ts";
export { boxed, differential, entries, entry, generic, type Place, space, update } from "./views/generic.ts";
export type { ViewOptions } from "./views/view.ts";
export { View } from "./views/view.ts";
