/**
 * Values as data, on their way between the student's code and the tests: numbers, strings, lists, tensors, and objects
 * of these. A function stays where it is and goes by its number.
 */

/** JSON in which an object is always one of these kinds, so that no value can pass for another. */
export type Data =
  | null
  | boolean
  | number
  | string
  | readonly Data[]
  | { readonly is: "undefined" | "NaN" | "Infinity" | "-Infinity" | "-0" }
  | { readonly is: "bigint"; readonly digits: string }
  | {
      readonly is: "tensor";
      readonly shape: readonly number[];
      readonly dtype: string;
      readonly data: readonly Data[];
    }
  | { readonly is: "numbers"; readonly kind: string; readonly data: readonly Data[] }
  | { readonly is: "object"; readonly entries: readonly (readonly [string, Data])[] }
  /** A function of the other side, by its number there. */
  | { readonly is: "function"; readonly number: number; readonly name: string }
  /** A function of the asking side, as its source: it is evaluated where the answer is made. */
  | { readonly is: "source"; readonly code: string };

/** What is asked of the student's side. */
export type Question =
  | { readonly ask: "begin"; readonly byHand: boolean }
  | {
      readonly ask: "run";
      readonly code: string;
      readonly file: string;
      readonly declared: readonly string[];
      readonly last: string | undefined;
      readonly shows: Shows;
      readonly ms: number;
    }
  | { readonly ask: "value"; readonly name: string }
  /** In the words of `gradbook/exercise`. */
  | { readonly ask: "exercise"; readonly question: unknown }
  | {
      readonly ask: "call";
      /** A variable of the notebook, or the number of a function that was handed out. */
      readonly callee: string | number;
      readonly args: readonly Data[];
      readonly ms: number;
    };

/**
 * What somebody looks at of what a cell shows: of work that is graded not the reports of public checks, as the marks
 * have reports of their own, and nothing where it runs once more.
 */
export type Shows = "all" | "work" | "nothing";

/** What the student's side says: never a verdict, only a value or what was thrown. */
export type Answer =
  | {
      readonly value: Data;
      readonly args?: readonly Data[];
      /** What a cell showed: forms by MIME type. */
      readonly shown?: readonly Readonly<Record<string, unknown>>[];
    }
  | { readonly error: { readonly name: string; readonly message: string; readonly line?: number } };

/** The most entries of one answer, over all its lists and tensors. */
export const MOST = 500_000;

/** How deep lists and objects may lie in each other. */
export const DEPTH = 32;
