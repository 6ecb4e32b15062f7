/**
 * Elementary functions of one number, with the same bits on every engine.
 *
 * The language leaves the last bits of `Math.exp` and its kin open, and engines differ. Here only +, −, ×, ÷, √ and
 * comparison are used, which IEEE 754 fixes to the bit, so a seeded loss curve can be compared digit by digit.
 * Results lie within 1 unit in the last place of the true value, and mostly are the nearest double.
 */

export { cos, sin } from "./scalar/circle.ts";
export { exp, expm1 } from "./scalar/exp.ts";
export { log, log1p } from "./scalar/log.ts";
export { pow } from "./scalar/pow.ts";
export { sigmoid } from "./scalar/sigmoid.ts";
export { softplus } from "./scalar/softplus.ts";
export { tanh } from "./scalar/tanh.ts";
