/** What a view asks of the world around it: the kernel of its notebook, and the notebook's cells. */
import type { GraphPlace } from "gradbook/graph";
import type { Translation } from "./translation.ts";

/** The kernel that made a graph, as far as the view can tell. */
export interface GraphLink {
  /** The session that the kernel is in; `null` until it has answered. */
  readonly session: string | null;
  readonly state: "idle" | "busy" | "gone";
  /** Calls `listener` when session or state change, until the answer is called. */
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
  readonly settings: GraphSettings;
}

/** What a person has set once for all graphs. */
export interface GraphSettings {
  /** How long each step of the backward pass stands while it plays, in milliseconds. */
  readonly stepTime: number;
  /** Whether steps may move and fade. */
  readonly animate: boolean;
  /** Groups are open from the start where no more than so many nodes are to be seen then. */
  readonly openUpTo: number;
  /** Whether the inspector stands beside the picture. */
  readonly inspector: boolean;
}

/** Settings that nobody has touched. */
export const defaultSettings: GraphSettings = {
  stepTime: 1200,
  animate: true,
  openUpTo: 12,
  inspector: true,
};
