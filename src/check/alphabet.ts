/** What single letters mean when no tensor or number has their name. */

/** The letters that count entries when nothing else has their name. */
export const INDEX: RegExp = /^[ijklmnpqrstuv]$|^c$/;
/** Those that are indices even where a number has their name. */
export const COUNTER: RegExp = /^[ijklrc]$/;
/** The letters of dimensions. */
export const DIMENSION: RegExp = /^[αβγNK]$/;
