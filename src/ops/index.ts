/** All ops. Star exports keep their documentation in a notebook's tooltips. */

export * from "./activations.ts";
export * from "./along-axis.ts";
export * from "./arithmetic.ts";
export * from "./cast.ts";
export * from "./compare.ts";
export * from "./concat.ts";
export * from "./contractions.ts";
export * from "./convolution.ts";
export * from "./exponential.ts";
export * from "./losses.ts";
export * from "./maximum.ts";
export * from "./norm.ts";
export * from "./reductions.ts";
export * from "./reshape.ts";
export * from "./slice.ts";
export * from "./softmax.ts";
export * from "./solve.ts";
export * from "./trigonometry.ts";
export * from "./where.ts";
