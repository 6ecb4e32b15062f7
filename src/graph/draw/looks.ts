/** What a scene shows beside the graph: the state of the view, and what it lights up. */

import type { GraphJson } from "../graph-json.ts";
import type { GraphView } from "../graph-view.ts";
import type { Cotangent } from "./cotangent.ts";
import type { Layout } from "./layout.ts";

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
