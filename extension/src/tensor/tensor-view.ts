/** A tensor on the page: its matrix, its digits, all of its entries, its LaTeX. */
import { DECIMALS, type Displayed, hasAll, rewritten } from "gradbook/graph";
import { createCopyButton } from "../copy-button.ts";
import { createNote, createTextForm } from "../fallbacks.ts";
import { FormulaSizeError } from "../formula-size.ts";
import { Axes } from "../links/axes.ts";
import { type EntryCell, entryCells } from "../links/entry-cells.ts";
import { linkEntries } from "../links/entry-links.ts";
import { readMatrices } from "../links/read-matrices.ts";
import type { Translation } from "../translation.ts";
import { type Buttons, createDigitButtons, hasDigits } from "./digit-buttons.ts";
import { describeTensor, mostEntries, type TensorData } from "./tensor-data.ts";
import { createWholeButton } from "./whole-button.ts";
import type { WholeMatrix } from "./whole-matrix.ts";

/** What a view needs besides its tensor. */
export interface TensorSurroundings {
  /** Typesets LaTeX into an element, or throws. */
  readonly typeset: (tex: string, node: HTMLElement) => void;
  readonly translation: Translation;
  readonly wholeMatrix: WholeMatrix | null;
  /** Kept across updates of the output. */
  readonly choice: TensorChoice;
}

/** What the reader chose. */
export interface TensorChoice {
  /** The digits after the point; as many as the library writes until the reader wants more or fewer. */
  decimals?: number;
}

/** The elements of a tensor's output: the matrix, and beside it what can be done with it. */
export function createTensorView(tensor: TensorData, around: TensorSurroundings): readonly HTMLElement[] {
  const { typeset, translation, choice } = around;
  const displayed = displayedOf(tensor);
  /** The tensor with all entries, while the reader wants to see them. */
  let whole: Displayed | null = null;

  const decimals = () => choice.decimals ?? DECIMALS;
  const latex = (): string => {
    const most = whole === null ? undefined : Number.POSITIVE_INFINITY;
    const shown = whole ?? displayed;
    return (shown && rewritten(shown, { decimals: decimals(), most })) ?? tensor.tex;
  };

  const math = document.createElement("div");
  math.className = "gb-Tensor-math";
  math.setAttribute("role", "group");
  math.setAttribute("aria-label", describeTensor(tensor));
  const links = linkEntries(math, {
    find: () => entriesOf(math, latex(), tensor),
    among: () => math.closest(".jp-OutputArea")?.querySelectorAll(".gb-Tensor-math") ?? [math],
    translation,
  });

  const buttons: Buttons[] = [];
  const answers: HTMLElement[] = [];
  const write = () => {
    links.forget();
    math.classList.toggle("gb-mod-whole", whole !== null);
    try {
      typeset(latex(), math);
    } catch (error) {
      // KaTeX rejects this LaTeX, or it is too much: the text form says the same.
      math.replaceChildren(createTextForm(tensor.text));
      if (error instanceof FormulaSizeError) math.append(createNote(error.message));
    }
    for (const button of buttons) button.refresh();
  };

  if (displayed !== null && hasDigits(displayed)) {
    const choose = (wanted: number) => {
      choice.decimals = wanted;
      write();
    };
    buttons.push(createDigitButtons({ displayed, decimals, choose, translation }));
  }
  const getWhole = displayed && isInPart(tensor) ? wayToAll(tensor, displayed, math, around) : null;
  if (getWhole !== null) {
    const showWhole = async () => {
      whole = await getWhole();
      write();
    };
    const showPart = () => {
      whole = null;
      write();
    };
    const isWhole = () => whole !== null;
    const button = createWholeButton({ shape: tensor.shape, isWhole, showWhole, showPart, translation });
    buttons.push(button);
    answers.push(button.answer);
  }

  const label =
    tensor.name === null ? translation.__("Copy as LaTeX") : translation.__("Copy %1 as LaTeX", tensor.name);
  const tools = document.createElement("div");
  tools.className = "gb-Tensor-tools";
  tools.append(...buttons.flatMap(({ elements }) => elements), createCopyButton(latex, label, translation));
  write();
  return [math, tools, ...answers];
}

/** The tensor with its numbers, where these are the ones that stand in its LaTeX. */
function displayedOf(tensor: TensorData): Displayed | null {
  if (tensor.data === undefined) return null;
  const displayed = { ...tensor, data: tensor.data };
  return rewritten(displayed, {}) === null ? null : displayed;
}

/** Whether the output shows only a part of the matrix. */
function isInPart({ tex }: TensorData): boolean {
  return /\\[cv]dots/.test(tex);
}

/** How to get all entries: from the output itself, else from the kernel; `null` where they cannot be had. */
function wayToAll(
  { id, shape }: TensorData,
  displayed: Displayed,
  node: HTMLElement,
  { wholeMatrix, translation }: TensorSurroundings,
): (() => Promise<Displayed>) | null {
  if (hasAll(displayed)) return async () => displayed;
  const size = shape.reduce((product, length) => product * length, 1);
  if (size > mostEntries) {
    const sentence = translation.__(
      "%1 entries are too many for a page, which shows %2: slice takes a part, toArray all of them",
      size,
      mostEntries,
    );
    return () => Promise.reject(new Error(sentence));
  }
  if (id === undefined || wholeMatrix === null) return null;
  return async () => {
    const whole = { ...displayed, data: await wholeMatrix(node, id) };
    // A kernel that was started again may know another tensor by the same id.
    if (rewritten(whole, { most: Number.POSITIVE_INFINITY }) !== null) return whole;
    throw new Error(translation.__("The kernel has another tensor by now: run the cell again"));
  };
}

/** The entries of the matrix, which belong to those of every tensor of the same shape. */
function entriesOf(math: HTMLElement, tex: string, { shape }: TensorData): EntryCell[] {
  const axes = new Axes();
  const { matrices } = readMatrices(tex, axes);
  const rows = matrices.length > 0 ? axes.root(matrices[0].extent.rows) : null;
  const size = shape.join("×");
  return entryCells(math, matrices, (axis) => `${size} ${axes.root(axis) === rows ? "rows" : "columns"}`);
}
