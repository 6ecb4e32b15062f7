/** The numbers of a tensor as the inspector shows them. */
import { fromJsonNumber, type GraphValues, matrixTex } from "gradbook/graph";
import { type Content, type Inspected, type Tone, tex, text } from "./inspection.ts";
import { digitsTex } from "./number-tex.ts";

/** The most rows and columns of a matrix in the inspector, which is narrow. */
const MOST = 6;

/** `Z = …`: a matrix in formulas, or what is known of a large one. */
export function valuesContent(
  name: string,
  values: GraphValues,
  shape: readonly number[],
  tone: Tone,
  { digits, trans }: Pick<Inspected, "digits" | "trans">,
): Content {
  if ("data" in values) {
    const data = values.data.map(fromJsonNumber);
    const matrix =
      shape.length === 0
        ? digitsTex(data[0], digits)
        : matrixTex({ shape, data }, { most: shape.length > 2 ? 4 : MOST });
    return matrix === null
      ? text(trans.__("%1 entries", data.length), tone)
      : tex(`${name} = ${matrix}`, tone);
  }
  const [low, high, middle] = [values.least, values.most, values.mean].map((value) =>
    digitsTex(fromJsonNumber(value), digits),
  );
  return tex(
    `\\begin{aligned} &${low} \\;\\ldots\\; ${high} \\\\ &\\text{${trans.__("mean")}} \\; ${middle} \\end{aligned}`,
    tone,
  );
}
