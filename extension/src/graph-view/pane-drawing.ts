/** Keeps a picture drawn as its model changes: lays out what is new, and draws the rest anew. */
import {
  type GraphJson,
  type GraphView,
  highlightsOf,
  type Layout,
  layoutSource,
  type Mark,
  readLayout,
  type Selection,
  sceneOf,
  visibleGraph,
} from "gradbook/graph";
import type { Translation } from "../translation.ts";
import type { GraphModel } from "./graph-model.ts";
import { askEngine, layoutBy } from "./layout-engine.ts";
import { decorated, markingClasses, markingOf } from "./marking.ts";
import type { Picture } from "./picture.ts";
import { roomIn } from "./viewport.ts";

/** The most that is drawn at once; nobody reads more, and drawing it keeps the page busy. */
const mostDrawn = 400;
const tooMany = "%1 parts are too many to be drawn at once, %2 at most: close groups, or look at the table";

/** What the place of everything depends on. */
interface Arrangement {
  readonly graph: GraphJson;
  readonly open: GraphView["open"];
  readonly scattered: GraphView["scattered"];
  readonly differences: boolean;
  readonly room: number;
}

/** Draws a model into a picture. */
export class PaneDrawing {
  readonly #model: GraphModel;
  readonly #picture: Picture;
  readonly #trans: Translation;
  #laidOut: { readonly arrangement: Arrangement; readonly layout: Layout } | null = null;
  #isLayingOut = false;
  #anchor: Selection | null = null;

  constructor(model: GraphModel, picture: Picture, trans: Translation) {
    this.#model = model;
    this.#picture = picture;
    this.#trans = trans;
  }

  /** With the next layout, what `selection` stands for stays where it is on the screen. */
  hold(selection: Selection): void {
    this.#anchor = selection;
  }

  /** Draws the model as it is now, after laying it out where that is new. Fails where it cannot be laid out. */
  async update(prune: number, width: number): Promise<void> {
    const { graph, view } = this.#model;
    const { open, scattered, differences } = view;
    const room = roomIn(width);
    const arrangement = { graph, open, scattered, differences, room };
    if (this.#laidOut !== null && isSame(this.#laidOut.arrangement, arrangement)) {
      this.#picture.show(this.#draw(this.#laidOut.layout, prune), null);
      return;
    }
    // While one layout is on its way, changes wait for it: the last of them is what counts then.
    if (this.#isLayingOut) return;
    this.#isLayingOut = true;
    try {
      const visible = visibleGraph(graph, view);
      const parts = visible.items.length + visible.links.length;
      if (parts > mostDrawn) throw new Error(this.#trans.__(tooMany, parts, mostDrawn));
      const layout = readLayout(visible, await layoutBy(askEngine, layoutSource(visible)), room);
      this.#laidOut = { arrangement, layout };
    } finally {
      this.#isLayingOut = false;
    }
    const now = this.#model;
    const isLate = !isSame(arrangement, { graph: now.graph, ...now.view, room });
    if (isLate) return this.update(prune, width);
    this.#picture.show(this.#draw(this.#laidOut.layout, prune), this.#anchor);
    this.#anchor = null;
  }

  #draw(layout: Layout, prune: number): Mark {
    const { graph, view, reference } = this.#model;
    const { selection } = view;
    const highlights =
      selection?.kind === "entry" ? highlightsOf(graph, selection.node, selection.entry) : [];
    const scene = sceneOf(graph, view, layout, { highlights });
    const marking = markingOf(graph, view, reference, prune);
    // The title of the whole would follow the pointer everywhere.
    const children = scene.children.filter((child) => typeof child === "string" || child.tag !== "title");
    return decorated({ ...scene, children }, (attributes) => markingClasses(marking, attributes));
  }
}

function isSame(a: Arrangement, b: Arrangement): boolean {
  return (
    a.graph === b.graph &&
    a.open === b.open &&
    a.scattered === b.scattered &&
    a.differences === b.differences &&
    a.room === b.room
  );
}
