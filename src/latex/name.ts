/** Names as mathematics: `W1` is W with subscript 1, `alpha` is α, `dX` is the gradient of X. */

const GREEK: readonly string[] = (
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega " +
  "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
).split(" ");

const GREEK_LETTERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([..."αβγδεζηθικλμνξπρστυφχψω"].map((letter, i) => [letter, GREEK[i]])),
  ...Object.fromEntries([..."ΓΔΘΛΞΠΣΥΦΨΩ"].map((letter, i) => [letter, GREEK[23 + i]])),
};

const SUBSCRIPT_DIGITS = "₀₁₂₃₄₅₆₇₈₉";

/** A name taken apart. */
interface Parts {
  /** `d` before the name of a gradient. */
  readonly prefix: string;
  readonly base: string;
  readonly subscripts: readonly string[];
  readonly superscripts: readonly string[];
}

/**
 * The LaTeX of a tensor's name. A rank-1 tensor carries an arrow, as the lecture's vectors do.
 * Scripts are written `_` and `^`: `z_k^[O](n)`.
 */
export function nameTex(name: string, rank: number): string {
  const { prefix, base, subscripts, superscripts } = partsOf(name);
  const letter = baseTex(base);
  const arrow = letter.startsWith("\\mathrm") || letter.startsWith("\\text") ? "\\overrightarrow" : "\\vec";
  const script = (sign: string, scripts: readonly string[]): string =>
    scripts.length === 0 ? "" : `${sign}{${scripts.map(scriptTex).join(",")}}`;
  return (
    prefix +
    (rank === 1 ? `${arrow}{${letter}}` : letter) +
    script("_", subscripts) +
    script("^", superscripts)
  );
}

function partsOf(name: string): Parts {
  const plain = name.replace(
    /[₀-₉]+/g,
    (digits) => `_${[...digits].map((digit) => SUBSCRIPT_DIGITS.indexOf(digit)).join("")}`,
  );
  const [head] = plain.split(/(?<=.)[_^]/, 1);
  const scripts = [...plain.slice(head.length).matchAll(/([_^])(\{[^}]*\}|[^_^]*)/g)];
  const of = (sign: string): string[] =>
    scripts
      .filter(([, s, text]) => s === sign && text !== "")
      .map(([, , text]) => text.replace(/^\{(.*)\}$/, "$1"));
  const [, letters, digits] = /^(.*?)(\d*)$/su.exec(head) as RegExpExecArray; // matches any string
  const gradient = /^(d+)(.+)$/u.exec(letters);
  const isGradient = gradient !== null && isSymbol(gradient[2]);
  return {
    prefix: isGradient ? gradient[1] : "",
    base: isGradient ? gradient[2] : letters,
    subscripts: [...(digits === "" ? [] : [digits]), ...of("_")],
    superscripts: of("^"),
  };
}

/** A single letter, or the name of a Greek one: what mathematics calls a variable. */
function isSymbol(base: string): boolean {
  return [...base].length === 1 || GREEK.includes(base);
}

function baseTex(base: string): string {
  if (GREEK.includes(base)) return `\\${base}`;
  if (Object.hasOwn(GREEK_LETTERS, base)) return `\\${GREEK_LETTERS[base]}`;
  if (/^[A-Za-z]$/.test(base)) return base;
  return /^[\w$ ]*$/.test(base) ? `\\mathrm{${escaped(base)}}` : `\\text{${escaped(base)}}`;
}

/** Letters and digits stand as they are, `[O](n)` too; words are upright. */
function scriptTex(script: string): string {
  return script
    .split(/([\p{L}\p{N}$]+)/u)
    .map((part) => (/^\d+$/.test(part) ? part : /^[\p{L}\p{N}$]/u.test(part) ? baseTex(part) : escaped(part)))
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[\\{}%#&~^_$]/g, (sign) =>
    sign === "\\" || sign === "~" || sign === "^" ? "" : `\\${sign}`,
  );
}
