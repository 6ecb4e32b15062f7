/** A tensor on the page: its matrix, its digits, all of its entries, its LaTeX. */
import { DECIMALS, type Displayed, hasAll, rewritten } from "gradbook/graph";
import { createCopyButton } from "../copy-button.ts";
import { createIcon } from "../icon.ts";
import { Axes } from "../links/axes.ts";
import { entryCells } from "../links/entry-cells.ts";
import { linkEntries } from "../links/entry-links.ts";
import { readMatrices } from "../links/read-matrices.ts";
import { createTextForm } from "../text-form.ts";
import { createToolButton, nameButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";
import { nextDecimals } from "./decimals.ts";
import { describeTensor, type TensorData } from "./tensor-data.ts";
import type { WholeMatrix } from "./whole-matrix.ts";

/** What a view needs beside its tensor. */
export interface TensorSurroundings {
  /** Typesets LaTeX into an element, or throws. */
  readonly typeset: (tex: string, node: HTMLElement) => void;
  readonly translation: Translation;
  readonly wholeMatrix: WholeMatrix | null;
  /** Kept by whoever updates the output. */
  readonly choice: TensorChoice;
}

/** What the reader chose. */
export interface TensorChoice {
  /** The digits after the point; as many as the library writes, until somebody wants more or fewer. */
  decimals?: number;
}

/** More than this keeps a page busy for seconds. */
const mostEntries = 10_000;

/** The elements of a tensor's output: the matrix, and beside it what can be done with it. */
export function createTensorView(tensor: TensorData, around: TensorSurroundings): readonly HTMLElement[] {
  const { typeset, translation, wholeMatrix, choice } = around;
  const decimals = () => choice.decimals ?? DECIMALS;
  const displayed: Displayed | null = tensor.data === undefined ? null : { ...tensor, data: tensor.data };
  /** All entries, where the reader has asked for them: in LaTeX of the kernel, or by the numbers in the output. */
  let whole: string | "here" | null = null;

  const math = document.createElement("div");
  math.className = "gb-Tensor-math";
  math.setAttribute("role", "group");
  math.setAttribute("aria-label", describeTensor(tensor));
  const links = linkEntries(math, {
    find: () => entriesOf(math, latexNow(), tensor),
    among: () => math.closest(".jp-OutputArea")?.querySelectorAll(".gb-Tensor-math") ?? [math],
    translation,
  });

  const latexNow = (): string => {
    if (whole !== null && whole !== "here") return whole;
    const style = { decimals: decimals(), ...(whole && { most: Number.POSITIVE_INFINITY }) };
    return (displayed && rewritten(displayed, style)) ?? tensor.tex;
  };
  const write = () => {
    links.forget();
    math.classList.toggle("gb-mod-whole", whole !== null);
    try {
      typeset(latexNow(), math);
    } catch {
      // KaTeX refuses this LaTeX: the text form says the same.
      math.replaceChildren(createTextForm(tensor.text));
    }
    for (const refresh of refreshers) refresh();
  };
  const refreshers: (() => void)[] = [];

  const tools = document.createElement("div");
  tools.className = "gb-Tensor-tools";
  if (displayed !== null) tools.append(...digitButtons(displayed));
  if (isInPart(tensor)) tools.append(...wholeButton());
  const label =
    tensor.name === null ? translation.__("Copy as LaTeX") : translation.__("Copy %1 as LaTeX", tensor.name);
  tools.append(createCopyButton(latexNow, label, translation));
  write();
  return [math, tools];

  function digitButtons(displayed: Displayed): HTMLElement[] {
    // Whole numbers, and LaTeX that does not hold the numbers, have no digits to choose.
    const isFixed = [1, -1] as const;
    if (isFixed.every((way) => nextDecimals(displayed, DECIMALS, way) === null)) return [];
    const button = (label: string, icon: string, direction: 1 | -1) => {
      const press = () => {
        choice.decimals = nextDecimals(displayed, decimals(), direction) ?? decimals();
        write();
      };
      const made = createToolButton({ label, content: createIcon(icon), press });
      refreshers.push(() => {
        const isPossible =
          (whole === null || whole === "here") && nextDecimals(displayed, decimals(), direction) !== null;
        made.setAttribute("aria-disabled", `${!isPossible}`);
      });
      return made;
    };
    return [
      button(translation.__("Fewer digits"), fewerDigits, -1),
      button(translation.__("More digits"), moreDigits, 1),
    ];
  }

  function wholeButton(): HTMLElement[] {
    const isHere = displayed !== null && hasAll(displayed) && rewritten(displayed, {}) !== null;
    const { id } = tensor;
    if (!isHere && (id === undefined || wholeMatrix === null)) return [];
    const answer = document.createElement("span");
    answer.setAttribute("role", "status");
    const size = tensor.shape.join(" × ");
    const press = async () => {
      answer.replaceChildren();
      if (whole !== null) whole = null;
      else if (isHere) whole = "here";
      else {
        const asked = await wholeMatrix?.(math, id ?? "").catch(() => null);
        if (asked) whole = asked.tex;
        else answer.textContent = translation.__("The kernel does not have this tensor any more");
      }
      write();
    };
    const button = createToolButton({ label: "", content: "", press });
    refreshers.push(() => {
      const label =
        whole === null
          ? translation.__("Show all %1 entries", size)
          : translation.__("Show a part of %1", size);
      nameButton(button, label);
      button.textContent = whole === null ? translation.__("all") : translation.__("part");
      button.setAttribute("aria-expanded", `${whole !== null}`);
    });
    return [button, answer];
  }
}

/** Whether the output shows a part of the matrix, of which the rest is not too much for a page. */
function isInPart({ tex, shape }: TensorData): boolean {
  const size = shape.reduce((product, length) => product * length, 1);
  return /\\[cv]dots/.test(tex) && size <= mostEntries;
}

/** The entries of the matrix, which belong to those of every tensor of the same shape. */
function entriesOf(math: HTMLElement, tex: string, { shape }: TensorData): ReturnType<typeof entryCells> {
  const axes = new Axes();
  const { matrices } = readMatrices(tex, axes);
  const rows = matrices[0] && axes.root(matrices[0].extent.rows);
  const name = shape.join("×");
  return entryCells(math, matrices, (axis) => `${name} ${axes.root(axis) === rows ? "rows" : "columns"}`);
}

const fewerDigits = "M1.5 12.5h1 M5 3.5h3v9h-3z M14.5 8h-4 M12.5 6l-2 2 2 2";
const moreDigits = "M1.5 12.5h1 M5 3.5h3v9h-3z M10.5 8h4 M12.5 6l2 2-2 2";
