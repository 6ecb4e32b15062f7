/** What a view asks of the world around it: the kernel of its notebook, and the notebook's cells. */
import { type GraphPlace, SEEN_AT_FIRST } from "gradbook/graph";
import type { Translation } from "../translation.ts";
import type { GraphModel } from "./graph-model.ts";

/** The kernel of the notebook in which a graph stands: it made the graph, or knows nothing of it. */
export interface GraphLink {
  readonly state: "idle" | "busy" | "gone";
  /** Whether the kernel knows the graph of this id; `null` until it has answered. */
  knows(id: string): boolean | null;
  /** Whether it was heard to know the graph before it was started again. */
  knew(id: string): boolean;
  /** Has the kernel asked, once it is idle, whether it knows the graph. */
  want(id: string): void;
  /** Calls `listener` when any of this changes, until the returned function is called. */
  onChange(listener: () => void): () => void;
  /** Asks the kernel; fails with an error that a person can read. */
  request(message: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
}

/** What JupyterLab gives a view; each may be missing, as in a window that has no notebook. */
export interface GraphServices {
  /** The kernel of the notebook in which `node` stands. */
  readonly linkFor: ((node: HTMLElement) => GraphLink | null) | null;
  /** Jumps to a line of the notebook. */
  readonly reveal: ((place: GraphPlace, node: HTMLElement) => void) | null;
  /** Opens the same graph in the side panel; `null` inside it. */
  readonly openInPanel: ((node: HTMLElement) => void) | null;
  readonly trans: Translation;
  /** The state of each output by its MIME model, so that all views of one output agree. */
  readonly models: WeakMap<object, GraphModel>;
  readonly settings: GraphSettings;
}

/** What a person has set once for all graphs. */
export interface GraphSettings {
  /** Whether the view may move smoothly. */
  readonly animate: boolean;
  /** How long a step stays while the backward pass plays. */
  readonly secondsPerStep: number;
  /** A graph of at most so many nodes opens with all its groups open. */
  readonly openUpTo: number;
  /** Whether the inspector stands beside the picture. */
  readonly inspector: boolean;
  /** How many digits of a single number are shown. */
  readonly digits: number;
}

/** The settings unless somebody changes them. */
export const defaultSettings: GraphSettings = {
  animate: true,
  secondsPerStep: 1,
  openUpTo: SEEN_AT_FIRST,
  inspector: true,
  digits: 4,
};
