/** A derivation on the page: one line per thought, a part per gradient, and a bar that shows them one by one. */
import { createCopyButton } from "../copy-button.ts";
import { createNote } from "../fallbacks.ts";
import { isPresented, togglePresenting } from "../present.ts";
import type { Translation } from "../translation.ts";
import { createBar, type StepTo } from "./bar.ts";
import type { LineView } from "./create-line.ts";
import { createPart, type PartView } from "./create-part.ts";
import { type DerivationData, type DerivationPart, lengthOf, longestPart } from "./derivation-data.ts";
import type { Judgement } from "./judge.ts";
import { type Aspect, belongsTo, hasBoth } from "./lines.ts";
import { createQuestion, isQuestion } from "./question.ts";

/** What a view needs besides its derivation. */
export interface DerivationSurroundings {
  /** Typesets LaTeX into an element, or throws. */
  readonly typeset: (tex: string, node: HTMLElement) => void;
  readonly translation: Translation;
  /** The LaTeX of the whole output, as the notebook holds it. */
  readonly latex: string | null;
  /** Kept across updates of the output. */
  readonly choice: DerivationChoice;
  /** Asks whether a claim holds; undefined where there is nobody to ask. */
  readonly judge?: ((claim: string) => Promise<Judgement>) | undefined;
}

/** What the reader chose. */
export interface DerivationChoice {
  aspect: Aspect;
  /** How many of the lines are shown; all, unless the reader goes step by step. */
  shown: number;
  /** Whether lines are predicted before they are shown. */
  isPredicting: boolean;
}

/** A derivation that nobody has touched. */
export function untouchedDerivation(): DerivationChoice {
  return { aspect: "both", shown: Number.POSITIVE_INFINITY, isPredicting: false };
}

/** The most parts that are written at once: the page is not kept busy with what is far below. */
const mostAtOnce = 20;

/** How long is typeset in one go, in ms, before the page has its turn. */
const slice = 50;

/** Writes the derivation into `node`, in place of what is there, one formula after the other. */
export async function showDerivation(
  node: HTMLElement,
  data: DerivationData,
  { typeset, translation, latex, choice, judge }: DerivationSurroundings,
): Promise<void> {
  const parts: PartView[] = [];
  const allLines = () => parts.flatMap(({ lines }) => lines);
  /** `null` where there is nothing to choose: then all lines are shown. */
  const aspect = () => (hasBoth(allLines().map(({ line }) => line)) ? choice.aspect : null);
  const linesInAspect = () => {
    const wanted = aspect() ?? "both";
    return allLines().filter(({ line }) => belongsTo(line, wanted));
  };
  const speech = document.createElement("span");
  speech.className = "gb-Speech";
  speech.setAttribute("aria-live", "polite");

  const step = (where: StepTo) => {
    const lines = linesInAspect();
    if (lines.length === 0) return; // none is there yet
    const shown = Math.min(choice.shown, lines.length);
    const wanted = { first: 1, back: shown - 1, on: shown + 1, all: lines.length }[where];
    const next = Math.min(Math.max(wanted, 1), lines.length);
    // All there are, including those of gradients shown later.
    choice.shown = next === lines.length ? Number.POSITIVE_INFINITY : next;
    refresh();
    const last = lines[next - 1];
    if (where !== "all") last.element.scrollIntoView({ block: "nearest" });
    speech.textContent = last.line.label;
  };

  const bar = createBar({
    translation,
    step: (where) => step(where),
    choose: (wanted) => {
      choice.aspect = wanted;
      // What was hidden by its place in one list has a different place in the next.
      choice.shown = Number.POSITIVE_INFINITY;
      refresh();
    },
    present: () => void present(),
    predict: () => {
      choice.isPredicting = !choice.isPredicting;
      choice.shown = choice.isPredicting ? 1 : Number.POSITIVE_INFINITY;
      refresh();
    },
  });

  let question: { readonly line: LineView; readonly element: HTMLElement } | null = null;
  /** Puts a question in the place of the line that comes next, where there is one to ask about it. */
  const askAbout = (next: LineView | undefined) => {
    const wanted = choice.isPredicting && next && isQuestion(next.line) ? next : null;
    if (question?.line === wanted) return;
    question?.element.remove();
    question = null;
    if (wanted === null) return;
    const element = createQuestion(wanted.line, { typeset, translation, judge, reveal: () => step("on") });
    question = { line: wanted, element };
    wanted.element.before(element);
    element.querySelector("input")?.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  };

  const body = document.createElement("div");
  body.className = "gb-Derivation-parts";
  const more = document.createElement("button");
  more.type = "button";
  more.className = "gb-Derivation-more";
  more.addEventListener("click", () => void addParts());
  const addParts = async () => {
    const next = firstOf(data.parts.slice(parts.length));
    const isNamed = data.parts.length > 1;
    more.hidden = true;
    const pause = pauses();
    for (const part of next) {
      const view = await createPart(part, { typeset, translation, isNamed, pause });
      parts.push(view);
      body.append(view.element);
      refresh();
    }
    const rest = data.parts.length - parts.length;
    more.hidden = rest === 0;
    if (rest === 0 && data.omitted > 0) {
      const sentence = translation.__("The %1 operations before are left out", data.omitted);
      card.append(createNote(sentence));
    }
    more.textContent = translation.__("Show more of the %1 gradients that follow", rest);
    refresh();
  };
  const refresh = () => {
    const visible = linesInAspect();
    const shown = Math.min(choice.shown, visible.length);
    const seen = new Set(visible.slice(0, shown));
    for (const line of allLines()) line.element.hidden = !seen.has(line);
    askAbout(visible[shown]);
    const isSeen = (line: LineView): boolean => seen.has(line) || question?.line === line;
    for (const { element, lines } of parts) element.hidden = !lines.some(isSeen);
    bar.show({ shown, count: visible.length, aspect: aspect(), isPredicting: choice.isPredicting });
  };

  if (latex !== null) {
    bar.element.append(createCopyButton(latex, translation.__("Copy as LaTeX"), translation));
  }
  const card = document.createElement("div");
  const present = async () => {
    await togglePresenting(card);
    card.querySelector("button")?.focus(); // so that the keys reach it
  };
  card.className = "gb-Derivation-card";
  card.append(bar.element, body, more, speech);
  card.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey) return;
    const isOnScreen = isPresented(card);
    if (key === "n" || (isOnScreen && (key === "ArrowRight" || key === "PageDown"))) step("on");
    if (key === "p" || (isOnScreen && (key === "ArrowLeft" || key === "PageUp"))) step("back");
    if (key === "f" && !(target instanceof HTMLInputElement)) void present();
  });
  // What follows a number that is dragged takes the place of the old one when it is ready, so that nothing flickers.
  const isRenewed = node.querySelector(".gb-Derivation-card") !== null;
  if (!isRenewed) node.replaceChildren(card);
  await addParts();
  if (isRenewed) node.replaceChildren(card);
}

/** Waits, whenever it is called after the slice is over, until the page has had its turn. */
function pauses(): () => Promise<void> {
  let start = performance.now();
  return async () => {
    if (performance.now() - start < slice) return;
    await new Promise((resume) => setTimeout(resume));
    start = performance.now();
  };
}

/** As many parts as are written at once: fewer if they are long, but at least one. */
function firstOf(parts: readonly DerivationPart[]): readonly DerivationPart[] {
  let length = 0;
  const end = parts.findIndex(({ steps }, k) => {
    length += lengthOf(steps);
    return k === mostAtOnce || (k > 0 && length > longestPart);
  });
  return end < 0 ? parts : parts.slice(0, end);
}
