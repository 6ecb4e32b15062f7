/** Numbers on which functions are tried. */
import { createRandom } from "../../src/tensor/random.ts";

/** Where functions bend, overflow, vanish, or change from one formula to another. */
const EDGES: readonly number[] = [
  0,
  Number.POSITIVE_INFINITY,
  Number.MIN_VALUE,
  Number.MAX_VALUE,
  2.2250738585072014e-308,
  1e-320,
  2 ** -55,
  2 ** -54,
  0.34657359027997264,
  0.5,
  Math.SQRT1_2,
  1,
  Math.SQRT2,
  22,
  40,
  44,
  60,
  708,
  709.782712893384,
  745.1332191019412,
].flatMap((x) => [x, x * (1 + 2 ** -52), x * (1 - 2 ** -53)]);

/** So many numbers: the edges, both signs of them, NaN, and random ones of all sizes. */
export function pointsFor(count: number, seed: number): number[] {
  const random = createRandom(seed);
  const bits = new DataView(new ArrayBuffer(8));
  const any = (): number => {
    bits.setUint32(0, Math.floor(random.uniform() * 2 ** 32));
    bits.setUint32(4, Math.floor(random.uniform() * 2 ** 32));
    return bits.getFloat64(0);
  };
  const kinds = [
    () => 2 * random.uniform() - 1,
    () => 100 * random.uniform() - 50,
    () => 1600 * random.uniform() - 800,
    any,
  ];
  const edges = [Number.NaN, ...EDGES, ...EDGES.map((x) => -x)];
  return Array.from({ length: count }, (_, k) => (k < edges.length ? edges[k] : kinds[k % kinds.length]()));
}
