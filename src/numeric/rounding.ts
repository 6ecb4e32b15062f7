/** What a rounded sum or product has lost, exactly: the building blocks of doubled precision. */

/** The e for which a + b = sum + e exactly, where sum is a + b as rounded (Knuth). */
export function sumError(a: number, b: number, sum: number): number {
  const bPart = sum - a;
  const aPart = sum - bPart;
  return a - aPart + (b - bPart);
}

/** The e for which a · b = product + e exactly, where product is a · b as rounded (Dekker); |a| and |b| < 2⁹⁹⁶. */
export function productError(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a);
  const aLow = a - aHigh;
  const bHigh = upperHalf(b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The upper 26 bits of a, rounded; a minus them has 26 as well, and products of two such halves are exact. */
export function upperHalf(a: number): number {
  const shifted = a * 134217729; // 2²⁷ + 1
  return shifted - (shifted - a);
}

// A double as m · 2ᵏ: powers of two, and the exponent of a number.

const powers: Float64Array = (() => {
  const table = new Float64Array(1074 + 1024);
  table[1074] = 1;
  for (let k = 1; k <= 1023; k++) table[1074 + k] = table[1074 + k - 1] * 2;
  for (let k = 1; k <= 1074; k++) table[1074 - k] = table[1074 - k + 1] / 2;
  return table;
})();

/** 2ᵏ for k from −1074 to 1023, exactly. */
export function powerOfTwo(k: number): number {
  return powers[1074 + k];
}

const view: DataView = new DataView(new ArrayBuffer(8));

/** The k for which |x| = m · 2ᵏ with m in [1, 2); x is finite, and not subnormal or 0. */
export function exponentOf(x: number): number {
  view.setFloat64(0, x, true);
  return ((view.getUint32(4, true) >>> 20) & 0x7ff) - 1023;
}

/** ln 2 = LN2_HIGH + LN2_LOW; the high part ends in 21 zero bits, so k · LN2_HIGH is exact for |k| < 2²⁰. */
export const LN2_HIGH: number = 0.6931471803691238;
export const LN2_LOW: number = 1.9082149292705877e-10;
