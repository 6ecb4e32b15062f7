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
