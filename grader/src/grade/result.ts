/** What grading one notebook comes to: the same bytes each time, as nothing in it depends on when or where. */

/** What a cell showed, for the feedback. */
export interface Shown {
  readonly printed?: string;
  readonly forms?: readonly Readonly<Record<string, unknown>>[];
  readonly error?: { readonly name: string; readonly message: string };
}

export type Status =
  /** All points, some or none. */
  | "graded"
  /** A person has to look at it. */
  | "manual";

export interface Mark {
  /** The name of the cell, unique in the notebook. */
  readonly id: string;
  readonly status: Status;
  readonly points: number;
  readonly earned: number;
  /** What the test threw. */
  readonly message?: string;
  /** The reports of exercises, as `gradbook/exercise` writes them. */
  readonly reports?: readonly unknown[];
}

/** A cell of the notebook as the feedback shows it. */
export interface FeedbackCell {
  readonly type: "code" | "markdown" | "raw";
  readonly source: string;
  readonly id?: string;
  /** Whether the student wrote it. */
  readonly own?: true;
  readonly shown?: Shown;
}

export interface Result {
  readonly v: 1;
  readonly key: string;
  readonly student: string;
  readonly assignment: string;
  readonly notebook: string;
  readonly earned: number;
  readonly points: number;
  /** Points that a person has to give. */
  readonly manual: number;
  readonly marks: readonly Mark[];
  /** What was mended before grading. */
  readonly repairs: readonly string[];
  /** What somebody should look at; nothing here costs a point. */
  readonly flags: readonly string[];
  readonly cells: readonly FeedbackCell[];
  /** Why there are no marks, for a file that cannot be graded. */
  readonly refused?: string;
}
