/** Why a number is what it is: the inspector's page on an entry of a tensor that was printed, below its output. */
import { firstView, type GraphJson, readGraph, type Selection } from "gradbook/graph";
import { defaultSettings } from "../graph-view/graph-link.ts";
import { GraphModel, type Replay } from "../graph-view/graph-model.ts";
import { GraphPane } from "../graph-view/graph-pane.ts";
import { inspect } from "../graph-view/inspect.ts";
import { Inspector } from "../graph-view/inspector.ts";
import { createToolButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";

/** The card, and how it is put away. */
export interface WhyCard {
  readonly node: HTMLElement;
  /** Asks about another entry; `null` for the whole tensor. */
  readonly select: (entry: number | null) => void;
  readonly dispose: () => void;
}

/** What a card is made of. */
export interface WhyOptions {
  /** What the kernel answers: the graph in which the tensor stands, and its node. */
  readonly answer: Readonly<Record<string, unknown>>;
  readonly close: () => void;
  readonly translation: Translation;
}

/** Makes the card; throws where the answer is not a graph. */
export function createWhyCard({ answer, close, translation: trans }: WhyOptions): WhyCard {
  const graph = readGraph(answer.graph);
  const node = Number(answer.node);
  if (!(node >= 0 && node < graph.nodes.length)) throw new Error("Cannot read what the kernel answers");
  const card = document.createElement("section");
  card.className = "gb-Why gb-GraphView";
  card.setAttribute("aria-label", trans.__("Why?"));
  let selection: Selection = { kind: "node", node };
  let prune = 0;
  let pane: GraphPane | null = null;

  const inspector = new Inspector(
    // What needs the picture is done in it.
    { act: () => showGraph(), reveal: null },
    (part) => {
      prune = part;
      update();
    },
    trans,
  );
  const picture = createToolButton({
    label: trans.__("The whole computation, with this entry in it"),
    content: trans.__("Show in the graph"),
    press: () => showGraph(),
  });
  const closer = createToolButton({ label: trans.__("Close"), content: "×", press: close });
  const bar = document.createElement("div");
  bar.className = "gb-Why-bar";
  bar.append(picture, closer);
  const page = document.createElement("div");
  page.className = "gb-Pane";
  page.append(inspector.node);
  card.append(bar, page);
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    close();
  });

  const update = () => {
    if (pane !== null) return;
    const view = { ...firstView(graph), selection };
    const inspected = {
      graph,
      view,
      reference: null,
      canAsk: false,
      prune,
      digits: defaultSettings.digits,
      trans,
    };
    inspector.update(inspect(inspected), prune);
  };
  const showGraph = () => {
    const model = new GraphModel(graph, { openUpTo: defaultSettings.openUpTo, loadReplay });
    pane = new GraphPane(model, {
      linkFor: null,
      reveal: null,
      openInPanel: null,
      trans,
      models: new WeakMap(),
      settings: defaultSettings,
    });
    picture.hidden = true;
    page.replaceWith(pane.node);
    model.look({ selection: visibleSelection(graph, selection) });
  };
  update();
  return {
    node: card,
    select(entry) {
      selection = entry === null ? { kind: "node", node } : { kind: "entry", node, entry };
      if (pane === null) update();
    },
    dispose() {
      pane?.dispose();
      card.remove();
    },
  };
}

/** The selection, or the closed group that hides it. */
function visibleSelection(graph: GraphJson, selection: Selection): Selection {
  const { open } = firstView(graph);
  const group =
    selection.kind === "node" || selection.kind === "entry" ? graph.nodes[selection.node].group : undefined;
  return group === undefined || open.has(group) ? selection : { kind: "group", group };
}

async function loadReplay(): Promise<Replay> {
  const { replay } = await import("gradbook/replay");
  return replay;
}
