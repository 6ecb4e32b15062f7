/** A tensor on the page: its matrix, its digits, all of its entries, its LaTeX. */
import {
  DECIMALS,
  type Displayed,
  fromJsonNumber,
  hasAll,
  rewritten,
  toJsonNumber,
  withNumbers,
} from "gradbook/graph";
import { createCopyButton } from "../copy-button.ts";
import { createNote, createTextForm } from "../fallbacks.ts";
import { FormulaSizeError } from "../formula-size.ts";
import { Axes } from "../links/axes.ts";
import { type EntryCell, entryCells } from "../links/entry-cells.ts";
import { linkEntries } from "../links/entry-links.ts";
import { readMatrices } from "../links/read-matrices.ts";
import type { Ask } from "../live/ask.ts";
import { changesFor } from "../live/followers.ts";
import { Leader } from "../live/leader.ts";
import { enliven } from "../live/live-entries.ts";
import { createLiveStrip } from "../live/live-strip.ts";
import { togglePresenting } from "../present.ts";
import { createIcon, createToolButton } from "../tool-button.ts";
import type { Translation } from "../translation.ts";
import { answerWhy } from "../why/answer-why.ts";
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
  /** Asks the kernel; `null` where there is none to ask. */
  readonly ask: Ask | null;
  /** The output, and the LaTeX that it was shown with first. */
  readonly node: HTMLElement;
  readonly shown: string;
  /** Kept across updates of the output. */
  readonly choice: TensorChoice;
}

/** What the reader chose. */
export interface TensorChoice {
  /** The digits after the point; as many as the library writes until the reader wants more or fewer. */
  decimals?: number;
}

/** The elements of a tensor's output, and how what they have opened is closed. */
export interface TensorView {
  readonly elements: readonly HTMLElement[];
  readonly close: () => void;
}

/** The elements of a tensor's output: the matrix, and beside it what can be done with it. */
export function createTensorView(tensor: TensorData, around: TensorSurroundings): TensorView {
  const { typeset, translation, choice } = around;
  let displayed = displayedOf(tensor);
  const isLive = tensor.live !== undefined && displayed !== null && hasAll(displayed) && around.ask !== null;
  /** The tensor with all entries, while the reader wants to see them. */
  let whole: Displayed | null = null;

  const decimals = () => choice.decimals ?? DECIMALS;
  const latex = (): string => {
    const most = whole === null && !isLive ? undefined : Number.POSITIVE_INFINITY;
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
  const screen = createToolButton({
    label: translation.__("On the whole screen"),
    content: createIcon("M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"),
    press: () => void togglePresenting(around.node),
  });
  tools.append(
    ...buttons.flatMap(({ elements }) => elements),
    createCopyButton(latex, label, translation),
    screen,
  );
  write();
  if (isLive && displayed !== null) {
    const show = (next: Displayed) => {
      displayed = next;
      write();
    };
    answers.push(
      ...liveElements(
        { tensor, displayed, math, entries: () => entriesOf(math, latex(), tensor), show },
        around,
      ),
    );
  } else if (around.ask !== null) {
    const entries = () => entriesOf(math, latex(), tensor);
    const { ask, node, shown } = around;
    const why = answerWhy({
      math,
      entries,
      shape: tensor.shape,
      translation,
      ask: () => ask(node, { type: "why", shown, changes: changesFor(node) }),
    });
    tools.append(why.button);
    return { elements: [math, tools, ...answers, why.place], close: why.close };
  }
  return { elements: [math, tools, ...answers], close: () => {} };
}

/** What a live matrix is made of. */
interface LiveMatrix {
  readonly tensor: TensorData;
  readonly displayed: Displayed;
  readonly math: HTMLElement;
  readonly entries: () => readonly EntryCell[];
  readonly show: (displayed: Displayed) => void;
}

/** Makes the entries of a matrix answer to the hand, and all that was shown from it follow. */
function liveElements(
  { tensor, displayed: first, math, entries, show }: LiveMatrix,
  { ask, node, shown, translation }: TensorSurroundings,
): readonly HTMLElement[] {
  const { live: handles, name, shape } = tensor;
  if (handles === undefined || ask === null) return [];
  const original = first.data.map(fromJsonNumber);
  let values = original;
  let state: Parameters<typeof strip.update>[1] = null;
  const isChanged = () => values.some((value, k) => value !== original[k]);
  const update = (now: typeof state) => {
    state = now;
    strip.update(isChanged(), state);
  };
  const leader = new Leader({ node, name, shown, ask, say: update });
  const set = (next: readonly number[]) => {
    values = [...next];
    const now = withNumbers(first, values.map(toJsonNumber));
    if (now !== null) show(now);
    update(null);
  };
  const change = (position: number, value: number) => {
    set(values.with(position, value));
    leader.change(values);
  };
  const give = async () => {
    try {
      await leader.give(values);
      update("given");
    } catch (error) {
      update(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const columns = shape.length === 2 ? shape[1] : 1;
  const strip = createLiveStrip({
    name,
    isNumber: shape.length === 0,
    handles,
    value: () => values[0],
    slide: (value) => change(0, value),
    settle: () => void give(),
    give,
    takeBack: () => {
      set(original);
      leader.takeBack();
    },
    translation,
  });
  enliven({
    math,
    handles,
    cells: entries,
    positionOf: ({ row, column }) => row * columns + column,
    valueAt: (position) => values[position],
    change,
    label: (position) =>
      translation.__("Number %1 of %2", position + 1, name ?? translation.__("the matrix")),
  });
  return strip.elements;
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
