/** What a tensor tells a notebook, and how cells tell the notebook to show something. */

import { type JsonNumber, toJsonNumber } from "./json-numbers.ts";
import { keepTensor } from "./kept-tensors.ts";
import { latex } from "./latex/latex.ts";
import { shownPositions } from "./latex/matrix.ts";
import { isSymbolic } from "./latex/symbolic.ts";
import type { Tensor } from "./tensor.ts";
import { text } from "./text.ts";

/** One value in several forms, by MIME type; a front end picks the richest it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** The MIME type of `TensorJson`, which Gradbook's JupyterLab extension renders. */
export const TENSOR_MIME = "application/vnd.gradbook.tensor.v1+json";

/** A tensor as it stands in a saved notebook; schemas/tensor.v1.schema.json describes it. */
export interface TensorJson {
  readonly v: 1;
  readonly name: string | null;
  /** The LaTeX, without delimiters. */
  readonly tex: string;
  readonly text: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /**
   * The numbers, the last axis running fastest: all of them, or of a large tensor those that `tex` shows. A symbol
   * has none.
   */
  readonly data?: readonly JsonNumber[];
  /** Names a tensor of which not all numbers are here, so that a front end can ask for the rest. */
  readonly id?: string;
}

/** Of a tensor with more entries than this, the notebook keeps those that are shown. */
const MOST_NUMBERS = 400;

/** The forms of a tensor: Gradbook's own, LaTeX (in the line, so that it stands at the left as all output), and text. */
export function mimeBundle(x: Tensor): MimeBundle {
  const isFormula = isSymbolic(x);
  const json: TensorJson = {
    v: 1,
    name: x.name,
    tex: latex(x),
    text: text(x),
    shape: x.shape,
    dtype: x.dtype,
    ...(!isFormula && { data: numbersOf(x) }),
    ...(x.size > MOST_NUMBERS && !isFormula && { id: keepTensor(x) }),
  };
  return { [TENSOR_MIME]: json, "text/latex": `$\\displaystyle ${json.tex}$`, "text/plain": json.text };
}

function numbersOf(x: Tensor): JsonNumber[] {
  if (x.size <= MOST_NUMBERS) return Array.from(x.data, toJsonNumber);
  return shownPositions(x.shape).map((position) => toJsonNumber(x.data[position]));
}
