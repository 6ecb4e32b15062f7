/** How a picture looks: its colours, by the classes of a scene, and what lights up in it. */

import { type EntrySet, linksOf } from "../graph/entry-paths.ts";
import type { GraphJson, GraphView } from "../graph/graph-json.ts";
import { ACCENT, BACKGROUND, classColour, FAINT, INK, type Mark, MUTED } from "../svg/mark.ts";
import type { Layout } from "./layout.ts";
import type { Cotangent } from "./node.ts";

/**
 * The attributes of elements by their classes; a second class is written after a point, and the later of two lines that
 * say the same counts. `null` leaves an element out.
 */
export type Theme = Readonly<Record<string, Mark["attributes"] | null>>;

/** What a theme paints with: each colour by what it is for. */
export interface Palette {
  readonly ink: string;
  readonly ground: string;
  /** Words beside the mathematics. */
  readonly quiet: string;
  /** Frames, and the lines between the parts of a card. */
  readonly frame: string;
  readonly rule: string;
  readonly lane: string;
  readonly pill: string;
  readonly group: string;
  /** Gradients, their ground, and those that have not come yet. */
  readonly warm: string;
  readonly warmGround: string;
  readonly waiting: string;
  readonly accent: string;
  readonly good: string;
  readonly bad: string;
  /** The ground of an entry, which may have none, and of one that is lit up. */
  readonly entry: string | null;
  readonly lit: Readonly<Record<Highlight["kind"], string>>;
  readonly mathematics: string;
  readonly words: string;
}

/** The fonts of mathematics. */
export const SERIF = "'STIX Two Text', 'Cambria Math', 'Latin Modern Roman', 'Times New Roman', Tinos, serif";

/** The looks of a picture in these colours, for the page and for a picture that stands alone. */
export function themeOf(p: Palette): Theme {
  const ink = (colour: string): Mark["attributes"] => ({ fill: colour, color: colour });
  /** What a reader should look past. */
  const dim = { opacity: 0.25 };
  const selected = { stroke: p.accent, "stroke-width": 2 };
  const depends = { stroke: p.accent };
  const influences = { stroke: p.accent, "stroke-dasharray": "3 2" };
  return {
    "gb-Graph": { ...ink(p.ink), "font-family": p.mathematics },
    "gb-Card.gb-mod-dim": dim,
    "gb-Pill.gb-mod-dim": dim,
    "gb-Group.gb-mod-dim": dim,
    "gb-EntryCard.gb-mod-dim": dim,
    "gb-Link.gb-mod-dim": dim,
    "gb-Card-frame": { fill: p.ground, stroke: p.frame },
    "gb-Card-frame.gb-mod-disagrees": { stroke: p.bad },
    "gb-Card-frame.gb-mod-selected": selected,
    "gb-Card-frame.gb-mod-depends": depends,
    "gb-Card-frame.gb-mod-influences": influences,
    "gb-Card-frame.gb-mod-failed": { stroke: p.bad, "stroke-width": 1.5, "stroke-dasharray": "5 3" },
    "gb-Card-rule": { stroke: p.rule },
    "gb-Card-ground": { fill: p.warmGround },
    "gb-Card-shape": { ...ink(p.quiet), "font-family": p.words },
    "gb-Card-gradient": ink(p.warm),
    "gb-Card-gradient.gb-mod-waiting": ink(p.waiting),
    "gb-Card-value.gb-mod-failed": ink(p.bad),
    "gb-Card-differences": ink(p.quiet),
    "gb-Card-differences.gb-mod-agrees": ink(p.good),
    "gb-Card-differences.gb-mod-disagrees": ink(p.bad),
    "gb-Bracket": { "stroke-width": 1 },
    // Colour, border and its kind: what the selected one depends on is outlined, what it influences dashed.
    "gb-Entry-ground": p.entry === null ? null : { fill: p.entry },
    "gb-Entry-ground.gb-mod-selected": { ...selected, fill: p.lit.selected },
    "gb-Entry-ground.gb-mod-depends": { ...depends, fill: p.lit.depends },
    "gb-Entry-ground.gb-mod-influences": { ...influences, fill: p.lit.influences },
    "gb-Pill-frame": { fill: p.pill, stroke: p.frame },
    "gb-Pill-frame.gb-mod-selected": selected,
    "gb-Pill-frame.gb-mod-failed": { stroke: p.bad, "stroke-width": 1.5 },
    "gb-Group-frame": { fill: p.group, stroke: p.lane },
    "gb-Group-frame.gb-mod-selected": selected,
    "gb-Group-behind": { fill: p.ground, stroke: p.lane },
    "gb-Frame-frame": { fill: "none", stroke: p.lane, "stroke-dasharray": "2 3" },
    "gb-Frame-frame.gb-mod-selected": selected,
    "gb-Frame-name": ink(p.quiet),
    "gb-Lane": { stroke: p.lane, "stroke-width": 1.3 },
    "gb-Lane.gb-mod-backward": { stroke: p.warm, "stroke-width": 1.6 },
    "gb-Lane.gb-mod-stopped": { "stroke-dasharray": "6 3" },
    "gb-Lane.gb-mod-next": { "stroke-dasharray": "2 4" },
    "gb-Lane.gb-mod-selected": { stroke: p.accent, "stroke-width": 2.6 },
    "gb-Tip": { fill: p.lane },
    "gb-Tip.gb-mod-backward": { fill: p.warm },
    "gb-Tip.gb-mod-selected": { fill: p.accent },
    "gb-Bar": { fill: p.lane },
    "gb-Note": ink(p.quiet),
    "gb-Omitted": { ...ink(p.quiet), "font-family": p.words },
    "gb-Formula": ink(p.warm),
    "gb-Formula-ground": { fill: p.ground, "fill-opacity": 0.85 },
  };
}

/** A light page, on a ground of its own, without what only a page with a mouse needs. */
export const LIGHT: Theme = {
  ...themeOf({
    ink: INK,
    ground: BACKGROUND,
    quiet: MUTED,
    frame: "#c9d0d7",
    rule: FAINT,
    lane: "#9aa4ae",
    pill: "#f1f3f5",
    group: "#f6f8fa",
    warm: classColour(1),
    warmGround: "#fff1e8",
    waiting: "#8a949e",
    accent: ACCENT,
    good: "#1a7f37",
    bad: "#b42318",
    entry: null,
    lit: { selected: "#cfe0f7", depends: "#e8f0fb", influences: "#e8f0fb" },
    mathematics: SERIF,
    words: "system-ui, sans-serif",
  }),
  "gb-Graph-ground": { fill: BACKGROUND, stroke: FAINT },
  "gb-Link-hit": null,
};

/** A theme as a style sheet. It is a layer of its own, so that everything else a page says about an element wins. */
export function themeCss(theme: Theme): string {
  const rules = Object.entries(theme).map(([name, style]) => {
    const declarations = Object.entries(style ?? { display: "none" });
    return `.gb-Graph${name === "gb-Graph" ? "" : ` .${name}`} { ${declarations.map(([property, value]) => `${property}: ${value}`).join("; ")} }`;
  });
  return `@layer gradbook {\n${rules.join("\n")}\n}\n`;
}

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
  /** Whether each gradient's formula stands at its lane, or only that of the last step. */
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
