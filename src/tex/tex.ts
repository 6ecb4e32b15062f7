/** LaTeX that knows how tightly it binds, so that parentheses stand where they must and nowhere else. */

/** How tightly a piece of LaTeX holds together; a weaker piece inside a stronger one is put in parentheses. */
export const Strength = { sum: 1, product: 2, juxtaposed: 3, power: 4, atom: 5 } as const;

/** One of the values of `Strength`. */
export type Strength = (typeof Strength)[keyof typeof Strength];

/** A piece of LaTeX. */
export interface Tex {
  readonly latex: string;
  readonly strength: Strength;
  /** The rank of the value it stands for: a product with a scalar needs no sign. */
  readonly rank: number;
  /** The number it is, if it stands as one in the formula: a factor 1 is left out, and −1 becomes a sign. */
  readonly value?: number;
}

/** What an op says about its LaTeX: the result, given the arguments. The rank follows from the result's shape. */
export type TexRule = (...x: Tex[]) => Tex;

/** Signs that fold entries into one. */
export type Big = "sum" | "prod" | "max" | "min";

/** Lengths as letters, for a formula that prints some; each is worked out when it is asked for. */
export interface LengthsTex {
  /** Those of the result's axes. */
  readonly result: readonly string[];
  /** What a sum is divided by. */
  readonly divisor: string;
}

function tex(latex: string, strength: Strength): Tex {
  return { latex, strength, rank: 0 };
}

/** The LaTeX of `x`, in parentheses when it binds less tightly than `strength`. */
export function atLeast(strength: Strength, x: Tex): string {
  return x.strength < strength ? parenthesized(x.latex) : x.latex;
}

/** Parentheses that grow with what they hold. */
export function parenthesized(latex: string): string {
  return /\\(frac|begin|sum)/.test(latex) ? `\\left(${latex}\\right)` : `(${latex})`;
}

/** a + b, a − b: the right operand in parentheses when it is itself such an operation, as it was written. */
export function infix(sign: string, strength: Strength): TexRule {
  return (a, b) => tex(`${atLeast(strength, a)} ${sign} ${atLeast(tighter(strength), b)}`, strength);
}

function tighter(strength: Strength): Strength {
  const next = Object.values(Strength).find((one) => one > strength);
  return next ?? Strength.atom;
}

/** The Hadamard product; a scalar stands beside what it scales. */
export function hadamard(a: Tex, b: Tex): Tex {
  for (const [factor, other] of [
    [a, b],
    [b, a],
  ]) {
    if (factor.value === 1) return other;
    if (factor.value === -1) return negative(other);
  }
  return a.rank > 0 && b.rank > 0 ? infix("\\odot", Strength.product)(a, b) : juxtapose(a, b);
}

/** The product of two entries: a dot between them, or nothing before a parenthesis. */
export function cellProduct(a: Tex, b: Tex): Tex {
  if (a.value === 1) return b;
  if (b.value === 1) return a;
  const [left, right] = [atLeast(Strength.product, a), atLeast(Strength.power, b)];
  return tex(`${left}${/^\(|^\\left/.test(right) ? " " : " \\cdot "}${right}`, Strength.product);
}

/** The product of matrices, or of anything by a scalar: a space, or a dot before a digit. */
export function juxtapose(a: Tex, b: Tex): Tex {
  if (a.value === 1) return b;
  const [left, right] = [atLeast(Strength.juxtaposed, a), atLeast(Strength.power, b)];
  return tex(`${left}${/^\(?-?\d/.test(right) ? " \\cdot " : " \\, "}${right}`, Strength.juxtaposed);
}

/** −x. */
export function negative(x: Tex): Tex {
  return tex(`-${atLeast(Strength.product, x)}`, Strength.sum);
}

/** A function by its sign: σ(x). */
export function call(f: string): TexRule {
  return (x) => tex(`${f}${parenthesized(x.latex)}`, Strength.atom);
}

/** A function of two arguments by its sign: max(x, y). */
export function functionOfTwo(f: string): TexRule {
  return (x, y) => tex(`${f}${parenthesized(`${x.latex}, ${y.latex}`)}`, Strength.atom);
}

/** A function of any number of arguments by its name: f(x, y). */
export function functionNamed(name: string): TexRule {
  const sign = name.length === 1 ? name : `\\operatorname{${name.replace(/[^A-Za-z0-9 ]/g, "")}}`;
  return (...x) => tex(`${sign}${parenthesized(x.map(({ latex }) => latex).join(", "))}`, Strength.atom);
}

/** A function that works along some axes, counted from 1 as the lecture does: max₁(X). */
export function functionOver(name: string, axes: readonly number[]): TexRule {
  const along = axes.length === 0 ? "" : `_{${axes.map((axis) => axis + 1).join(",")}}`;
  return (...x) =>
    tex(
      `\\operatorname{${name}}${along}${parenthesized(x.map(({ latex }) => latex).join(", "))}`,
      Strength.atom,
    );
}

/** A command that encloses its argument: √x. */
export function command(name: string): TexRule {
  return (x) => tex(`${name}{${x.latex}}`, Strength.atom);
}

/** Delimiters of their own: |x|. */
export function delimited(open: string, close: string): TexRule {
  return (x) => tex(`\\left${open} ${x.latex} \\right${close}`, Strength.atom);
}

/** x with a fixed superscript: x². */
export function superscript(script: string): TexRule {
  return (x) => tex(`${atLeast(Strength.atom, { ...x, latex: baseOf(x) })}^{${script}}`, Strength.power);
}

/** x to the power of y. */
export function powerOf(x: Tex, y: Tex): Tex {
  return superscript(y.latex)(x);
}

// A name that already has a superscript cannot take a second one.
function baseOf({ latex, strength }: Tex): string {
  return strength === Strength.atom && /\^/.test(latex) ? parenthesized(latex) : latex;
}

/** base to the power of x. */
export function power(base: string): TexRule {
  return (x) => tex(`${base}^{${x.latex}}`, Strength.power);
}

/** a over b. */
export function fraction(a: Tex, b: Tex): Tex {
  return tex(`\\frac{${a.latex}}{${b.latex}}`, Strength.power);
}

/** 1 where the relation holds, else 0. */
export function indicator(relation: string): TexRule {
  return (a, b) => tex(`\\mathbf{1}_{${a.latex} ${relation} ${b.latex}}`, Strength.atom);
}

const OPPOSITES: Readonly<Record<string, string>> = {
  "\\geq": "<",
  ">": "\\leq",
  "\\leq": ">",
  "<": "\\geq",
};

/** 1 where the relation holds, else 0, for one entry: with a line for each case. */
export function casesOf(relation: string): TexRule {
  const opposite = OPPOSITES[relation] ?? (relation === "=" ? "\\neq" : "=");
  return (a, b) =>
    tex(
      `\\begin{cases} 1, & ${a.latex} ${relation} ${b.latex} \\\\ 0, & ${a.latex} ${opposite} ${b.latex} \\end{cases}`,
      Strength.atom,
    );
}

/** The transpose of x. */
export function transposed(x: Tex): Tex {
  return superscript("\\top")(x);
}

/** A sum over indices of a term, such as Σ_k a_ik b_kj. */
export function sumOver(indices: string, term: string): Tex {
  return tex(indices === "" ? term : `\\sum_{${indices}} ${term}`, Strength.product);
}

/** An entry of x: `x_{ij}`. */
export function entry(x: Tex, indices: string): string {
  return indices === "" ? atLeast(Strength.product, x) : `${subscriptable(x)}_{${indices}}`;
}

// A name that already has a subscript cannot take a second one.
function subscriptable({ latex, strength }: Tex): string {
  return strength < Strength.atom || /_/.test(latex) ? parenthesized(latex) : latex;
}
