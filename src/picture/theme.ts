/** How a picture looks: its colours, by the classes of a scene, and what lights up in it. */

import { type EntrySet, linksOf } from "../graph/entry-paths.ts";
import type { GraphJson, GraphView } from "../graph/graph-json.ts";
import { ACCENT, BACKGROUND, classColour, FAINT, INK, type Mark, MUTED } from "../svg/mark.ts";
import type { Layout } from "./layout.ts";
import type { Cotangent } from "./node.ts";

/** The attributes of elements by their classes; a second class is written after a point. `null` leaves an element out. */
export type Theme = Readonly<Record<string, Mark["attributes"] | null>>;

/** The colour of gradients, and the ground they stand on. */
const WARM = classColour(1);
const TINT = "#fff1e8";
const [EDGE, LANE, WAITING, FAILED, AGREES] = ["#c9d0d7", "#9aa4ae", "#8a949e", "#b42318", "#1a7f37"];
const SERIF = "'STIX Two Text', 'Cambria Math', 'Latin Modern Roman', 'Times New Roman', Tinos, serif";

/** What a reader is to look past. */
const DIM = { opacity: 0.3 };

const ink = (colour: string): Mark["attributes"] => ({ fill: colour, color: colour });

/** A light page. */
export const LIGHT: Theme = {
  "gb-Graph": { ...ink(INK), "font-family": SERIF },
  "gb-Graph-ground": { fill: BACKGROUND, stroke: FAINT },
  "gb-Card.gb-mod-dim": DIM,
  "gb-Pill.gb-mod-dim": DIM,
  "gb-Group.gb-mod-dim": DIM,
  "gb-EntryCard.gb-mod-dim": DIM,
  "gb-Link.gb-mod-dim": DIM,
  "gb-Card-frame": { fill: BACKGROUND, stroke: EDGE },
  "gb-Card-frame.gb-mod-selected": { stroke: ACCENT, "stroke-width": 1.5 },
  "gb-Card-frame.gb-mod-depends": { stroke: ACCENT },
  "gb-Card-frame.gb-mod-influences": { stroke: ACCENT, "stroke-dasharray": "3 2" },
  "gb-Card-frame.gb-mod-failed": { stroke: FAILED, "stroke-width": 1.5, "stroke-dasharray": "5 3" },
  "gb-Card-frame.gb-mod-disagrees": { stroke: FAILED },
  "gb-Card-rule": { stroke: FAINT },
  "gb-Card-ground": { fill: TINT },
  "gb-Card-shape": { ...ink(MUTED), "font-family": "system-ui, sans-serif" },
  "gb-Card-gradient": ink(WARM),
  "gb-Card-gradient.gb-mod-waiting": ink(WAITING),
  "gb-Card-value.gb-mod-failed": ink(FAILED),
  "gb-Card-differences": ink(MUTED),
  "gb-Card-differences.gb-mod-agrees": ink(AGREES),
  "gb-Card-differences.gb-mod-disagrees": ink(FAILED),
  "gb-Bracket": { "stroke-width": 1 },
  "gb-Entry-ground": null,
  "gb-Entry-ground.gb-mod-selected": { fill: "#cfe0f7", stroke: ACCENT, "stroke-width": 1.5 },
  "gb-Entry-ground.gb-mod-depends": { fill: "#e8f0fb", stroke: ACCENT },
  "gb-Entry-ground.gb-mod-influences": { fill: "#e8f0fb", stroke: ACCENT, "stroke-dasharray": "3 2" },
  "gb-Link-hit": null,
  "gb-Pill-frame": { fill: "#f1f3f5", stroke: EDGE },
  "gb-Pill-frame.gb-mod-failed": { stroke: FAILED, "stroke-width": 1.5 },
  "gb-Group-frame": { fill: "#f6f8fa", stroke: LANE },
  "gb-Group-behind": { fill: BACKGROUND, stroke: LANE },
  "gb-Frame-frame": { fill: "none", stroke: LANE, "stroke-dasharray": "2 3" },
  "gb-Frame-name": ink(MUTED),
  "gb-Lane": { stroke: LANE, "stroke-width": 1.3 },
  "gb-Lane.gb-mod-backward": { stroke: WARM, "stroke-width": 1.6 },
  "gb-Lane.gb-mod-stopped": { "stroke-dasharray": "6 3" },
  "gb-Lane.gb-mod-next": { "stroke-dasharray": "2 4" },
  "gb-Lane.gb-mod-selected": { stroke: ACCENT, "stroke-width": 2 },
  "gb-Tip": { fill: LANE },
  "gb-Tip.gb-mod-backward": { fill: WARM },
  "gb-Tip.gb-mod-selected": { fill: ACCENT },
  "gb-Bar": { fill: LANE },
  "gb-Note": ink(MUTED),
  "gb-Omitted": { ...ink(MUTED), "font-family": "system-ui, sans-serif" },
  "gb-Formula": ink(WARM),
  "gb-Formula-ground": { fill: BACKGROUND, "fill-opacity": 0.85 },
};

// What a scene shows beside the graph: the state of the view, and what it lights up.

/** An entry that is lit up, in the value of its node or in its gradient. */
export interface Highlight {
  readonly node: number;
  readonly entry: number;
  readonly part: "value" | "gradient";
  readonly kind: "selected" | "depends" | "influences";
}

/** What may be added to a scene. */
export interface SceneOptions {
  readonly highlights?: readonly Highlight[];
  /** More classes of items and links, by their keys: `gb-mod-dim`. */
  readonly classes?: ReadonlyMap<string, readonly string[]>;
  /** Whether each gradient's formula stands at its lane, or only that of the step that was made last. */
  readonly formulas?: "all" | "step";
}

/** All that the parts of a scene are drawn from. */
export interface Looks {
  readonly graph: GraphJson;
  readonly view: GraphView;
  readonly layout: Layout;
  readonly cotangent: (node: number) => Cotangent;
  readonly highlight: (node: number, entry: number, part: Highlight["part"]) => readonly Highlight["kind"][];
  readonly classes: (key: string) => readonly string[];
}

/** A class attribute. */
export function classes(...names: readonly (string | false)[]): { readonly class: string } {
  return { class: names.filter((name) => name !== false).join(" ") };
}

// What lights up with an entry: what it depends on and what it influences, in values and in gradients.

/**
 * The entries that light up when entry `entry` of `node` is selected: what it depends on, and what it influences.
 * Gradients go the other way: its own is computed from those of what it influences, and goes into those of what it
 * depends on.
 */
export function highlightsOf(graph: GraphJson, node: number, entry: number): readonly Highlight[] {
  const { depends, influences } = linksOf(graph, node, entry);
  return [
    { node, entry, part: "value", kind: "selected" },
    { node, entry, part: "gradient", kind: "selected" },
    ...lit(depends, "value", "depends"),
    ...lit(influences, "value", "influences"),
    ...lit(influences, "gradient", "depends"),
    ...lit(depends, "gradient", "influences"),
  ];
}

function lit(entries: EntrySet, part: Highlight["part"], kind: Highlight["kind"]): Highlight[] {
  return [...entries].flatMap(([node, positions]) =>
    [...positions].map((entry) => ({ node, entry, part, kind })),
  );
}
