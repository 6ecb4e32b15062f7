/** What a derivation is made of; schemas/derivation.v1.schema.json describes its JSON. */

/** The steps of the lecture's chain, in their order. */
export type StepKind =
  | "shapes"
  | "definition"
  | "generic"
  | "local"
  | "jacobian"
  | "expanded"
  | "closed"
  | "numbers"
  | "check";

/** One line of thought: a chain of equal members. */
export interface Step {
  readonly kind: StepKind;
  /** What it is, in a word or two. */
  readonly label: string;
  /** The members of the chain in LaTeX: the first stands alone, each other after its `=`. */
  readonly members: readonly string[];
  /** A short remark, as text. */
  readonly note?: string;
}

/** What the check of a derivation found. */
export interface Verdict {
  readonly ok: boolean;
  /** The random points at which every line holds; on a failure, those that were tried. */
  readonly trials: number;
  /** The largest relative error. */
  readonly error: number;
  /** Why neither can be said, when nothing fails and no point shows every line to hold. */
  readonly unsaid?: string;
  /** Where it fails, and both values. */
  readonly counterexample?: string;
  /** The step that fails. */
  readonly step?: StepKind;
}
