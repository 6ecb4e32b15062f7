/** What a graph can be saved and copied as. */
import { type GraphJson, LIGHT, mark, svgText } from "gradbook/graph";
import { copyText } from "../copy-button.ts";
import type { Translation } from "../translation.ts";
import { element } from "./element.ts";
import { numbersOf } from "./entries.ts";
import { formulaText, graphLatex, nodeFormula, stepFormula } from "./formulas.ts";
import type { GraphModel } from "./graph-model.ts";
import type { MenuItem } from "./menu-button.ts";
import { literalOf } from "./number-text.ts";
import type { Picture } from "./picture.ts";

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

/** Pixels of the image per unit of the drawing: sharp on paper too. */
const RESOLUTION = 2;

/** The PNG of an SVG that stands alone. */
async function pngOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * RESOLUTION;
    canvas.height = image.naturalHeight * RESOLUTION;
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("Cannot make a PNG: this browser gives no canvas. Export the SVG");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (blob === null) throw new Error("Cannot make a PNG: the picture is too large. Export the SVG");
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Saves `content` as a download named `name`. */
function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has read the address once the click is over.
  window.setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A name that every file system takes. */
function fileName(title: string, ending: string): string {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${name === "" ? "graph" : name}.${ending}`;
}
