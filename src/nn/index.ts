/** Layers, optimisers, data sets and the training loop. */

export type { Labelled, NoiseOptions } from "./data.ts";
export { digits, type SpiralOptions, spirals, twoMoons } from "./data.ts";
export type { Batch, History } from "./fit.ts";
export { accuracy, type FitOptions, fit } from "./fit.ts";
export type { Layer } from "./layers.ts";
export { Linear, type LinearOptions, MLP, type MLPOptions } from "./layers.ts";
export type { Optimiser } from "./optimisers.ts";
export { type AdamOptions, adam, type SgdOptions, sgd } from "./optimisers.ts";
