/** What the inspector says of what is selected, as data. */
import type { GraphJson, GraphPlace, GraphView } from "gradbook/graph";
import type { Translation } from "../translation.ts";

/** What a page is written from. */
export interface Inspected {
  readonly graph: GraphJson;
  readonly view: GraphView;
  /** What the graph is compared with. */
  readonly reference: GraphJson | null;
  /** Whether the kernel can be asked for what the graph does not hold. */
  readonly canAsk: boolean;
  /** Paths that contribute less than this part of the largest are left out. */
  readonly prune: number;
  readonly digits: number;
  readonly trans: Translation;
}

/** A page of the inspector. */
export interface Inspection {
  readonly title: Title;
  readonly rows: readonly Row[];
  readonly sections: readonly Section[];
  /** Whether there are several paths, so that those that contribute little can be left out. */
  readonly canPrune?: boolean;
}

/** What is selected: its name as mathematics, and what kind of thing it is. */
export interface Title {
  readonly tex: string | null;
  readonly text: string;
}

/** A short answer to a short question. */
export interface Row {
  readonly label: string;
  readonly content: Content;
}

/** A longer answer. */
export interface Section {
  readonly title: string;
  readonly contents: readonly Content[];
}

/** How an answer is meant. */
export type Tone = "plain" | "gradient" | "good" | "bad" | "quiet";

/** What a person can ask the inspector to do. */
export type Action =
  | { readonly kind: "scatter"; readonly node: number }
  | { readonly kind: "toggle-group"; readonly group: number }
  | { readonly kind: "check" }
  | { readonly kind: "values"; readonly node: number }
  | { readonly kind: "edit"; readonly node: number; readonly entry: number };

/** A piece of an answer. */
export type Content =
  | { readonly kind: "tex"; readonly tex: string; readonly tone?: Tone }
  | { readonly kind: "text"; readonly text: string; readonly tone?: Tone }
  | { readonly kind: "place"; readonly place: GraphPlace }
  | { readonly kind: "action"; readonly label: string; readonly action: Action }
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly columns: readonly string[];
      readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[];
    };

/** A formula. */
export function tex(formula: string, tone: Tone = "plain"): Content {
  return { kind: "tex", tex: formula, tone };
}

/** A sentence. */
export function text(sentence: string, tone: Tone = "plain"): Content {
  return { kind: "text", text: sentence, tone };
}
