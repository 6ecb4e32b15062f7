/** What a graph can be taken away as. */
import { type GraphJson, LIGHT, mark, svgText } from "gradbook/graph";
import { copyText } from "../copy-text.ts";
import type { Translation } from "../translation.ts";
import { numbersOf } from "./entries.ts";
import { formulaText, nodeFormula } from "./formulas.ts";
import { graphLatex } from "./graph-latex.ts";
import type { GraphModel } from "./graph-model.ts";
import { literalOf } from "./literal.ts";
import type { MenuItem } from "./menu-button.ts";
import type { Picture } from "./picture.ts";
import { pngOf } from "./png.ts";
import { fileName, saveFile } from "./save-file.ts";
import { stepFormula } from "./step-formula.ts";

/** What the exports are made from. */
export interface ExportContext {
  readonly model: GraphModel;
  readonly picture: Picture;
  /** Tells the person how it went. */
  readonly say: (message: string) => void;
  readonly trans: Translation;
}

/** The lines of the menu. */
export function exportItems(context: ExportContext): readonly MenuItem[] {
  const { model, picture, trans } = context;
  const { graph, view } = model;
  const save = (content: BlobPart, type: string, ending: string) =>
    saveFile(new Blob([content], { type }), fileName(graph.title, ending));
  const node = selectedNode(model);
  const formula = formulaOf(graph, model);
  return [
    { label: trans.__("Save as SVG"), run: () => save(svgOf(picture, graph.title), "image/svg+xml", "svg") },
    { label: trans.__("Save as PNG"), run: () => void savePng(context) },
    { label: trans.__("Save as LaTeX"), run: () => save(graphLatex(graph, view.step), "text/x-tex", "tex") },
    { label: trans.__("Copy as LaTeX"), run: () => void copy(graphLatex(graph, view.step), context) },
    {
      label: formula === null ? trans.__("Copy formula") : trans.__("Copy formula %1", formulaText(formula)),
      isEnabled: formula !== null,
      run: () => void copy(formula ?? "", context),
    },
    {
      label:
        node === null
          ? trans.__("Copy matrix as TypeScript")
          : trans.__("Copy %1 as TypeScript", graph.nodes[node].label),
      isEnabled: node !== null && graph.nodes[node].value !== null,
      run: () => void copyMatrix(node ?? 0, context),
    },
  ];
}

/** The picture as it is, as an SVG that stands alone; it has a title there, and none that follows the pointer here. */
function svgOf({ mark: drawing }: Picture, title: string): string {
  if (drawing === null) return "";
  return svgText({ ...drawing, children: [mark("title", {}, title), ...drawing.children] }, LIGHT);
}

/** The formula of what is selected, or else of the step. */
function formulaOf(graph: GraphJson, { view }: GraphModel): string | null {
  if (view.selection?.kind === "node") return nodeFormula(graph, view.selection.node);
  return stepFormula(graph, view.step)?.tex ?? null;
}

function selectedNode({ view: { selection } }: GraphModel): number | null {
  return selection?.kind === "node" || selection?.kind === "entry" ? selection.node : null;
}

async function savePng({ model, picture, say }: ExportContext): Promise<void> {
  try {
    saveFile(await pngOf(svgOf(picture, model.graph.title)), fileName(model.graph.title, "png"));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}

async function copyMatrix(node: number, context: ExportContext): Promise<void> {
  const { model, say, trans } = context;
  const { value, shape, label } = model.graph.nodes[node];
  const data = numbersOf(value) ?? (await model.allValues(node));
  if (data === null)
    say(trans.__("Only some of the numbers of %1 are here, and the kernel cannot be asked", label));
  else await copy(literalOf(data, shape), context);
}

async function copy(text: string, { say, trans }: ExportContext): Promise<void> {
  const isCopied = await copyText(text);
  say(isCopied ? trans.__("Copied") : trans.__("Not copied: the browser does not allow it"));
}
