/** The error function erf x = 2/√π ∫₀ˣ e^(−t²) dt, and the normal distribution. */

import { exp, expSum } from "./exponential.ts";
import { productError, sumError } from "./rounding.ts";

const TWO_BY_ROOT_PI: number = 1.1283791670955126;
const TWO_BY_ROOT_PI_REST: number = 1.533545961316588e-17;
const ROOT_HALF: number = Math.SQRT1_2;
const ROOT_HALF_REST: number = -4.833646656726457e-17;

/** The error function. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (!(a >= 0.5)) return erfNearZero(x);
  const [high, low] = complement(a, 0);
  const rest = 1 - high;
  const y = rest + (sumError(1, -high, rest) - low);
  return x < 0 ? -y : y;
}

/** Φ(x), the probability that a normal number is below x: ½ erfc(−x/√2), with all its digits in both tails. */
export function normalDistribution(x: number): number {
  const a = Math.abs(x);
  if (a > 39) return x > 0 ? 1 : 0;
  if (Number.isNaN(x)) return x;
  const t = a * ROOT_HALF;
  const rest = productError(a, ROOT_HALF, t) + a * ROOT_HALF_REST;
  if (t < 0.5) return 0.5 + 0.5 * Math.sign(x) * (erfNearZero(t) + rest);
  const [high, low] = complement(t, rest);
  return x < 0 ? 0.5 * (high + low) : 1 - 0.5 * (high + low);
}

/** φ(x) = e^(−x²/2)/√(2π), the density of the normal distribution. */
export function normalDensity(x: number): number {
  const a = Math.abs(x);
  if (a > 39) return 0;
  const square = a * a;
  return 0.3989422804014327 * expSum(-square / 2, -productError(a, a, square) / 2);
}

/** 2/√π (x − x³/3 + x⁵/(5 · 2!) − …) for |x| < ½, where x²⁴ below 2⁻²⁴/12! is too small to count. */
function erfNearZero(x: number): number {
  if (x === 0) return x; // keeps −0
  const z = x * x;
  let [term, sum] = [1, 0];
  for (let n = 1; n <= 12; n++) {
    term *= -z / n;
    sum += term / (2 * n + 1);
  }
  const y = x * TWO_BY_ROOT_PI;
  return y + (productError(x, TWO_BY_ROOT_PI, y) + x * TWO_BY_ROOT_PI_REST + y * sum);
}

/** 1 − erf(t + c) as a sum of two doubles, for t ≥ ½ and a tiny c: its Taylor series around the nearest k/8. */
function complement(t: number, c: number): readonly [high: number, low: number] {
  const k = Math.round(8 * t);
  if (k - 4 >= COMPLEMENTS.length) return [farComplement(t, c), 0];
  const center = k / 8;
  const h = t - center + c;
  // a_n = (−1)ⁿ Hₙ(center) hⁿ/n!, by the recurrence of the Hermite polynomials; the term of hⁿ⁺¹ is a_n/(n + 1).
  let [before, a, sum] = [0, 1, 1];
  for (let n = 0; n < 24; n++) {
    [before, a] = [a, (-2 * h * (center * a + h * before)) / (n + 1)];
    sum += a / (n + 2);
  }
  const [high, low] = COMPLEMENTS[k - 4];
  return [high, low - TWO_BY_ROOT_PI * exp(-center * center) * h * sum];
}

/** The continued fraction e^(−t²)/√π / (t + ½/(t + 1/(t + 3/2/(t + …)))), whose depth is enough from 6 on. */
function farComplement(t: number, c: number): number {
  if (t > 28) return 0;
  let fraction = t;
  for (let n = 30; n >= 1; n--) fraction = t + n / 2 / fraction;
  const square = t * t;
  return ((TWO_BY_ROOT_PI / 2) * expSum(-square, -productError(t, t, square) - 2 * t * c)) / fraction;
}

/** erfc(k/8) for k = 4, …, 48, each as a sum of two doubles. */
const COMPLEMENTS: readonly (readonly [high: number, low: number])[] = [
  [0.4795001221869535, -1.900077467916287e-17],
  [0.376759117811582, 2.7016816836135297e-17],
  [0.28884436634648486, 8.536743514828927e-18],
  [0.21592493894014034, 4.289874173274569e-18],
  [0.15729920705028513, -2.954563826510312e-18],
  [0.11161176829829224, -2.291347870416768e-18],
  [0.07709987174354177, -3.3360693261863044e-19],
  [0.051829927217909674, 3.160872472615337e-18],
  [0.033894853524689274, -8.274380778554473e-19],
  [0.021556266760016336, -3.1872158084248303e-19],
  [0.013328328780817557, -6.145085778436527e-19],
  [0.00800994232988003, -6.364799539770061e-19],
  [0.004677734981047266, -3.8794238326641256e-19],
  [0.0026540293594823415, 4.3370229402713904e-20],
  [0.0014627165866811518, -6.81920077729474e-20],
  [0.0007829382178911192, 3.7648655747024134e-20],
  [0.0004069520174449589, 2.080297158010754e-20],
  [0.00020537573614121745, -5.600990411407791e-21],
  [0.00010062192211963683, 6.262545538413354e-21],
  [4.785483974377341e-5, 1.2868001298233825e-21],
  [2.209049699858544e-5, 1.5563377960343457e-22],
  [9.89673462524562e-6, 6.227073739598347e-23],
  [4.302779463675122e-6, -1.1949933093530682e-22],
  [1.8152814274403558e-6, -1.9340024399672975e-23],
  [7.430983723414128e-7, -3.117067749063089e-23],
  [2.951401925115699e-7, -2.0496768931694e-23],
  [1.1372725656979665e-7, -3.707590374501806e-25],
  [4.2513944082491124e-8, -1.965329123367693e-24],
  [1.541725790028002e-8, -1.1417872168371026e-24],
  [5.423400799565066e-9, -3.1284083056194803e-25],
  [1.8505741373867425e-9, 6.25309128612603e-26],
  [6.12483295356936e-10, -1.9946565019436042e-27],
  [1.9661604415428876e-10, -1.0512550512761318e-26],
  [6.121610513034226e-11, -2.036108398041812e-27],
  [1.8485047721485312e-11, -8.90033088163163e-28],
  [5.413406466297941e-12, 2.2928690676578807e-28],
  [1.537459794428035e-12, -8.569418222079096e-29],
  [4.234563376336224e-13, -1.8367597685946112e-29],
  [1.1310313266887154e-13, 2.9933240265582124e-30],
  [2.9294885544871546e-14, -2.192120362523463e-30],
  [7.357847917974398e-15, -2.2410709375634793e-31],
  [1.7920200056510066e-15, -1.3690417189233657e-31],
  [4.232136617425738e-16, -1.8599660417815564e-32],
  [9.691555645277176e-17, -5.2180892607575465e-33],
  [2.1519736712498913e-17, 3.1898197253599377e-34],
];
