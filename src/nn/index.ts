/** Layers, optimisers, data sets and the training loop. */

export { type AdamOptions, adam } from "./adam.ts";
export type { Batch } from "./batches.ts";
export { digits } from "./digits.ts";
export { type FitOptions, fit } from "./fit.ts";
export type { History } from "./history.ts";
export type { Layer } from "./layer.ts";
export { Linear, type LinearOptions } from "./linear.ts";
export { MLP, type MLPOptions } from "./mlp.ts";
export type { Optimiser } from "./optimiser.ts";
export type { Labelled, NoiseOptions } from "./samples.ts";
export { type SgdOptions, sgd } from "./sgd.ts";
export { type SpiralOptions, spirals } from "./spirals.ts";
export { twoMoons } from "./two-moons.ts";
